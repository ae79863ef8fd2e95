import tomllib

from django.apps import apps
from django.conf import settings

CONTRACTS = tomllib.loads((settings.BASE_DIR / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]


def ours():
    """Packages of this repository that are installed as apps."""
    return {app.name for app in apps.get_app_configs() if (settings.BASE_DIR / app.name.split(".")[0]).is_dir()}


def test_every_room_has_its_place_in_the_layers():
    layers = [contract["layers"] for contract in CONTRACTS if contract["type"] == "layers"]
    assert [{room for layer in layers[0] for room in layer.split(" | ")}] == [ours()]
    assert len(layers) == 1


def test_every_room_is_kept_from_the_project_package():
    forbidden = [contract for contract in CONTRACTS if contract["type"] == "forbidden"]
    assert {frozenset(contract["source_modules"]) for contract in forbidden} == {
        frozenset(ours()),
        frozenset(room for room in ours() if not room.startswith("learning.")),
    }
