"""The README's tables against what there is."""

import re

from django.conf import settings

from tests.services.commands import ROOT

README = (ROOT / "README.md").read_text()


def first_cells(heading):
    """What stands in backticks in the first column of the table below that heading."""
    section = README.split(f"\n## {heading}\n")[1].split("\n## ")[0]
    rows = section.split("\n|---", 1)[1].splitlines()[1:]
    return [name for row in rows if row.startswith("| ") for name in re.findall(r"`([^`]+)`", row.split(" | ")[0])]


def test_every_setting_is_in_its_table_and_nothing_else():
    text = "".join(path.read_text() for path in (ROOT / "learning/settings").glob("*.py"))
    read = set(re.findall(r'env\.\w+\(\s*"(\w+)"', text))
    assert set(first_cells("Settings")) == read | {"DJANGO_SETTINGS_MODULE", "HOST", "WEB_CONCURRENCY"}


def test_every_planned_task_is_in_its_table_and_nothing_else():
    planned = [entry["task"] for entry in settings.CELERY_BEAT_SCHEDULE.values()]
    assert sorted(first_cells("Scheduled jobs")) == sorted(planned)


def test_every_command_of_ours_is_in_its_table_and_nothing_else():
    ours = {path.stem for path in ROOT.glob("*/**/management/commands/[a-z]*.py") if ".venv" not in path.parts}
    assert {cell.split()[0] for cell in first_cells("Commands")} == ours


def test_make_targets_are_those_of_the_makefile():
    targets = set(re.findall(r"^(\w+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    assert set(re.findall(r"`(?:\w+=\S+ )?make (\w+)`", README)) <= targets
    assert {"run", "test"} <= targets
