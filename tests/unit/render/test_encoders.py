"""Hardware is used only when it has proved to work; a failing one gives software and a note."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path

import pytest

from reelscore.errors import EncoderError, OutputError
from reelscore.render.encoders import FAMILIES, choose, picture_arguments, trial
from reelscore.render.run import encode
from reelscore.render.targets import QUALITIES, Target
from reelscore.render.timeline_plan import plan_timeline
from reelscore.render.timeline_run import render_timeline
from tests.unit.render.numbered import LOOK, numbers_in
from tests.unit.render.test_timeline_run import DRAWN, edit, painted


class Machine:
    """Encoders that work here; remembers which were tried."""

    def __init__(self, *working: str) -> None:
        self.working, self.tried = working, list[str]()

    def __call__(self, arguments: Sequence[str]) -> None:
        name = arguments[list(arguments).index("-c:v") + 1].removeprefix("h264_")
        self.tried.append(name)
        if name not in self.working:
            raise EncoderError("No capable devices found.", "")


def test_software_is_never_tried_out() -> None:
    machine = Machine()
    assert (choose("software", "h264", machine).family, machine.tried) == ("software", [])


def test_the_one_asked_for_is_used_when_it_works() -> None:
    machine = Machine("qsv")
    assert (choose("qsv", "h264", machine).family, machine.tried) == ("qsv", ["qsv"])


def test_a_failing_one_gives_software_and_says_why() -> None:
    found = choose("nvenc", "h264", Machine("qsv"))
    assert found.family == "software"
    assert found.notes == (
        "The pictures were encoded by software, because nvenc: No capable devices found.",
    )  # fmt: skip
    assert "does not write vp9" in choose("vaapi", "vp9", Machine()).notes[0]


def test_auto_takes_the_first_that_works_and_is_silent_without_any() -> None:
    machine = Machine("qsv", "vaapi")
    assert choose("auto", "h264", machine).family == "qsv"
    assert machine.tried == list(FAMILIES[: FAMILIES.index("qsv") + 1])
    assert choose("auto", "h264", Machine()) == choose("software", "h264", Machine())


def test_an_unknown_family_is_named() -> None:
    with pytest.raises(OutputError, match='Did you mean "nvenc"'):
        choose("nvec", "h264", Machine())


@pytest.mark.parametrize("family", ["software", *FAMILIES])
@pytest.mark.parametrize("quality", QUALITIES)
def test_every_family_writes_closed_groups_of_hd_colours(family: str, quality: str) -> None:
    arguments = picture_arguments("h264", family, quality, 30.0)
    assert arguments[arguments.index("-g") + 1] == "120"
    assert "+bitexact+cgop" in arguments
    assert arguments[arguments.index("-colorspace") + 1] == "bt709"
    assert trial("h264", family)[-1] == "-"


@pytest.mark.parametrize("family", FAMILIES)
def test_trying_one_out_really_runs_it(family: str) -> None:
    """Whatever this machine has, the choice is one that works: software, or a family whose trial ends well."""
    found = choose(family, "h264", lambda arguments: encode(arguments, Fraction(1)))
    assert found.family == family or (found.family == "software" and family in found.notes[0])


@pytest.mark.slow
def test_hardware_that_fails_on_the_way_is_replaced(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It passed the trial and then broke: software makes the film, and a note tells."""
    monkeypatch.setattr("reelscore.render.timeline_run._try_out", Machine("vaapi"))
    plan = plan_timeline(edit(painted("a", 1)), DRAWN, Target(encoder="vaapi"))
    made = render_timeline(plan, tmp_path / "a.mp4", look=LOOK)
    assert made.encoder == "software"
    assert "vaapi failed" in made.notes[0]
    assert numbers_in(tmp_path / "a.mp4") == list(range(30))
