"""Are the melodies our own? `python -m tests.judge.tunes FOLDER [--seeds 200]`

FOLDER holds published folk tunes in ABC notation: `make judge` unpacks those of the package music21 (the Essen
collection, Ryan's, O'Neill's, Aird's; test material, never shipped). Two questions, of intervals alone, rhythm and key
left out, so that a tune is known again in any of them:

* Do eight bars of any melody of ours occur in any of these tunes?
* How often do two pieces share four bars of tune (six notes or more): pairs of ours, and pairs of real tunes.
"""

from __future__ import annotations

import argparse
import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise
from pathlib import Path

from reelscore.compose.write import write_score
from reelscore.values.score import Score
from tests.unit.compose.briefs import bed

SCALE = {"C": 0, "D": 2, "E": 4, "F": 5, "G": 7, "A": 9, "B": 11}
FIFTHS = {"C": 0, "G": 1, "D": 2, "A": 3, "E": 4, "B": 5, "F": -1}
MODES = {"": 0, "maj": 0, "ion": 0, "mix": -1, "dor": -2, "m": -3, "min": -3, "aeo": -3, "phr": -4, "loc": -5, "lyd": 1}
SIGNS = {"^^": 2, "^": 1, "=": 0, "_": -1, "__": -2}
NOTE = re.compile(r"(\^\^|\^|=|__|_)?([A-Ga-g])([,']*)")
NO_NOTES = re.compile(r'"[^"]*"|\{[^}]*\}|![^!]*!|\[[A-Z]:[^\]]*\]|%.*|\\')
FEWEST = 12  # intervals that eight bars must have to say anything

Bars = list[list[int]]
Phrase = tuple[int, ...]


@dataclass(frozen=True)
class Tune:
    """A real tune: MIDI pitches by bar."""

    title: str
    bars: Bars

    @property
    def intervals(self) -> Phrase:
        return steps([pitch for bar in self.bars for pitch in bar])


def steps(pitches: Sequence[int]) -> Phrase:
    return tuple(b - a for a, b in pairwise(pitches))


def tunes(text: str) -> Iterator[Tune]:
    """The tunes of an ABC file."""
    title, bars = "", Bars()
    sharps: dict[str, int] = {}
    for line in [*text.splitlines(), "X:"]:
        field = re.match(r"([A-Za-z]):\s*(.*)", line)
        if field and field[1] == "X":
            if bars:
                yield Tune(title, [bar for bar in bars if bar])
            title, sharps, bars = "", {}, Bars()
        elif field and field[1] == "T":
            title = title or field[2]
        elif field and field[1] == "K":
            sharps = signature(field[2])
        elif not field:
            bars += measures(line, sharps)


def signature(key: str) -> dict[str, int]:
    """The accidentals of "G", "Am", "Ddor", "F# minor"."""
    found = re.match(r"([A-G])([#b]?)\s*([a-zA-Z]*)", key)
    if not found:
        return {}
    fifths = FIFTHS[found[1]] + {"#": 7, "b": -7, "": 0}[found[2]] + MODES.get(found[3].lower()[:3], 0)
    order = "FCGDAEB" if fifths > 0 else "BEADGCF"
    return dict.fromkeys(order[: min(7, abs(fifths))], 1 if fifths > 0 else -1)


def measures(line: str, sharps: dict[str, int]) -> Bars:
    """The pitches of every bar of a line; an accidental holds to the bar's end."""
    found = Bars()
    for bar in re.split(r"[|\]\[:]+", NO_NOTES.sub("", line)):
        here, pitches = dict(sharps), []
        for sign, letter, marks in NOTE.findall(bar):
            if sign:
                here[letter.upper()] = SIGNS[sign]
            octave = 5 + letter.islower() + marks.count("'") - marks.count(",")
            pitches.append(12 * octave + SCALE[letter.upper()] + here.get(letter.upper(), 0))
        found.append(pitches)
    return [bar for bar in found if bar]


def phrases(bars: Bars) -> set[Phrase]:
    """Every four bars of a tune, counted from its start."""
    groups = ([p for bar in bars[k : k + 4] for p in bar] for k in range(0, len(bars) - 3, 4))
    return {steps(group) for group in groups if len(group) >= 6}


def sharing(pieces: Iterable[Collection[Phrase]]) -> float:
    """The share of pairs that have a phrase in common."""
    who: dict[Phrase, set[int]] = defaultdict(set)
    count = 0
    for count, known in enumerate(pieces, 1):
        for phrase in known:
            who[phrase].add(count)
    pairs = {pair for held in who.values() for pair in combinations(sorted(held), 2)}
    return len(pairs) / max(1, count * (count - 1) / 2)


def sections_of(score: Score) -> list[Bars]:
    """The melody by bar, for every section."""
    player = next((p.name for p in score.players if p.role == "melody"), None)
    found = []
    for section in score.sections:
        notes = [n for part in section.parts if part.player == player for n in part.notes]
        bars = score.tempo_map.bars[section.first_bar : section.first_bar + section.bars]
        found.append([[n.pitch for n in notes if bar.start <= n.at < bar.end] for bar in bars])
    return found


class Known:
    """All intervals of all real tunes as one text to search."""

    def __init__(self, real: Sequence[Tune]) -> None:
        self._real = real
        self._text = "\n".join(_spelled(tune.intervals) for tune in real)

    def holds(self, phrase: Phrase) -> str:
        """The title of the tune that has these intervals; "" for none."""
        at = self._text.find(_spelled(phrase))
        return self._real[self._text.count("\n", 0, at)].title or "?" if at >= 0 else ""


def _spelled(phrase: Phrase) -> str:
    return "".join(chr(200 + max(-60, min(60, step))) for step in phrase)


def borrowed(score: Score, known: Known) -> list[str]:
    """The real tunes of which eight bars stand in this piece."""
    found = []
    for bars in sections_of(score):
        for k in range(max(1, len(bars) - 7)):
            phrase = steps([p for bar in bars[k : k + 8] for p in bar])
            if len(bars) >= 8 and len(phrase) >= FEWEST and (title := known.holds(phrase)):
                found.append(title)
    return found


def real_tunes(folder: Path) -> list[Tune]:
    files = sorted(folder.rglob("*.abc"))
    return [tune for file in files for tune in tunes(file.read_text(encoding="utf-8", errors="replace")) if tune.bars]


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.judge.tunes")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--seeds", type=int, default=200)
    parser.add_argument("--genres", default="pop,folk,classical,country,ukulele_happy")
    args = parser.parse_args()
    real = real_tunes(args.folder)
    known = Known(real)
    print(f"{len(real)} real tunes; pairs that share four bars: {sharing(phrases(t.bars) for t in real):.5f}")
    for genre in args.genres.split(","):
        scores = [write_score(bed(genre, 40, seed=seed)) for seed in range(1, args.seeds + 1)]
        matches = [title for score in scores for title in borrowed(score, known)]
        own = sharing({p for bars in sections_of(score) for p in phrases(bars)} for score in scores)
        print(
            f"{genre:16} pairs that share four bars {own:.5f}; eight bars of a real tune: {matches or 'none'}",
            flush=True,
        )


if __name__ == "__main__":
    main()
