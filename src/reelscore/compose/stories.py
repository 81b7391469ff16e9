"""Stories for beds: the order of sections when there is no picture to follow.

An intro, then phrases of four bars in an order written by hand for short pieces and told in cycles for long ones, with
a build and a lift before the ending.
"""

from __future__ import annotations

from reelscore.compose.bars import Measure
from reelscore.compose.genre import Genre
from reelscore.values.chance import choose

# Kinds and lengths in phrases of four bars, after the intro, by their sum.
_STORIES: dict[int, tuple[str, ...]] = {
    0: ("",),
    1: ("lift1",),
    2: ("theme1 lift1",),
    3: ("theme2 lift1", "theme1 lift2"),
    4: ("theme2 lift2", "theme1 build1 lift2"),
    5: ("theme2 build1 lift2", "theme2 lift1 break1 lift1"),
    6: ("theme2 lift1 break1 lift2", "theme2 theme1 build1 lift2"),
    7: ("theme2 lift2 break1 lift2", "theme2 theme2 build1 lift2"),
    8: ("theme2 lift2 break1 build1 lift2", "theme2 build1 lift2 break1 lift2"),
}
# Rounds for loops: they come back to where they began, without a step.
_ROUNDS: dict[int, tuple[str, ...]] = {
    1: ("theme1",),
    2: ("theme1 lift1", "theme2"),
    3: ("theme1 lift1 theme1", "theme2 lift1"),
    4: ("theme2 lift1 theme1", "theme2 lift2"),
    5: ("theme2 lift2 theme1",),
    6: ("theme2 lift2 break1 theme1", "theme2 lift2 theme2"),
    7: ("theme2 lift2 break1 theme2", "theme2 lift2 theme1 break1 theme1"),
    8: ("theme2 lift2 break1 build1 lift1 theme1", "theme2 lift2 theme2 break1 theme1"),
}
_ROOM = 14  # bars from which a rise can be told in phrases of four
TURNAROUND = 2  # bars at the end of a chorus that bring it home
_STING = 6.0  # seconds: music this short is one full gesture
_CYCLES = ("theme2 lift2 theme2 break1", "theme2 build1 lift2 break1", "theme2 theme2 lift2 break2")


def _own_story(forms: tuple[str, ...], units: int, seed: int) -> list[str]:
    """A story of the style's own: one that fits exactly; else the longest that fits, its themes told longer or another
    told after it."""
    length = {form: sum(int(word[-1]) for word in form.split()) for form in forms}
    fitting = [form for form in forms if length[form] == units]
    if fitting:
        return choose(fitting, seed, "form", units).split()
    longest = max((n for n in length.values() if n < units), default=0)
    if not longest:
        return []
    words = choose([form for form in forms if length[form] == longest], seed, "form", units).split()
    rest = units - longest
    if rest >= min(length.values()):
        onward = _own_story(forms, rest, seed)
        return [*words, *onward] if onward else []
    calm = [k for k, word in enumerate(words) if word[:-1] in ("theme", "build", "lift") and int(word[-1]) < 8]
    for n in range(rest):
        k = calm[n % len(calm)] if calm else 0
        words[k] = f"{words[k][:-1]}{int(words[k][-1]) + 1}"
    return words


def _story(units: int, seed: int, forms: tuple[str, ...]) -> list[tuple[str, int]]:
    """(kind, phrases) of a bed of `units` phrases after its intro."""
    own = _own_story(forms, units, seed)
    if own:
        words = own
    elif units in _STORIES:
        words = choose(_STORIES[units], seed, "story", units).split()
    else:
        words = []
        left = units - 4
        while left > 0:
            words += choose(_CYCLES, seed, "story", len(words)).split()
            left = units - 4 - sum(int(word[-1]) for word in words)
        while left < 0:
            short = words.pop()
            left += int(short[-1])
        words += ["theme1"] * left + ["theme1", "build1", "lift2"]
    return [(word[:-1], int(word[-1])) for word in words]


def phrase_bars(genre: Genre, total: int, mean: float) -> int:
    """Bars of one phrase of a story told in `total` bars of `mean` seconds: a chorus where a style has one, else four,
    or two where bars are long or a style that rises has little room."""
    if genre.section_bars:
        return genre.section_bars
    return 2 if mean * 4 >= genre.section_seconds * 1.6 or (genre.rises and total < _ROOM) else 4


def tell_story(genre: Genre, measures: tuple[Measure, ...], seed: int) -> tuple[list[int], list[str]]:
    """Lengths and kinds when nothing but taste decides: an intro, then a story in phrases of four bars."""
    pickup = 0 if measures[0].whole else 1
    total = len(measures) - pickup
    mean = sum(m.seconds for m in measures) / len(measures)
    if total < 4:
        sting = total * mean <= _STING and "lift" in genre.kinds
        return [total + pickup], ["lift" if sting else "theme"]
    size = phrase_bars(genre, total, mean)
    intros = (0, 2, 4, 6, 8) if size > 8 else (2, 4) if genre.rises and total >= size + 2 else (0, 2, 4)
    turn = TURNAROUND if genre.section_bars else 0  # the ending's bars are the last ones of a chorus
    intro = min(intros, key=lambda n: _intro_cost(n, total + turn, size, mean))
    units, rest = divmod(total + turn - intro, size)
    lengths: list[int] = [intro] * (intro > 0)
    kinds: list[str] = ["intro"] * (intro > 0)
    story = _story(units, seed, genre.forms)
    if genre.section_bars or mean * size * 2 > genre.section_seconds * 1.7:
        story = [(kind, 1) for kind, phrases in story for _ in range(phrases)]
    for k, (kind, phrases) in enumerate(story):
        lengths.append(phrases * size + (rest - turn if k == len(story) - 1 else 0))
        kinds.append(kind)
    if not units:
        lengths, kinds = [total], ["theme"]
    lengths[0] += pickup
    return lengths, kinds


def tell_loop(genre: Genre, measures: tuple[Measure, ...], seed: int) -> tuple[list[int], list[str]]:
    """Lengths and kinds of music that joins its own beginning: no intro, no ending, the strongest in the middle."""
    total = len(measures)
    size = genre.section_bars or 4
    units = total // size
    if not units:
        return [total], ["theme"]
    words: list[str] = []
    left = units
    while left > 8:
        words += choose(_CYCLES, seed, "round", left).split()
        left = units - sum(int(word[-1]) for word in words)
    if left > 0:
        words += choose(_ROUNDS[left], seed, "round", left).split()
    lengths = [int(word[-1]) * size for word in words]
    lengths[-1] += total - sum(lengths)
    return lengths, [word[:-1] for word in words]


def _intro_cost(bars: int, total: int, size: int, mean: float) -> float:
    """What speaks against an intro of so many bars: a story that no longer divides, a short film kept waiting."""
    if total - bars < size:
        return 1e6
    wanted = min(9.0, total * mean * 0.16)
    return ((total - bars) % size) * 2.0 + abs(bars * mean - wanted) / 3.0
