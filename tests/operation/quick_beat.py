"""The project's Celery app whose planned tasks come every second: `celery -A tests.operation.quick_beat beat`."""

from learning.celery import app

app.conf.beat_schedule = {
    name: entry | {"schedule": 1, "options": entry["options"] | {"expires": 10}}
    for name, entry in app.conf.beat_schedule.items()
}
