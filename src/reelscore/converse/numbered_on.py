"""Numbers that share the name of their thing: "clips 1, 2 and 4", "the first clip sepia, the second to black and white"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache

from reelscore.converse import patterns
from reelscore.converse.mention import Mention, kind_of_word
from reelscore.converse.numbered import alternatives, nth_said, numbered, ordinals
from reelscore.converse.numbers import value_of
from reelscore.converse.scene import Scene
from reelscore.converse.sieves import Sieve
from reelscore.converse.tables import table

_MEETING = Sieve(
    re.compile(
        r"(?<![a-z])(?:wipe|slide|dip|cross-?fade|dissolve|transition|blend|fade|flash|push|swipe|zoom)(?![a-z])"
    )
)

_PAIR = re.compile(
    r"(?<![a-z])(?:between|from) (?P<one>\d{1,2}) (?:and|to|&) (?P<two>\d{1,2})"
    r"(?![\d.:%]| ?(?:s|secs?|seconds?|mins?|minutes?|frames?|db|x|%|bars?|beats?)(?![a-z]))"
)


def joined(text: str, scene: Scene) -> Iterator[Mention]:
    """ "a wipe between 3 and 4": clips, where a transition is spoken of."""
    clips = scene.of("clip")
    for match in _PAIR.finditer(text) if _MEETING.search(text) else ():
        if max(int(match["one"]), int(match["two"])) > len(clips):
            continue  # "zoom in from 5 to 8": seconds
        for part in ("one", "two"):
            n = int(match[part])
            yield Mention(*match.span(part), "clip", f"clip {n}", n, things=clips[n - 1 : n] if n else ())


_NTH_AGAIN = re.compile(
    r"(?<![a-z0-9])(?<!a )(?<!one )(?<!per )(?<!each )(?<!every )(?<!half )(?<!\d )(?:the )?(?P<order>first|second|third|fourth|fifth|sixth|last|\d{1,2}(?:st|nd|rd|th))"
    r"(?= ?(?:[:,.;]|$|(?:to|at|in|by|and|is|as|for|gets?|should|goes|black|red|blue|green|yellow|white|orange|pink|purple|gr[ea]y|gold|bold|italic|bigger|smaller|longer|shorter|brighter|darker|upside|vertically|warm|cool|sepia|vivid|blur|louder|quieter|faster|slower|backwards)(?![a-z])))"
)

_NTH = r"(?:first|second|third|fourth|fifth|sixth|last|\d{1,2}(?:st|nd|rd|th))"
NTH_ALONE = re.compile(rf"(?:the )?{_NTH}")
"""An ordinal that names nothing."""
_OF_CLIPS = re.compile(
    rf"(?<![a-z])the (?P<one>{_NTH})(?:,| and| with| &)+ the (?P<two>{_NTH})(?= ?(?:$|[.,;!]|(?:please|around|round|over|the other way)(?![a-z])))"
    rf"|  (?:on|over) the (?P<order>{_NTH})(?= ?(?:$|[.,;!]|and  ))"  # behind a text, which is blanks here
    rf"|(?<![a-z])(?:un)?mute (?:only |just )?the (?P<heard>{_NTH})(?= ?(?:$|[.,;!]|and ))"
)


def alone(text: str, scene: Scene) -> Iterator[Mention]:
    """ "swap the first and the last", "... on the first, ... on the second": clips, though nothing says so."""
    for match in _OF_CLIPS.finditer(text):
        for part in match.re.groupindex:
            nth = nth_said({"order": match[part]})
            if nth is not None and (made := numbered(match, "clip", nth, scene)):
                yield replace(made, start=match.start(part), end=match.end(part))


_TO_A_PLACE = re.compile(
    r"(?<![a-z])(?:(?:put|make|play|show|move|place|bring|have|use|want) (?:it|that|this|them|that one|this one)|goes?|comes?|be|is|come|play|plays) $"
)


def again(text: str, scene: Scene, before: list[Mention]) -> Iterator[Mention]:
    """An ordinal alone, after a thing that was named by number: "the first clip sepia, the second to black and white"."""
    named = next((m for m in before if m.nth is not None and m.kind in ("clip", "image", "title", "subtitle")), None)
    if named is None:
        return
    for match in _NTH_AGAIN.finditer(text):
        nth = nth_said({"order": match["order"]})
        if patterns.just_before(_TO_A_PLACE, text, match.start()):
            continue  # "put it last" is where, not what
        if match.start() > named.start and nth and (made := numbered(match, named.kind, nth, scene)):
            yield made


_N = r"(?:\d{1,2}|(?<![a-z])(?:one|two|three|four|five|six|seven|eight|nine)(?![a-z]))"

_LISTED = re.compile(
    rf"(?:clips?|shots?|photos?|片段|镜头|照片) ?((?:{_N}(?:,? ?(?:and|&|,|-|~|to|through|till|和|、|与|跟|到|至) ?)+)+{_N})(?![\d.:%]| ?(?:s|secs?|seconds?|秒|db|x)(?![a-z]))"
)


def listed(text: str, scene: Scene) -> Iterator[Mention]:
    """ "clips 1, 2 and 4", "the first and the last clip": each of them."""
    for match in _LISTED.finditer(text):
        kind = kind_of_word().get(patterns.match(r"[a-z]+?(?=s? |s?\d|s?$)|[^ \d]+", match[0])[0], "clip")  # type: ignore[index]
        kind = "clip" if kind == "film" else kind
        for number, n in _counted(match[1]):
            at = match.start(1) + number.start()
            among = scene.of(kind)
            word = table("kinds")[kind]["as"]
            start = match.start() if number.start() == 0 else at
            yield Mention(
                start,
                at + len(number[0]),
                kind,
                f"{word} {n}",
                n,
                things=(among[n - 1],) if 0 < n <= len(among) else (),
            )
    pattern = _ordered()
    for match in pattern.finditer(text):
        nth = ordinals()[match["order"]]
        made = numbered(match, kind_of_word().get(match["latin"] or "", "clip"), nth, scene)
        if made:
            yield made


def _counted(words: str) -> Iterator[tuple[re.Match[str], int]]:
    """The numbers of a list, those between "1-3" too; each with where it is said."""
    before = 0
    end = 0
    for number in patterns.finditer(_N, words):
        n = int(value_of(number[0]) or 0)
        if before and patterns.fullmatch(r",? ?(?:-|~|to|through|till|到|至) ?", words[end : number.start()]):
            yield from ((number, m) for m in range(before + 1, n))
        yield number, n
        before, end = n, number.end()


@cache
def _ordered() -> re.Pattern[str]:
    """An ordinal whose thing is named with the next: "the first and the last clip"."""
    order = alternatives(list(ordinals()))
    latin = alternatives([w for w in kind_of_word() if w < "\u0250"])
    after = rf"(?:,| and| &| or)+ (?:the )?(?:{order}) (?:(?P<latin>{latin})s?|ones?)(?![a-z])"
    return re.compile(rf"(?<![a-z])(?:the )?(?P<order>{order})(?={after})")
