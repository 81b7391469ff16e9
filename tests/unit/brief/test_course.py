"""The course of a piece with seconds named, loops, stings, and who comes in where: English and Chinese."""

from __future__ import annotations

from fractions import Fraction

import pytest

from reelscore.brief.make import make_brief
from reelscore.catalogue import vocabulary
from reelscore.compose.write import write_score
from reelscore.errors import BriefError
from reelscore.values.brief import Brief, Wishes, mean_of
from reelscore.values.time import samples_in

pytestmark = pytest.mark.slow

VOCABULARY = vocabulary()


def brief(prompt: str, **wishes: object) -> Brief:
    return make_brief(prompt, Wishes(**wishes), VOCABULARY)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("prompt", "turn"),
    [
        ("calm, then builds from 0:20", 20),
        ("先平静，20秒后逐渐激烈", 20),
        ("calm until 0:15 then intense", 15),
        ("soft for the first 20 seconds, then energetic", 20),
        ("前20秒平静，然后激烈", 20),
        ("starts calm, gets intense at 0:40", 40),
        ("60 second pop, from 0:30 epic", 30),
    ],
)
def test_a_course_turns_at_the_second_named(prompt: str, turn: int) -> None:
    """Lower before it than at the end, in the curve and in the sections' energies; a section begins there."""
    made = brief(prompt)
    before, after = mean_of(made.curve, 0, turn)[0], mean_of(made.curve, turn + 20, 60)[0]
    assert before < after - 0.2
    score = write_score(made)
    starts = [float(made.tempo_map.seconds_at(section.start)) for section in score.sections]
    early = [s.energy for s, at in zip(score.sections, starts, strict=True) if at < turn - 4]
    late = [s.energy for s, at in zip(score.sections, starts, strict=True) if at >= turn - 4 and s.kind != "ending"]
    assert max(late) > max(early) + 0.1
    assert min(abs(at - turn) for at in starts) < 4


def test_a_time_to_hit_is_no_course() -> None:
    made = brief("upbeat pop, big hit at 0:12")
    assert made.curve == ()
    assert [float(result.hit.at) for result in made.hits] == [12]


def test_a_course_may_be_drawn() -> None:
    made = brief("pop", curve="0:00 0.1, 0:20 0.9, 0:40 20%")
    assert [float(point.at) for point in made.curve] == [0, 20, 40]
    low, high = mean_of(made.curve, 0, 2)[0], mean_of(made.curve, 19, 21)[0]
    assert high > low + 0.4
    assert mean_of(made.curve, 45, 60)[0] < high - 0.3


@pytest.mark.parametrize("level", ["9", "1.5", "120%", "300"])
def test_a_level_outside_the_scale_is_refused_with_the_scale(level: str) -> None:
    with pytest.raises(BriefError, match="from 0 to 1"):
        brief("pop", curve=f"0:00 0.1, 0:20 {level}")


def test_a_curve_that_cannot_be_read_shows_how_to_write_one() -> None:
    with pytest.raises(BriefError, match="0:20"):
        brief("pop", curve="xyzzy")


@pytest.mark.parametrize(
    "prompt", ["seamless loop of lofi beats", "30秒循环音乐，轻快", "loopable ambient pad", "无缝循环的电子音乐"]
)
def test_a_loop_is_whole_bars_to_the_sample(prompt: str) -> None:
    made = brief(prompt)
    assert made.loop
    end = made.tempo_map.seconds_at(made.tempo_map.end)
    assert samples_in(end, 48_000) == samples_in(made.duration, 48_000)
    score = write_score(made)
    assert score.loop
    assert not score.ring_out
    assert score.sections[-1].kind != "ending"
    assert score.sections[0].kind != "intro"
    assert all(n.at < made.tempo_map.end for p in score.players for n in score.notes_of(p.name))


@pytest.mark.parametrize("prompt", ["lofi hip hop with drum loop", "pop, no loop", "lofi"])
def test_not_every_loop_is_a_wish(prompt: str) -> None:
    assert not brief(prompt).loop


def test_a_loop_at_a_tempo_by_number_gives_way_in_length() -> None:
    made = brief("lofi at 80 bpm, 30 seconds, loop")
    assert made.bpm == 80
    assert made.duration == 30
    odd = brief("lofi at 77 bpm, 30 seconds, loop")
    assert odd.duration * 77 / 60 / 4 == round(odd.duration * 77 / 60 / 4)
    assert any("whole bars" in note for note in odd.notes)


def test_a_sting_is_short() -> None:
    assert brief("energetic stinger").duration == 4
    assert brief("3 second logo sting").duration == 3


@pytest.mark.parametrize(
    "prompt", ["pop, add strings in the chorus", "副歌加入弦乐，流行", "pop, the chorus with strings"]
)
def test_an_instrument_may_come_in_for_one_section(prompt: str) -> None:
    made = brief(prompt)
    score = write_score(made)
    where = {s.kind for s in score.sections for p in s.parts if score.player(p.player).instrument == "strings"}
    assert where == {"lift"}


def test_an_entrance_in_a_section_that_does_not_exist_is_told() -> None:
    made = brief("pop with flute in the bridge", duration=Fraction(8))
    assert any("flute" in warning for warning in write_score(made).warnings)


def test_options_set_meter_energy_density_and_loop() -> None:
    made = brief("pop", meter="3/4", energy=0.2, density=0.9, loop=True)
    assert (str(made.meter), made.energy, made.density, made.loop) == ("3/4", 0.2, 0.9, True)
    for wrong in ({"meter": "13/8"}, {"energy": 2.0}, {"density": -1.0}):
        with pytest.raises(BriefError):
            brief("pop", **wrong)
