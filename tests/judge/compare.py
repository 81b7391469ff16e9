"""What the judges heard against what was written. All figures 0..1 unless a name says otherwise."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from reelscore.values.brief import PITCH_NAMES
from reelscore.values.score import Score

WINDOW_S = 0.07  # a beat heard this near to a written one is that one (the usual window of beat tracking evaluation)
_NOTES = {"C": 0, "D": 2, "E": 4, "F": 5, "G": 7, "A": 9, "B": 11}
_MINOR = ("minor", "dorian", "phrygian", "harmonic minor", "phrygian dominant")


def written_times(score: Score, seconds: float) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Beats and downbeats of the score inside the music, in seconds."""
    clock = score.tempo_map
    ends = float(clock.seconds_at(score.final_beat))
    down = [float(clock.seconds_at(bar.start)) for bar in clock.bars]
    pulse = 3 if clock.bars[0].meter.denominator == 8 and clock.bars[0].meter.numerator % 3 == 0 else 2
    step = clock.bars[0].meter.beats / (clock.bars[0].meter.numerator // 3) if pulse == 3 else 1
    beats = []
    for bar in clock.bars:
        at = bar.start
        while at < bar.end:
            beats.append(float(clock.seconds_at(at)))
            at += step
    inside = [np.array([t for t in times if 0 <= t <= min(ends, seconds)]) for times in (beats, down)]
    return inside[0], inside[1]


def bpm_of(beats: Sequence[float]) -> float:
    """Beats a minute: the median over stretches of eight beats, since trackers count in steps of 10 ms; 0 for none."""
    reach = min(8, len(beats) - 1)
    if reach < 2:
        return 0.0
    times = np.asarray(beats)
    return float(60 * reach / np.median(times[reach:] - times[:-reach]))


def same_tempo(heard: float, written: float, tolerance: float = 0.01) -> bool:
    """Equal within the tolerance, an octave (or three in compound time) up or down allowed."""
    return any(abs(heard * ratio / written - 1) <= tolerance for ratio in (1, 2, 0.5, 3, 1 / 3, 1.5, 2 / 3))


def f_measure(heard: Sequence[float], written: NDArray[np.float64]) -> float:
    """Matches within WINDOW_S, each used once."""
    if not len(heard) or not len(written):
        return 0.0
    free, hits = list(written), 0
    for time in heard:
        near = min(free, key=lambda t: abs(t - time), default=None)
        if near is not None and abs(near - time) <= WINDOW_S:
            free.remove(near)
            hits += 1
    return 2 * hits / (len(heard) + len(written))


def tonic(label: str) -> int:
    """ "Bb" or "F#" as a pitch class."""
    return (_NOTES[label[0].upper()] + label.count("#") - label[1:].count("b")) % 12


def same_key(heard: str, score: Score) -> str:
    """ "same", "relative", "parallel", "fifth" or "no"."""
    name, _, mode = heard.partition(" ")
    heard_root, heard_minor = tonic(name), mode == "minor"
    key = score.sections[0].key
    written_minor = key.mode in _MINOR
    # modes share their notes with a major or minor key: what a judge of two modes should say
    if heard_root == key.tonic and heard_minor == written_minor:
        return "same"
    major_of = (heard_root + 3) % 12 if heard_minor else heard_root
    offset = {"dorian": 10, "phrygian": 8, "mixolydian": 5, "lydian": 7, "minor": 3, "harmonic minor": 3}
    if major_of == (key.tonic + offset.get(key.mode, 0)) % 12:
        return "relative"
    if heard_root == key.tonic:
        return "parallel"
    return "fifth" if (heard_root - key.tonic) % 12 in (5, 7) and heard_minor == written_minor else "no"


def chord_overlap(heard: Sequence[Sequence[Any]], score: Score) -> float:
    """The share of time on which root and third agree; where the written chord has no third, the root."""
    clock = score.tempo_map
    good = total = 0.0
    spans = [(float(a), float(b), str(label)) for a, b, label in heard]
    for section in score.sections:
        for chord in section.chords:
            start = max(0.0, float(clock.seconds_at(chord.at)))
            end = float(clock.seconds_at(chord.at + chord.beats))
            total += max(0.0, end - start)
            for a, b, label in spans:
                common = min(b, end) - max(a, start)
                if common > 0 and label != "N" and _fits(label, chord.root, chord.bass, chord.classes):
                    good += common
    return good / total if total else 0.0


def _fits(label: str, root: int, bass: int, classes: Sequence[int]) -> bool:
    name, _, kind = label.partition(":")
    heard, minor = tonic(name), kind.startswith("min")
    third = (heard + (3 if minor else 4)) % 12
    if heard == root:
        has = {(root + 3) % 12, (root + 4) % 12} & set(classes)
        return third in classes or not has
    # a seventh or ninth chord holds another triad over the bass: Am7 is C/A, and a judge of triads may say either
    return {heard, third, (heard + 7) % 12} <= {*classes, root, bass}


Rows = NDArray[np.float64]


def frechet(a: Rows, b: Rows, shrink: float = 0.2) -> float:
    """Fréchet distance of two sets of embeddings, covariances shrunk towards their diagonal (the sets are small)."""

    def fit(x: Rows) -> tuple[Rows, Rows]:
        cov = np.cov(x.T)
        return x.mean(axis=0), (1 - shrink) * cov + shrink * np.diag(np.diag(cov))

    (mean_a, cov_a), (mean_b, cov_b) = fit(a), fit(b)
    values, vectors = np.linalg.eigh(cov_a)
    root = (vectors * np.sqrt(np.maximum(values, 0))) @ vectors.T
    both = np.sqrt(np.maximum(np.linalg.eigvalsh(root @ cov_b @ root), 0)).sum()
    return float(((mean_a - mean_b) ** 2).sum() + np.trace(cov_a) + np.trace(cov_b) - 2 * both)


def frechet_endless(a: Sequence[Rows], b: Sequence[Rows], draws: int = 12) -> float:
    """The Fréchet distance that sets without end would have: small sets lie too far apart, by about 1/N.

    After A. Gui, H. Gamper, S. Braun and D. Emmanouilidou (2024, "FAD-infinity"): a line through the distances of
    smaller sets over 1/N, read at 0. Both sets are drawn smaller, and by clip: the rows of one clip are much alike.
    """
    whole = min(len(a), len(b))
    chance = np.random.default_rng(whole)
    inverse: list[float] = []
    found: list[float] = []
    for count in sorted({round(n) for n in np.linspace(max(4, 0.3 * whole), whole, 7)}):
        for _ in range(draws):
            one, other = (np.vstack([s[i] for i in chance.permutation(len(s))[:count]]) for s in (a, b))
            inverse.append(1 / count)
            found.append(frechet(one, other))
    return float(np.polyfit(inverse, found, 1)[1])


def halves(clips: Sequence[Rows], draws: int = 10) -> list[tuple[list[Rows], list[Rows]]]:
    """The set cut in two at random, by clip."""
    chance, middle = np.random.default_rng(0), len(clips) // 2
    orders = [chance.permutation(len(clips)) for _ in range(draws)]
    return [([clips[i] for i in o[:middle]], [clips[i] for i in o[middle : 2 * middle]]) for o in orders]


def nearest_names(embeddings: NDArray[np.float64], names: Sequence[str]) -> float:
    """The share of rows whose nearest other row (cosine, standardised columns) has the same name."""
    x = (embeddings - embeddings.mean(axis=0)) / (embeddings.std(axis=0) + 1e-9)
    x /= np.linalg.norm(x, axis=1, keepdims=True)
    close = x @ x.T
    np.fill_diagonal(close, -2)
    return float(np.mean([names[i] == names[int(close[i].argmax())] for i in range(len(names))]))


def key_name(score: Score) -> str:
    """The written key, readable."""
    key = score.sections[0].key
    return f"{PITCH_NAMES[key.tonic]} {key.mode}"


def found_tags(heard: Mapping[str, Any], wanted: Sequence[str], best: int = 10) -> list[str]:
    """Which of the wanted tags either model has among its `best`."""
    named = {tag.lower() for model in ("MTT", "MSD") for tag, _ in heard[model][:best]}
    return [tag for tag in wanted if tag in named]
