"""Fit the composed music to the film as it is cut now: its length, its accents on the cuts. Only the bars that the
change touches are written again; the rest stays as it is, to the last sample.

    cuts    |     |    |            |   |    |
    before  ~~~~~~^~~~~^~~~         after  ~~~~^~~~^~~~~
"""

from __future__ import annotations

from dataclasses import replace

from reelscore.edit.arguments import Arguments
from reelscore.edit.command import Command, Example, Said
from reelscore.edit.film import film_length
from reelscore.edit.params import which
from reelscore.edit.refusals import refuse
from reelscore.edit.requests import composed, requested
from reelscore.edit.tracks import film_track
from reelscore.values.facts import Facts
from reelscore.values.timeline import Request, Timeline


def refit_music(timeline: Timeline, args: Arguments, facts: Facts) -> Timeline:
    place = composed(timeline, args)
    if film_track(timeline) is None:
        raise refuse("empty", what=Said("a film", "影片"))
    to = max(film_length(timeline) - place.span.start, timeline.canvas.frame)
    kept = tuple(r for r in timeline.requests if not (r.kind == "refit" and r.segment == place.segment.id))
    request = Request("", "refit", place.segment.id, wishes=(("duration", str(to)), ("hits", "cuts")))
    return requested(replace(timeline, requests=kept), request)


COMMAND = Command(
    name="refit_music",
    group="music",
    help=Said("Fit the music to the film as it is cut now", "让音乐贴合现在的剪辑"),
    params=(which("music", one=True),),
    words={
        "en": (
            "refit the music",
            "fit the music to the cut",
            "re-score",
            "rescore",
            "sync the music to the cuts",
            "match the music to the video",
        ),
        "zh": ("重新配乐", "音乐贴合剪辑", "音乐对齐画面", "按新剪辑配乐", "音乐重新适配"),
    },
    examples=(
        Example(
            "fit the music to the new cut",
            "按新的剪辑重新配乐",
            {},
            "music to be fitted (14s long, to the cuts)",
            "clips",
        ),
        Example(
            "re-score the film",
            "音乐重新适配影片",
            {"which": "music"},
            "music to be fitted (10s long, to the cuts)",
            "film",
        ),
    ),
    edit=refit_music,
)
