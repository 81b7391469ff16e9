"""How far our music lies from released background music, beside a plain rendering of its notes and a rival's samples.

Fréchet distances of embeddings (musicnn's), after Kilgour et al. (2019), of fifteen seconds of every piece, mono and
equally loud. Moods are matched: a piece is asked for in each reference track's own words ("calm acoustic"), as often as
there are tracks of these words. One seed for each is few, and what a seed draws moves the plain rendering more than
ours: so several sets of seeds are heard, each alone and all together.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import soundfile
from scipy.signal import resample_poly

from reelscore.values.loudness import measure
from tests.judge import compare
from tests.judge.clips import LUFS, clip, plain, write
from tests.judge.compare import Rows

SECONDS = 15
APART = 10  # seeds between one set of ours and the next: 1 to 3, 11 to 13, 21 to 23
OURS, PLAIN, RIVAL = "ours", "plain SoundFont, same notes", "rival"
Hear = Callable[[Path], Rows]  # the embeddings of a file, three seconds a row


def sound_files(folder: Path) -> list[Path]:
    return sorted(p for p in folder.rglob("*") if p.suffix in (".wav", ".opus", ".ogg", ".flac", ".mp3"))


def excerpt(path: Path, folder: Path) -> Path:
    """The first seconds of any sound file, summed to mono as judges hear them, and as loud as any other then."""
    samples, rate = soundfile.read(path, dtype="float32", always_2d=True, frames=-1)
    stereo = resample_poly(samples[: rate * SECONDS, :2], 48_000, rate).astype(np.float32)
    both = np.repeat(stereo.mean(axis=1, keepdims=True), 2, axis=1)
    both *= np.float32(10 ** ((LUFS - measure(both).integrated_lufs) / 20))
    out = folder / f"{path.stem}.wav"
    write(out, both)
    return out


def label(path: Path) -> str:
    """What a reference track is called, as words to ask for: "calm_acoustic_s411.opus" is "calm acoustic"."""
    return " ".join(word for word in path.stem.split("_") if word.isalpha())


def distances(hear: Hear, reference: Path, rival: Path | None, draws: int, folder: Path) -> list[str]:
    """Lines of a report: distances to the reference folder, ours for the same words and the same notes plain for each
    of `draws` sets of seeds and for all together, and the rival's samples. Clips are written into `folder`."""
    files = sound_files(reference)
    asked = Counter(label(path) for path in files)
    goal = [hear(excerpt(path, folder / "reference")) for path in files]
    ours: list[list[Rows]] = []
    plains: list[list[Rows]] = []
    for first in range(1, 1 + APART * draws, APART):
        pieces = [
            clip(None, seed, folder / "asked", prompt=words)
            for words, count in asked.items()
            for seed in range(first, first + count)
        ]
        ours.append([hear(excerpt(piece.path, folder / "ours")) for piece in pieces])
        plains.append([hear(excerpt(plain(piece, folder / "plain"), folder / "plain15")) for piece in pieces])
    parted = compare.halves(goal)
    raw = [compare.frechet(np.vstack(a), np.vstack(b)) for a, b in parted]
    endless = [compare.frechet_endless(a, b) for a, b in parted]
    found = [
        f"Frechet distance to {len(goal)} reference tracks, as it is and as endless sets would have it:",
        f"  the reference itself, half against half of the tracks: {np.mean(raw):.1f} +- {np.std(raw):.1f},"
        f" endless {np.mean(endless):.1f} +- {np.std(endless):.1f}",
    ]
    for i, (mine, notes) in enumerate(zip(ours, plains, strict=True)):
        found += _compared(mine, notes, goal, f"seeds from {1 + APART * i}")
    if draws > 1:
        found += _compared([x for s in ours for x in s], [x for s in plains for x in s], goal, "all seeds together")
    if rival:
        others = [hear(excerpt(path, folder / "rival")) for path in sound_files(rival)]
        found.append("  " + _line(RIVAL, others, goal))
    return found


def _compared(ours: Sequence[Rows], plains: Sequence[Rows], goal: Sequence[Rows], seeds: str) -> list[str]:
    share = compare.frechet(np.vstack(ours), np.vstack(goal)) / compare.frechet(np.vstack(plains), np.vstack(goal))
    return [
        f"  {seeds}, ours is {share:.2f} of plain (wanted 0.60):",
        "    " + _line(OURS, ours, goal),
        "    " + _line(PLAIN, plains, goal),
    ]


def _line(name: str, clips: Sequence[Rows], goal: Sequence[Rows]) -> str:
    raw = compare.frechet(np.vstack(clips), np.vstack(goal))
    return f"{name}: {raw:.1f}, endless {compare.frechet_endless(clips, goal):.1f} ({len(clips)} clips)"
