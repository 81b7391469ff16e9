"""What goes on about the last change of the music: "out of the chorus too", 副歌也是, "make that a cello", 不够，95."""

from __future__ import annotations

from collections.abc import Iterator

from reelscore.converse import music_told, patterns
from reelscore.converse.clause import Clause
from reelscore.converse.music_assembled import name_of
from reelscore.converse.reading import Reading
from reelscore.values.command import Plain, Step

_OTHER_WAY = {"louder": "quieter", "quieter": "louder"}
_TOO_MUCH = r"(?:hm+,? |ok,? |no,? )*(?:(?:that'?s |a bit |now it'?s )*too (?:much|far|loud|quiet|soft)(?: now)?|not (?:that|so) (?:much|loud|quiet))[ .!]*|(?:有点|现在)?太(?:过|多|大声?|响|小声?|轻|过分)了?[。!]?|过了"
_WRONG = r"(?<![a-z])too (?!please|pls|then|now|loud|quiet|soft)[a-z]|(?<![a-z])(?:sudden(?:ly)?|abrupt(?:ly)?)(?![a-z])|太(?!好|棒)|突然"  # another complaint
_CHANGES = ("change_music", "regenerate_music")
_LONGEST = 48
_INSTEAD = r"(?<![a-z])(?:actually|instead|rather|make (?:that|it)|no|not|i mean|or|better|maybe)(?![a-z])|换成|改成|还是|换|不,"
_AND = r"\s*(?:and|also|plus|then|as well as|再来?|还有|还要|以及|和|也)(?: also| then)? ?(?:a|an|the|some|把|加上?)?(?![a-z])"


def read(c: Clause, last: Step) -> Iterator[Reading]:
    """The last change of the music in another section, with another sound, at another tempo."""
    if last.command not in _CHANGES or len(c.text) > _LONGEST or c.quotes:
        return
    held = dict(last.args)
    if (way := next((way for way in _OTHER_WAY if held.get(way)), "")) and patterns.fullmatch(_TOO_MUCH, c.text):
        half = {"by_db": float(str(held.get("by_db") or 4)) / 2}
        kept = {name: value for name, value in held.items() if name not in (way, "by_db")}
        yield Reading((_step(last, {_OTHER_WAY[way]: held[way], **kept, **half}),), 0.99)
        return
    told = music_told.pieces(c)
    if told is None:
        return
    args = dict(last.args)
    said = [t for t in told if not t.idle]
    sections = [s for t in said for s in t.sections]
    sounds = [w for t in said for w in (*t.added, *t.sounds)]
    numbers = [n for t in said for n in (t.bpm, t.number) if n]
    other = any(t.wished or t.flaws or t.gone or t.swap or t.key or (t.redo and not t.sections) for t in said)
    if other or any(t.unread > 1 for t in said) or patterns.search(_WRONG, c.text):
        return
    if sections and not sounds and not numbers and not any(t.redo or t.vary for t in said):
        yield Reading(tuple(_step(last, {**args, "section": s}) for s in sections), 0.97)
    elif len(sounds) == 1 and args.get("with") and not sections and patterns.search(_INSTEAD, c.text):
        yield Reading((_step(last, {**args, "with": name_of(c, sounds[0])}),), 0.97)
    elif sounds and not sections and not numbers and patterns.match(_AND, c.text) and _way(args, c.text):
        yield Reading(
            (Step(last.command, ((_way(args, c.text), ", ".join(name_of(c, sound) for sound in sounds)),)),), 0.97
        )
    elif len(numbers) == 1 and args.get("bpm") and not (sections or sounds):
        yield Reading((_step(last, {**args, "bpm": numbers[0]}),), 0.97)


def _way(args: dict[str, Plain], text: str) -> str:
    """Did the last change bring sounds in or take them out, where it is not told anew? "" for both and neither."""
    if patterns.search(r"(?<![a-z])(?:add|more|bring in)(?![a-z])|加|来", text):
        return "with"
    ways = [name for name in ("with", "without") if args.get(name)]
    return ways[0] if len(ways) == 1 else ""


def _step(last: Step, args: dict[str, Plain]) -> Step:
    return Step(last.command, tuple(args.items()))
