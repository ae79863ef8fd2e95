from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail.images.models import AbstractImage, AbstractRendition, Image

LARGEST = 1_000_000


class Picture(AbstractImage):
    """An image; its text alternative travels with it, in each language: a picture is one row for all of them."""

    description_es = models.CharField(_("description in Spanish"), max_length=500, blank=True)

    admin_form_fields = (*Image.admin_form_fields, "description_es")

    class Meta(AbstractImage.Meta):
        pass

    @property
    def url(self):
        return self.file.url

    @property
    def text_alternative(self):
        """In the active language; in English where nobody has said it in that one."""
        return getattr(self, f"description_{get_language()}", "") or self.description

    def clean(self):
        super().clean()
        # A drawing may say that it measures nothing, or no number; no list that it is in could be shown.
        if not all(1 <= (side or 0) < LARGEST for side in (self.width, self.height)):
            raise ValidationError({"file": forms.ImageField.default_error_messages["invalid_image"]})


class PictureRendition(AbstractRendition):
    image = models.ForeignKey(Picture, models.CASCADE, related_name="renditions")

    class Meta:
        unique_together = [("image", "filter_spec", "focal_point_key")]
