"""Every genre before judges not written by us: `python -m tests.judge` (`make judge` makes their environment first).

    python -m tests.judge [--python PYTHON] [--genres lofi,house] [--seeds 3] [--first 1] [--seconds 30]
                          [--judges beat,tags] [--reference FOLDER] [--rival FOLDER] [--write docs/judges.md]

`--reference`: real or neural background music to measure the distance to; `--rival`: another generator's published
samples in the same measurement. What the judges said is kept in `.judge/heard`, by the hash of what they heard.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import tomllib
from collections import Counter
from pathlib import Path
from typing import Any

import numpy as np
import soundfile
from scipy.signal import resample_poly

from reelscore.catalogue import vocabulary
from reelscore.values.loudness import measure
from tests.judge import compare
from tests.judge.clips import LUFS, Clip, clip, plain, write

HERE = Path(__file__).parent
KEPT = HERE.parents[1] / ".judge"
UNSTEADY = (
    "ambient",
    "horror",
    "choral",
    "piano_solo",
    "classical",
    "chinese",
    "japanese",
    "cinematic",
)  # no beat to track
SECONDS_OF_EMBEDDING = 15


def sound_files(folder: Path) -> list[Path]:
    return sorted(p for p in folder.rglob("*") if p.suffix in (".wav", ".opus", ".ogg", ".flac", ".mp3"))


class Judges:
    """The judges in a process of their own, which loads its networks once and hears one file after the other."""

    def __init__(self, python: Path, names: str) -> None:
        command = [str(python), str(HERE / "listen.py"), str(KEPT / "heard"), names]
        self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def hear(self, path: Path) -> dict[str, Any]:
        """What they heard in the file."""
        asked, answers = self._process.stdin, self._process.stdout
        assert asked is not None
        assert answers is not None
        print(path, file=asked, flush=True)
        for said in answers:  # libraries print as well
            if said.startswith("{"):
                return dict(json.loads(said))
        raise RuntimeError(f"The judges stopped at {path}; their last words are above.")

    def close(self) -> None:
        self._process.communicate()


def row_of(one: Clip, heard: dict[str, Any], tags: dict[str, list[str]]) -> dict[str, Any]:
    beats, down = compare.written_times(one.score, float(one.brief.duration))
    row: dict[str, Any] = {"genre": one.genre, "seed": one.seed, "mood": one.mood, "key": compare.key_name(one.score)}
    row["lufs"], row["peak"] = one.loudness.integrated_lufs, one.loudness.true_peak_dbtp
    row["lra"], row["bands"] = one.loudness.range_lu, one.bands
    if "beats" in heard:
        row["bpm"], row["heard_bpm"] = compare.bpm_of(beats.tolist()), compare.bpm_of(heard["beats"])
        row["tempo"] = compare.same_tempo(row["heard_bpm"], row["bpm"]) if row["heard_bpm"] else False
        row["downbeat"] = compare.f_measure(heard["downbeats"], down)
    if "key" in heard:
        row["heard_key"] = heard["key"]
        row["key_match"] = compare.same_key(heard["key"], one.score)
    if "chords" in heard:
        row["chords"] = compare.chord_overlap(heard["chords"], one.score)
    if "MSD" in heard:
        row["tags"] = compare.found_tags(heard, tags.get(one.genre, [one.genre]))
        row["first_tags"] = [t for t, _ in heard["MTT"][:3]] + [t for t, _ in heard["MSD"][:3]]
    return row


def line(row: dict[str, Any]) -> str:
    cells = [f"{row['genre']:14}{row['seed']:2d} {row['mood'][:11]:11}"]
    if "bpm" in row:
        cells.append(
            f"{row['bpm']:6.1f}{row['heard_bpm']:6.1f} {'ok ' if row['tempo'] else 'NO '}{row['downbeat']:5.2f}"
        )
    if "key_match" in row:
        cells.append(f"{row['key']:>14} {row['heard_key']:>9} {row['key_match'][:8]:8}")
    if "chords" in row:
        cells.append(f"{row['chords']:5.2f}")
    shares = "".join(f"{share:6.1f}" for share in row["bands"])
    cells.append(f"{row['lufs']:6.1f}{row['peak']:5.1f}{row['lra']:5.1f} {shares}")
    if "tags" in row:
        cells.append(f"{'ok' if row['tags'] else 'NO':3}{', '.join(row['first_tags'])}")
    return " ".join(cells)


def summary(rows: list[dict[str, Any]], heard: list[dict[str, Any]]) -> list[str]:
    """The figures that have a target."""
    found = []
    steady = [row for row in rows if "tempo" in row and row["genre"] not in UNSTEADY]
    if steady:
        found.append(f"tempo within 1 % (steady genres): {np.mean([r['tempo'] for r in steady]):.2f} (wanted 0.95)")
        found.append(f"downbeats, mean F (steady genres): {np.mean([r['downbeat'] for r in steady]):.2f} (wanted 0.90)")
    if rows and "key_match" in rows[0]:
        right = [r["key_match"] in ("same", "relative") for r in rows]
        found.append(f"key right, relative allowed: {np.mean(right):.2f} (wanted 0.85)")
    if rows and "chords" in rows[0]:
        found.append(f"chords, mean overlap: {np.mean([r['chords'] for r in rows]):.2f} (wanted 0.75)")
    if rows and "tags" in rows[0]:
        found.append(
            f"an obvious tag among the first ten: {np.mean([bool(r['tags']) for r in rows]):.2f} (wanted 0.80)"
        )
        names, seeds = [r["genre"] for r in rows], {r["seed"] for r in rows}
        if len(seeds) > 1:
            near = compare.nearest_names(np.array([h["embedding"] for h in heard]), names)
            found.append(f"nearest neighbour has the same genre, {len(set(names))} genres: {near:.2f} (wanted 0.60)")
    worst = max(abs(r["lufs"] - LUFS) for r in rows)
    found.append(
        f"loudness off by at most {worst:.2f} LU (0.3), true peak at most {max(r['peak'] for r in rows):.2f} dBTP (-1)"
    )
    return found


def excerpt(path: Path, folder: Path) -> Path:
    """The first seconds of any sound file, summed to mono as judges hear them, and as loud as any other then."""
    samples, rate = soundfile.read(path, dtype="float32", always_2d=True, frames=-1)
    stereo = resample_poly(samples[: rate * SECONDS_OF_EMBEDDING, :2], 48_000, rate).astype(np.float32)
    both = np.repeat(stereo.mean(axis=1, keepdims=True), 2, axis=1)
    both *= np.float32(10 ** ((LUFS - measure(both).integrated_lufs) / 20))
    out = folder / f"{path.stem}.wav"
    write(out, both)
    return out


def label(path: Path) -> str:
    """What a reference track is called, as words to ask for: "calm_acoustic_s411.opus" is "calm acoustic"."""
    return " ".join(word for word in path.stem.split("_") if word.isalpha())


def distances(args: argparse.Namespace, folder: Path) -> list[str]:
    """Fréchet distances to the reference set: ours for the same words, the same notes plain, the rival's samples."""
    files = sound_files(args.reference)
    reference = [excerpt(p, folder / "reference") for p in files]
    asked = Counter(label(p) for p in files)  # what each reference track was asked to be, as often as there are tracks
    ours = [
        clip(None, seed, folder / "asked", prompt=prompt) for prompt, n in asked.items() for seed in range(1, n + 1)
    ]
    sets = {
        "reference": reference,
        "ours": [excerpt(c.path, folder / "ours") for c in ours],
        "plain SoundFont, same notes": [excerpt(plain(c, folder / "plain"), folder / "plain15") for c in ours],
    }
    if args.rival:
        sets["rival"] = [excerpt(p, folder / "rival") for p in sound_files(args.rival)]
    judges = Judges(args.python, "tags")
    seen = {name: [np.array(judges.hear(p)["embeddings"]) for p in paths] for name, paths in sets.items()}
    judges.close()
    reference_clips = seen.pop("reference")
    parted = compare.halves(reference_clips)
    raw = [compare.frechet(np.vstack(a), np.vstack(b)) for a, b in parted]
    endless = [compare.frechet_endless(a, b) for a, b in parted]
    found = [
        f"Frechet distance to {len(reference)} reference tracks, as it is and as endless sets would have it:",
        f"  the reference itself, half against half of the tracks: {np.mean(raw):.1f} +- {np.std(raw):.1f},"
        f" endless {np.mean(endless):.1f} +- {np.std(endless):.1f}",
    ]
    for name, clips in seen.items():
        near, far = np.vstack(clips), np.vstack(reference_clips)
        found.append(
            f"  {name}: {compare.frechet(near, far):.1f},"
            f" endless {compare.frechet_endless(clips, reference_clips):.1f} ({len(clips)} clips)"
        )
    return found


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.judge")
    parser.add_argument("--python", type=Path, default=KEPT / "bin" / "python")
    parser.add_argument("--genres", default="")
    parser.add_argument("--seeds", type=int, default=3)
    parser.add_argument("--first", type=int, default=1, help="the first seed")
    parser.add_argument("--seconds", type=int, default=30)
    parser.add_argument("--judges", default="beat,key,chords,tags")
    parser.add_argument("--reference", type=Path)
    parser.add_argument("--rival", type=Path)
    parser.add_argument("--write", type=Path)
    args = parser.parse_args()
    tags = tomllib.loads((HERE / "tags.toml").read_text(encoding="utf-8"))
    genres = args.genres.split(",") if args.genres else sorted(vocabulary().genres)
    folder = KEPT / "clips"
    rows, heard, lines = [], [], []
    judges = Judges(args.python, args.judges)
    for genre in genres:
        for seed in range(args.first, args.first + args.seeds):
            one = clip(genre, seed, folder, args.seconds)
            heard.append(judges.hear(one.path))
            rows.append(row_of(one, heard[-1], tags))
            lines.append(line(rows[-1]))
            print(lines[-1], flush=True)
    judges.close()
    figures = summary(rows, heard)
    if args.reference:
        figures += distances(args, folder)
    print("\n" + "\n".join(figures))
    if args.write:
        args.write.write_text(page(lines, figures), encoding="utf-8", newline="\n")


def page(lines: list[str], figures: list[str]) -> str:
    """The table as a page of the docs."""
    return "\n".join(
        [
            "# What independent judges hear",
            "",
            "Made by `make judge`: a beat, key and chord recogniser (madmom) and an auto-tagger (musicnn), neither"
            " written by us, hear every genre in three seeds and are compared with our own score.",
            "",
            *(f"- {figure.strip()}" for figure in figures),
            "",
            "Columns: genre, seed, mood; tempo written and heard, downbeat F; key written and heard; chord overlap;"
            " LUFS, dBTP, LRA; energy below 120 Hz, 8-12 kHz, 12-16 kHz (dB of the whole); first tags of either model.",
            "",
            "```text",
            *lines,
            "```",
            "",
        ]
    )


if __name__ == "__main__":
    main()
