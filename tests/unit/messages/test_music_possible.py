"""What a message is expected to ask of the music, the composer can understand: an exact reading that fails is none."""

from __future__ import annotations

from reelscore.brief.asked import sounds_left_out
from reelscore.brief.changed import changed
from reelscore.brief.make import make_brief
from reelscore.catalogue import vocabulary
from reelscore.errors import BriefError
from reelscore.piece_changed import wishes_of
from reelscore.values.brief import Brief, Wishes
from reelscore.values.command import Plain, Step
from tests.messages.cases import load

NAMED = ("genre", "mood", "bpm", "key", "with", "without", "instruments")
NOT_YET = ("jazzier", "管弦乐")  # words that the composer does not know


def test_every_change_of_the_music_that_is_expected_can_be_written() -> None:
    known = vocabulary()
    pieces = [make_brief(words, Wishes(), known) for words in ("upbeat pop, 60 seconds", "sad piano ballad")]
    seen: set[tuple[tuple[str, str], ...]] = set()
    faults = []
    for case in load("dev"):
        for step in case.do:
            args = dict(step.args)
            key = tuple(sorted((k, str(v)) for k, v in args.items()))
            if not isinstance(step, Step) or step.command != "change_music" or key in seen:
                continue
            seen.add(key)
            told = [_fault(piece, args) for piece in pieces]
            if all(told) and not any(str(v) in NOT_YET for v in args.values()):
                faults.append((case.say, told[0]))
    assert len(seen) > 100
    assert faults == []


def _fault(piece: Brief, args: dict[str, Plain]) -> str:
    """What the composer says against it; "" where it can be written."""
    known = vocabulary()
    named = {k: str(v).removesuffix(".0") for k, v in args.items() if k in NAMED}
    try:
        if named:
            changed(piece, wishes_of(named), known)
        if args.get("prompt"):
            changed(piece, str(args["prompt"]), known)
        for way in ("louder", "quieter"):
            for sound in str(args.get(way, "")).split(","):
                if sound.strip():
                    sounds_left_out(sound.strip(), known)
    except BriefError as fault:
        return fault.message
    return ""
