from django.db import models
from wagtail.images.models import AbstractImage, AbstractRendition, Image


class Picture(AbstractImage):
    """An image; `description` is its text alternative and travels with it."""

    admin_form_fields = Image.admin_form_fields

    class Meta(AbstractImage.Meta):
        pass

    @property
    def url(self):
        return self.file.url


class PictureRendition(AbstractRendition):
    image = models.ForeignKey(Picture, models.CASCADE, related_name="renditions")

    class Meta:
        unique_together = [("image", "filter_spec", "focal_point_key")]
