from django.db import models


class AppendOnlyQuerySet(models.QuerySet):
    """Refuses in Python what the guards refuse in the database, so that the reason is read before the transaction."""

    def update(self, **kwargs):
        raise TypeError(f"Rows of {self.model._meta.verbose_name_plural} are evidence: they are never changed.")

    def bulk_update(self, *args, **kwargs):
        self.update()

    def delete(self):
        raise TypeError(f"Rows of {self.model._meta.verbose_name_plural} are evidence: they are never deleted.")

    # As Django's own: never in templates, nor through a manager's related rows.
    update.alters_data = bulk_update.alters_data = delete.alters_data = True
    delete.queryset_only = True


class AppendOnly(models.Model):
    """A row that is written once. The guards (`guards.py`) hold it; this says so earlier and in words."""

    class Meta:
        abstract = True

    def save(self, *args, **kwargs):
        if not self._state.adding:
            raise TypeError(f"A {self._meta.verbose_name} is never changed.")
        super().save(*args, **kwargs)

    def delete(self, *args, **kwargs):
        raise TypeError(f"A {self._meta.verbose_name} is never deleted.")
