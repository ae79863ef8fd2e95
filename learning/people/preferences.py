"""`/profile/preferences/`: what a person sets for themselves, the language and the zone of their days."""

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from .local_days import zone_of
from .models import Company, Facility, Person
from .views import stay


class PreferencesForm(forms.ModelForm):
    time_zone = forms.ChoiceField(
        label=gettext_lazy("Time zone"),
        help_text=gettext_lazy("In which your days begin and end, and so the days on which you owe something."),
        required=False,
        widget=forms.Select({"class": "input"}),
    )

    class Meta:
        model = Person
        fields = ["language", "time_zone"]
        widgets = {"language": forms.Select({"class": "input"})}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["time_zone"].choices = [("", _("That of my facility")), *((zone, zone) for zone in self._zones())]

    def _zones(self):
        """Those in which this company works, and the one that is set."""
        of_places = Facility.objects.order_by().values_list("time_zone", flat=True)
        zones = set(of_places.union(Company.objects.order_by().values_list("time_zone", flat=True)))
        return sorted(zones | {self.instance.time_zone} - {""})


@login_required
def preferences(request):
    if request.method != "POST":
        return redirect("people:profile")
    form = PreferencesForm(request.POST, instance=Person.objects.get(pk=request.user.pk))
    if not form.is_valid():
        messages.error(request, _("Nothing was changed. Choose a language and a zone from the lists."))
        return redirect("people:profile")
    person = form.instance
    person.save(update_fields=["language", "time_zone"])
    request.session["zone"] = zone_of(person, timezone.now())
    with override(person.language):
        messages.success(request, _("Saved."))
    return stay(reverse("people:profile"), person.language)
