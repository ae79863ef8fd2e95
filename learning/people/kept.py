"""Parts of admin screens for what is never deleted and changes only through an action."""

from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin import messages
from wagtail.admin.ui.tables import Column
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.log_actions import log


class RefusedDeleteView(generic.DeleteView):
    """Evidence may name it, so this refuses, and says what to do instead."""

    permission_required = None
    any_permission_required = ["add", "change", "view"]
    refusal = ""

    def get(self, request, *args, **kwargs):
        messages.error(request, self.refusal)
        if self.user_has_permission("change"):
            return HttpResponseRedirect(reverse(self.edit_url_name, args=[self.object.pk]))
        return HttpResponseRedirect(reverse(self.index_url_name))

    post = get


class ReadView(generic.InspectView):
    """For whoever may only view; yes and no in words."""

    def get_field_display_value(self, field_name, field):
        value = super().get_field_display_value(field_name, field)
        if isinstance(value, bool):
            return gettext("yes") if value else gettext("no")
        return "" if value is None else value


class OnceMixin:
    """What the action refuses stands in the form, in words.

    Of two who save the same at the same moment, the second reads there what the first one's row rules out.
    """

    lost_race = (IntegrityError,)

    def form_valid(self, form):
        try:
            return super().form_valid(form)
        except ValidationError as error:
            form.add_error(None, error)
            self.produced_error_message = self.get_error_message()
            return self.form_invalid(form)
        except self.lost_race:
            form.full_clean()
            if self.is_valid(form):
                raise
            return self.form_invalid(form)


class OnceCreateView(OnceMixin, generic.CreateView):
    pass


class OnceEditView(OnceMixin, generic.EditView):
    pass


class KeptViewSet(ModelViewSet):
    """A listing without copying and deleting; whoever may only view gets a page to read."""

    copy_view_enabled = False
    inspect_view_enabled = True
    add_to_reference_index = False
    list_per_page = 50
    add_view_class = OnceCreateView
    edit_view_class = OnceEditView
    inspect_view_class = ReadView
    delete_view_class = RefusedDeleteView
    delete_refusal = _("It stays: records and rules may name it.")

    def get_common_view_kwargs(self, **kwargs):
        return super().get_common_view_kwargs(delete_url_name=None, usage_url_name=None, **kwargs)

    def get_urlpatterns(self):
        # The index of references is not kept for these, so "usage" would always say "none".
        return [pattern for pattern in super().get_urlpatterns() if pattern.name != "usage"]

    def get_delete_view_kwargs(self, **kwargs):
        return super().get_delete_view_kwargs(refusal=self.delete_refusal, **kwargs)


class DayColumn(Column):
    """A date as it is; Wagtail's own column says "3 months ago"."""

    def get_value(self, instance):
        day = super().get_value(instance)
        return date_format(day) if day else ""


class DeedMixin:
    """Saves by the form's `save_as(by=, at=)`, which calls an action and returns the row."""

    def save_instance(self):
        instance = self.form.save_as(by=self.request.user, at=timezone.now())
        if self.log_action:
            log(instance=instance, action=self.log_action, user=self.request.user)
        return instance


class DeedCreateView(DeedMixin, OnceCreateView):
    log_action = "wagtail.create"


class DeedEditView(DeedMixin, OnceEditView):
    log_action = "wagtail.edit"
