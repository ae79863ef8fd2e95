from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from wagtail.images.models import AbstractImage, AbstractRendition, Image

LARGEST = 1_000_000


class Picture(AbstractImage):
    """An image; `description` is its text alternative and travels with it."""

    admin_form_fields = Image.admin_form_fields

    class Meta(AbstractImage.Meta):
        pass

    @property
    def url(self):
        return self.file.url

    def clean(self):
        super().clean()
        # A drawing may say that it measures nothing, or no number; no list that it is in could be shown.
        if not all(1 <= (side or 0) < LARGEST for side in (self.width, self.height)):
            raise ValidationError({"file": forms.ImageField.default_error_messages["invalid_image"]})


class PictureRendition(AbstractRendition):
    image = models.ForeignKey(Picture, models.CASCADE, related_name="renditions")

    class Meta:
        unique_together = [("image", "filter_spec", "focal_point_key")]
