"""Dockerfile and compose.yaml, as far as they can be judged without an engine: they name what there is."""

import json
import re
import subprocess
import sys

import pytest
import yaml
from django.conf import settings
from django.template import engines

from tests.services.commands import ROOT, environment

from .production import ENVIRONMENT

SERVICES = yaml.safe_load((ROOT / "compose.yaml").read_text())["services"]
OURS = {name: service for name, service in SERVICES.items() if service["image"] == "gatehouse"}
IN_IMAGE = dict(re.findall(r"^ +(?:ENV )?([A-Z_]+)=(\S+)", (ROOT / "Dockerfile").read_text(), re.MULTILINE))


def read_by_settings():
    text = "".join(path.read_text() for path in (ROOT / "learning/settings").glob("*.py"))
    return set(re.findall(r'env\.\w+\(\s*"(\w+)"', text))


@pytest.mark.parametrize("name", OURS)
def test_each_process_has_a_complete_environment_of_settings_that_exist(name):
    values = OURS[name]["environment"]
    assert set(values) <= read_by_settings()
    assert set(ENVIRONMENT) <= set(values) | set(IN_IMAGE)


def test_every_queue_has_a_worker_and_beat_runs_once():
    commands = [service["command"] for service in OURS.values() if "command" in service]
    queues = {queue for command in commands for queue in re.findall(r"worker -Q (\S+)", command)}
    planned = {entry["options"].get("queue") for entry in settings.CELERY_BEAT_SCHEDULE.values()} - {None}
    assert queues == planned | {settings.CELERY_TASK_DEFAULT_QUEUE}
    assert sum(" beat " in command for command in commands) == 1


def test_nothing_starts_before_the_database_is_migrated():
    assert OURS["migrate"]["command"] == "python manage.py migrate"
    waits = {name: service["depends_on"].get("migrate") for name, service in OURS.items() if name != "migrate"}
    assert waits == dict.fromkeys(["web", "notices", "long", "beat"], {"condition": "service_completed_successfully"})


def test_the_image_holds_every_static_file_that_templates_name(tmp_path):
    """Collected as the Dockerfile does; a name that is missing there would be an error page in production."""
    (line,) = re.findall(r"^RUN GATEHOUSE_HOME=\S+ (\S+) python (manage.py collectstatic \S+)", dockerfile(), re.M)
    name, value = line[0].split("=")
    values = {"GATEHOUSE_HOME": tmp_path, name: value}
    command = [sys.executable, *line[1].split()]
    subprocess.run(command, cwd=ROOT, env=environment(**values), check=True, capture_output=True)
    held = json.loads((tmp_path / "static/staticfiles.json").read_text())["paths"]
    assert named_in_templates() - set(held) == set()


def dockerfile():
    return (ROOT / "Dockerfile").read_text()


def named_in_templates():
    files = [path for folder in engines["django"].template_dirs for path in folder.rglob("*.html")]
    ours = [path for path in files if ROOT in path.parents and ".venv" not in path.parts]
    names = {name for path in ours for name in re.findall(r"{% static ['\"]([^'\"]+)['\"]", path.read_text())}
    assert "gatehouse/gatehouse.css" in names
    return names
