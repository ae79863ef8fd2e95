#!/usr/bin/env python
import os
import sys

from django.core.exceptions import ImproperlyConfigured
from environs import EnvError


def main():
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "learning.settings.local")
    from django.core.management import execute_from_command_line

    try:
        execute_from_command_line(sys.argv)
    except (ImproperlyConfigured, EnvError) as error:
        sys.exit(f"Gatehouse: {error}")


if __name__ == "__main__":
    main()
