"""How the site is served: `gunicorn -c python:learning.gunicorn`. WEB_CONCURRENCY is the number of processes."""

import gc
import os

from learning.logs import LOGGING

wsgi_app = "learning.wsgi:application"
worker_class = "gthread"
workers = int(os.environ.get("WEB_CONCURRENCY", "2"))
threads = 4
# Imported once, before the processes part: half the time to start.
preload_app = True
# It would lie in the user's home, where two sites of one user meet.
control_socket_disable = True
logconfig_dict = LOGGING


def when_ready(server):
    """What every process needs is made before they part, and is nothing that a collector must look through again."""
    from django.urls import reverse

    # Imports all views and fills the table of addresses.
    reverse("assignments:me")
    gc.collect()
    gc.freeze()
