"""What the environment may say, and what is refused, each in one line."""

import subprocess
import sys

import pytest

from tests.services.commands import ROOT, environment, manage

from .production import ENVIRONMENT


def refusal(process):
    assert process.returncode == 1
    assert process.stdout == ""
    return process.stderr.strip()


def test_a_complete_production_environment_leaves_the_deploy_check_nothing_to_say():
    process = manage("check", "--deploy", "--fail-level", "WARNING", **ENVIRONMENT)
    assert (process.stdout.strip(), process.stderr, process.returncode) == (
        "System check identified no issues (0 silenced).",
        "",
        0,
    )


@pytest.mark.parametrize("name", sorted(set(ENVIRONMENT) - {"DJANGO_SETTINGS_MODULE", "GATEHOUSE_MODE"}))
def test_production_refuses_to_start_half_configured(name):
    said = refusal(manage("check", **{key: value for key, value in ENVIRONMENT.items() if key != name}))
    assert said.startswith(f"Gatehouse: Set {name}: ")
    assert len(said.splitlines()) == 1


@pytest.mark.parametrize("mode", ["demo", None])
def test_production_refuses_demo_mode(mode):
    values = {name: value for name, value in ENVIRONMENT.items() if name != "GATEHOUSE_MODE"}
    said = refusal(manage("check", **values | ({"GATEHOUSE_MODE": mode} if mode else {})))
    assert said == "Gatehouse: Production settings refuse demo mode: set GATEHOUSE_MODE=live."


def test_a_mode_that_does_not_exist_is_refused(tmp_path):
    said = refusal(manage("check", GATEHOUSE_MODE="real", GATEHOUSE_HOME=tmp_path))
    assert said == "Gatehouse: Environment variable \"GATEHOUSE_MODE\" invalid: ['Must be one of: demo, live.']"


def test_a_home_keeps_its_mode_and_its_key(tmp_path):
    assert manage("check", GATEHOUSE_HOME=tmp_path).returncode == 0
    key = (tmp_path / "keys/secret_key").read_text()
    assert len(key) == 50
    assert (tmp_path / "keys/secret_key").stat().st_mode & 0o777 == 0o600

    said = refusal(manage("check", GATEHOUSE_HOME=tmp_path, GATEHOUSE_MODE="live"))
    assert said == (
        f"Gatehouse: {tmp_path} is the home of a demo company. Set GATEHOUSE_MODE=demo, or another GATEHOUSE_HOME."
    )
    assert manage("check", GATEHOUSE_HOME=tmp_path).returncode == 0
    assert (tmp_path / "keys/secret_key").read_text() == key


def test_demo_and_real_have_homes_of_their_own():
    code = "from learning.settings.base import *; print(GATEHOUSE_HOME, DATABASES['default']['NAME'])"
    for mode in ("demo", "live"):
        # Without manage.py, whose settings would make the folders here.
        command = [sys.executable, "-c", code]
        said = subprocess.check_output(command, cwd=ROOT, env=environment(GATEHOUSE_MODE=mode), text=True)
        assert said.split() == [f"{ROOT}/var/{mode}", f"{ROOT}/var/{mode}/gatehouse.sqlite3"]


def test_links_follow_the_port(tmp_path):
    code = "from django.conf import settings; print(settings.GATEHOUSE_PUBLIC_URL)"
    shell = ["shell", "-v0", "-c", code]
    assert manage(*shell, GATEHOUSE_HOME=tmp_path, PORT=9000).stdout == "http://127.0.0.1:9000\n"
    named = {"PORT": 9000, "GATEHOUSE_PUBLIC_URL": "https://yard.example.com/"}
    assert manage(*shell, GATEHOUSE_HOME=tmp_path, **named).stdout == "https://yard.example.com\n"


def test_single_sign_on_is_refused_half_configured(tmp_path):
    said = refusal(manage("check", GATEHOUSE_HOME=tmp_path, GATEHOUSE_OIDC_ISSUER="https://id.example.com"))
    assert said == "Gatehouse: Set GATEHOUSE_OIDC_CLIENT_ID: the name under which the provider knows this site."


def test_production_with_single_sign_on_leaves_the_deploy_check_nothing_to_say():
    sso = {"GATEHOUSE_OIDC_ISSUER": "https://id.example.com", "GATEHOUSE_OIDC_CLIENT_ID": "gatehouse"}
    process = manage("check", "--deploy", "--fail-level", "WARNING", **ENVIRONMENT, **sso)
    assert (process.stdout.strip(), process.stderr) == ("System check identified no issues (0 silenced).", "")
