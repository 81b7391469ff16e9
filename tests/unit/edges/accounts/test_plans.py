"""Plans come from a file that is checked when it is read."""

from __future__ import annotations

from pathlib import Path

import pytest

from reelscore.edges.accounts import plans
from reelscore.edges.settings import Settings
from reelscore.errors import DataError, NotAllowedError

OWN = (Path(plans.__file__).with_name("plans.toml")).read_text(encoding="utf-8")


def written(folder: Path, text: str) -> Settings:
    file = folder / "plans.toml"
    file.write_text(text, encoding="utf-8")
    return Settings(data=folder, plans=file)


def test_guests_have_what_the_protocol_promises(tmp_path: Path) -> None:
    """100 credits for 7 days, files of 500 MB, free export."""
    guest = plans.plan(Settings(data=tmp_path), "anonymous")
    assert (guest.credits, guest.days, guest.upload_bytes, guest.exports) == (100, 7, 500_000_000, True)


@pytest.mark.parametrize("name", ["anonymous", "free", "studio", "local"])
def test_edits_and_exports_are_free_and_music_is_paid_by_the_piece(tmp_path: Path, name: str) -> None:
    of = plans.plan(Settings(data=tmp_path), name)
    assert plans.price(of, "render") == 0
    assert plans.price(of, "understand") == 0
    assert plans.price(of, "music", 3) == 3 * plans.price(of, "music")
    assert (plans.price(of, "music") > 0) == (name != "local")


def test_an_operator_has_plans_of_their_own(tmp_path: Path) -> None:
    settings = written(tmp_path, OWN.replace('title = "Guest"\ncredits = 100', 'title = "Visitor"\ncredits = 7'))
    assert plans.plan(settings, "anonymous").credits == 7
    assert plans.plan(settings, "gone").name == "free"


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("credits = 100\n", "", "lacks the key credits"),
        ("credits = 100", "credit = 100", "Did you mean \"credits\""),
        ("credits = 100", "credits = -1", "credits is -1"),
        ("credits = 100", "credits = true", "credits is True"),
        ("credits = 100", 'credits = "many"', "credits is 'many'"),
        ('"upload", "render"]', '"upload", "export"]', "no scope 'export'"),
        ("prices = { music = 10 }", "prices = { render = 10 }", "has no price"),
        ("prices = { music = 10 }", "prices = { music = 0.5 }", "prices.music is 0.5"),
        ("[local]", "[loca]", "has no plan [local]"),
        ('title = "Guest"', 'title = ""', "title is ''"),
        ("[free]", "[free", "is not TOML"),
    ],
)  # fmt: skip
def test_mistakes_name_file_plan_and_key(tmp_path: Path, old: str, new: str, told: str) -> None:
    assert old in OWN
    with pytest.raises(DataError) as fault:
        plans.plans(written(tmp_path, OWN.replace(old, new, 1)))
    assert told in str(fault.value)
    assert "plans.toml" in str(fault.value)


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="cannot be read"):
        plans.plans(Settings(data=tmp_path, plans=tmp_path / "none.toml"))


def test_what_a_plan_exports(tmp_path: Path) -> None:
    guest = plans.plan(Settings(data=tmp_path), "anonymous")
    plans.check_render(guest, 1080, 1920, 600.0)
    for width, height, length in ((3840, 2160, 10.0), (1280, 720, 600.5)):
        with pytest.raises(NotAllowedError, match="Guest"):
            plans.check_render(guest, width, height, length)


def test_a_file_is_no_larger_than_server_and_plan_take(tmp_path: Path) -> None:
    """One person's server decides for itself."""
    settings = Settings(data=tmp_path, upload_bytes=2_000_000_000)
    assert plans.upload_cap(plans.plan(settings, "free"), settings) == 500_000_000
    assert plans.upload_cap(plans.plan(settings, "studio"), settings) == 2_000_000_000
    assert plans.upload_cap(plans.plan(settings, "local"), settings) == 2_000_000_000
