"""A film cut to another shape follows its subject: glides within a shot, jumps at a cut, on the source's own clock."""

from __future__ import annotations

import json
from dataclasses import replace
from fractions import Fraction as F

import pytest

from reelscore.edit.draft import from_draft, to_draft
from reelscore.edit.known import facts_of_reading
from reelscore.edit.registry import command
from reelscore.edit.samples import CITY, SAMPLES
from reelscore.edit.timeline_json import dumps, loads
from reelscore.edit.validate import checked
from reelscore.errors import EditError
from reelscore.values.facts import Facts, Focus, MediaFacts
from reelscore.values.reading import FocusPoint, MediaInfo, Reading, Shot, VideoReading
from reelscore.values.time import Span
from reelscore.values.timeline import Aim, Picture, Timeline

WALKS = (Focus(F(0), 0.2, 0.5), Focus(F(3), 0.6, 0.5), Focus(F(4), 0.8, 0.4), Focus(F(9), 0.5, 0.5))


def city(focus: tuple[Focus, ...] = WALKS) -> Facts:
    """Cuts at 4 and 9 s; the sample's clip shows the city from 0 to 10 s."""
    return Facts({CITY.id: MediaFacts(cuts=(F(4), F(9)), focus=focus)})


def shown(timeline: Timeline, n: int = 0) -> Picture:
    return [segment.picture or Picture() for _, segment in timeline.tracks[0].placed()][n]


def vertical(facts: Facts, fill: str = "crop") -> Timeline:
    return command("aspect").apply(SAMPLES["film"](), {"ratio": "9:16", "fill": fill}, facts).timeline


def test_the_view_glides_within_a_shot_and_jumps_at_a_cut() -> None:
    path = shown(vertical(city())).path
    assert path == (
        Aim(F(0), 0.2, 0.5), Aim(F(3), 0.6, 0.5), Aim(F(4), 0.6, 0.5), Aim(F(4), 0.8, 0.4), Aim(F(9), 0.8, 0.4),
        Aim(F(9), 0.5, 0.5),
    )  # fmt: skip


def test_one_point_for_all_needs_no_path() -> None:
    picture = shown(vertical(city((Focus(F(0), 0.3, 0.5), Focus(F(4), 0.305, 0.5)))))
    assert picture.path == ()
    assert picture.focus_x == pytest.approx(0.3025)


def test_another_fill_forgets_the_path() -> None:
    cropped = vertical(city())
    assert shown(command("fit").apply(cropped, {"how": "blur"}, city()).timeline).path == ()


def test_pictures_are_cropped_unasked_only_where_the_subject_is_sure() -> None:
    doubtful = tuple(replace(focus, confidence=0.1) for focus in WALKS)
    for focus, fit in ((WALKS, "cover"), (doubtful, "blur"), ((), "blur")):
        after = command("aspect").apply(SAMPLES["film"](), {"ratio": "9:16"}, city(focus)).timeline
        assert shown(after).fit == fit


def test_the_halves_of_a_split_keep_what_they_need() -> None:
    halves = command("split").apply(vertical(city()), {"at": 5}, city()).timeline
    assert [aim.at for aim in shown(halves, 0).path] == [0, 3, 4, 4, 9]
    assert [aim.at for aim in shown(halves, 1).path] == [4, 9, 9]


def test_a_path_is_kept_in_json_and_draft() -> None:
    timeline = vertical(city((*WALKS[:2], Focus(F(10, 3), 0.1, 0.2))))
    assert shown(timeline).path[-1].at == F(10, 3)
    assert loads(dumps(timeline)) == timeline
    assert from_draft(json.loads(json.dumps(to_draft(timeline)))) == timeline


@pytest.mark.parametrize(
    "path",
    [(Aim(F(2), 0.5, 0.5), Aim(F(1), 0.5, 0.5)), (Aim(F(-1), 0.5, 0.5),), (Aim(F(0), 1.5, 0.5),),
     (Aim(F(0), 0.5, float("nan")),)],
    ids=["out of order", "before the start", "outside", "no number"],
)  # fmt: skip
def test_a_wrong_path_is_refused(path: tuple[Aim, ...]) -> None:
    timeline = vertical(city())
    track = timeline.tracks[0]
    _, segment = next(track.placed())
    wrong = replace(segment, picture=replace(shown(timeline), path=path))
    with pytest.raises(EditError, match="aim"):
        checked(replace(timeline, tracks=(replace(track, items=(wrong, *track.items[1:])), *timeline.tracks[1:])))


def test_a_reading_tells_where_the_subject_is() -> None:
    info = MediaInfo("", "mp4", 0, None, None, 1, 0, False, F(2))
    points = (FocusPoint(F(0), 0.3, 0.4, 0.8), FocusPoint(F(1), 0.6, 0.5, 0.0))
    shots = (Shot(Span(F(0), F(1)), "start", 1, 0, 0, 0), Shot(Span(F(1), F(2)), "cut", 1, 1, 0, 0))
    curves = ((0.0,),) * 7
    facts = facts_of_reading(Reading(info, VideoReading(info, shots, *curves, (), False, points)))
    assert facts.focus == (Focus(F(0), 0.3, 0.4, 0.8), Focus(F(1), 0.6, 0.5, 0.0))
