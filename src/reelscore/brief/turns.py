"""The seconds at which players come in or stop: hits of a person's own, on the cut that they meant.

Who says "drums come in at 0:05" reads a player's clock, which shows 0:05 for a whole second. A cut within half a second
of such a whole second is what was meant: the music would else mark two moments so near each other that one is lost.
A time given to a part of a second is kept as it is.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from fractions import Fraction

from reelscore.brief.asked import clock
from reelscore.brief.band_wishes import BandWishes
from reelscore.values.brief import Hit, Reason
from reelscore.values.time import Seconds, Span

MEANT = Fraction(1, 2)  # seconds between a whole second and the cut that is meant by it


def turns_of(band: BandWishes, duration: Seconds) -> dict[Seconds, Hit]:
    """The seconds at which players come in or stop, which the music marks."""
    spans = [(entrance.what, entrance.within) for entrance in band.entrances if entrance.within]
    spans += [(exclusion.what, exclusion.within) for exclusion in band.exclusions if exclusion.within]
    edges = {at: what for what, span in spans for at in (span.start, span.end) if 0 < at < duration}
    return {at: Hit(at, 1.0, "user", what.replace("_", " ")) for at, what in edges.items()}


def on_cuts(
    band: BandWishes, hits: Sequence[Hit], duration: Seconds, exact: Collection[Seconds]
) -> tuple[BandWishes, Collection[Seconds]]:
    """The same wishes with whole seconds moved to the cuts they mean, and the seconds that moved.

    `exact` are seconds that must not move.
    """
    cuts = [hit.at for hit in hits if hit.kind == "cut"]
    moved: dict[Seconds, Seconds] = {}
    for at in turns_of(band, duration):
        near = min(cuts, key=lambda cut: abs(cut - at), default=None)
        if near is not None and near != at and abs(near - at) <= MEANT and at.denominator == 1 and at not in exact:
            moved[at] = near
    if not moved:
        return band, ()

    def span(old: Span | None) -> Span | None:
        new = Span(moved.get(old.start, old.start), moved.get(old.end, old.end)) if old else None
        return new if new and new.start < new.end else old

    told = [
        Reason("entrance", f"{clock(at)} at {clock(cut)}", "picture", f"the cut at {float(cut):.2f} s is the one meant")
        for at, cut in sorted(moved.items())
    ]
    return replace(
        band,
        entrances=tuple(replace(e, within=span(e.within)) for e in band.entrances),
        exclusions=tuple(replace(e, within=span(e.within)) for e in band.exclusions),
        reasons=(*band.reasons, *told),
    ), moved.keys()
