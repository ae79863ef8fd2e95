from django.db import models


class StarterRow(models.Model):
    """What the loader last wrote into one row, so that it can tell whether the company has edited the row since.

    `source` is the hash of what the file said, `written` holds a hash of each field as it was then read back.
    """

    key = models.CharField(max_length=200, unique=True)
    target = models.CharField(max_length=40)
    source = models.CharField(max_length=64)
    written = models.JSONField(default=dict)

    def __str__(self):
        return self.key
