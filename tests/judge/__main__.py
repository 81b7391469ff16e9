"""Every genre before judges not written by us: `python -m tests.judge` (`make judge` makes their environment first).

    python -m tests.judge [--python PYTHON] [--genres lofi,house] [--seeds 3] [--first 1] [--seconds 30]
                          [--judges beat,tags] [--reference FOLDER] [--rival FOLDER] [--draws 3]
                          [--write heard.md]

`--reference`: real or neural background music to measure the distance to; `--rival`: another generator's published
samples in the same measurement. What the judges said is kept in `.judge/heard`, by the hash of what they heard.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import tomllib
from pathlib import Path
from typing import Any

import numpy as np

from reelscore.catalogue import vocabulary
from tests.judge import compare
from tests.judge.clips import LUFS, Clip, clip
from tests.judge.distance import distances

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


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.judge")
    parser.add_argument("--python", type=Path, default=KEPT / "bin" / "python")
    parser.add_argument("--genres", default="")
    parser.add_argument("--seeds", type=int, default=3)
    parser.add_argument("--first", type=int, default=1, help="the first seed")
    parser.add_argument("--seconds", type=int, default=30)
    parser.add_argument("--judges", default="beat,key,chords,tags")
    parser.add_argument("--reference", type=Path)
    parser.add_argument("--draws", type=int, default=3, help="sets of seeds for the distance to the reference")
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
        judges = Judges(args.python, "tags")
        figures += distances(
            lambda path: np.array(judges.hear(path)["embeddings"]), args.reference, args.rival, args.draws, folder
        )
        judges.close()
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
