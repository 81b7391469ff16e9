"""Which command or action a clause may ask for, learnt from wordings: multinomial naive Bayes.

Each wording is a bag of features (`guess_features.py`), weighted by how rare they are and brought to one length; parts of
words count less. Learnt when first asked for, in a tenth of a second, from `wordings/learnt.toml`; a command that has no
lines there is learnt from its own words and examples. (Rennie and others 2003 describe the weighting.)
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files

from reelscore.converse.guess_features import features
from reelscore.values.command import CommandEntry
from reelscore.values.shipped_toml import shipped_toml

NOTHING = "none"  # no request that can be met
_PART = 0.3  # the weight of a part of a word
_PRIOR = 0.6  # how much the frequency of a command counts
_HOPELESS = -20.0  # so far behind the best (as a logarithm) a command counts for nothing
_UNSEEN = 0.02  # what a feature counts for a command that never had it


class Wordings:
    """What was learnt of some labelled wordings."""

    def __init__(self, rows: Iterable[tuple[str, str]]) -> None:
        told = [(name, features(text)) for name, text in rows]
        often = Counter(feature for _, held in told for feature in held)
        self._rare = {
            feature: (math.log((1 + len(told)) / (1 + count)) + 1) * (_PART if feature[0] == "~" else 1.0)
            for feature, count in often.items()
        }
        self._seen: dict[str, dict[str, float]] = {feature: {} for feature in often}
        total: dict[str, float] = {}
        lines: Counter[str] = Counter()
        for name, held in told:
            lines[name] += 1
            for feature, weight in self._weighted(held):
                seen = self._seen[feature]
                seen[name] = seen.get(name, 0.0) + weight
                total[name] = total.get(name, 0.0) + weight
        self._names = tuple(lines)
        self._place = {name: n for n, name in enumerate(lines)}
        self._counts: dict[str, tuple[tuple[int, float], ...]] = {}
        self._begin = [_PRIOR * math.log(1 + count) for count in lines.values()]
        self._none = [math.log(_UNSEEN / (total.get(name, 0.0) + _UNSEEN * len(often))) for name in lines]

    def _weighted(self, held: Iterable[str]) -> list[tuple[str, float]]:
        """Known features with their weights, all together of length one; in order, so that sums are the same."""
        known = sorted(feature for feature in held if feature in self._rare)
        length = math.sqrt(sum(self._rare[feature] ** 2 for feature in known)) or 1.0
        return [(feature, self._rare[feature] / length) for feature in known]

    def _counted(self, feature: str) -> tuple[tuple[int, float], ...]:
        """Which commands have had a feature, and what that counts for each; made when first asked for."""
        held = self._counts.get(feature)
        if held is None:
            seen = self._seen[feature].items()
            held = self._counts[feature] = tuple((self._place[name], math.log1p(one / _UNSEEN)) for name, one in seen)
        return held

    def likely(self, text: str) -> list[tuple[str, float]]:
        """Commands and actions with their probabilities, the likeliest first; [] where no word is known."""
        held = self._weighted(features(text))
        if not held:
            return []
        whole = sum(weight for _, weight in held)
        scores = [begin + whole * none for begin, none in zip(self._begin, self._none, strict=True)]
        for feature, weight in held:
            for place, count in self._counted(feature):
                scores[place] += weight * count
        best = max(scores)
        least = best + _HOPELESS
        odds = [
            (name, math.exp(score - best)) for name, score in zip(self._names, scores, strict=True) if score > least
        ]
        all_ = sum(odd for _, odd in odds)
        return sorted([(name, odd / all_) for name, odd in odds], key=lambda one: (-one[1], one[0]))


@cache
def _learnt() -> tuple[tuple[str, str], ...]:
    held = shipped_toml(files("reelscore.converse") / "wordings" / "learnt.toml")
    return tuple((name, line) for name, lines in held.items() for line in lines.strip().splitlines())


_built: list[tuple[Mapping[str, CommandEntry], Wordings]] = []


def wordings_for(commands: Mapping[str, CommandEntry]) -> Wordings:
    """What was learnt, of these commands."""
    for held, made in _built:
        if held is commands:
            return made
    rows = _learnt()
    names = {name for name, _ in rows}
    own = [(name, line) for name, entry in commands.items() if name not in names for line in _own(entry)]
    _built.append((commands, Wordings((*rows, *own))))
    del _built[:-4]
    return _built[-1][1]


def _own(entry: CommandEntry) -> Iterable[str]:
    for words in entry.words.values():
        yield from (word.lower() for word in words)
    for example in entry.examples:
        yield from (example.en.lower(), example.zh.lower())
