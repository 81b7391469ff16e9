"""Draw docs/result.png: what one scored film came to. Usage: python docs/picture.py FILM REPORT.json OUT.png

Top: frames of the film, shot by shot. Middle: the music's waveform, coloured by section. Bottom: bars and beats of the
tempo map, and a line for every hit with its error as heard. Everything drawn is read from the two files.
"""

from __future__ import annotations

import json
import sys
from itertools import pairwise
from pathlib import Path
from typing import Any

import av
import numpy as np
from PIL import Image, ImageDraw, ImageFont

WIDTH, MARGIN, STRIP, WAVE, GRID = 1600, 40, 150, 210, 120
INK, PAPER, FAINT = (32, 36, 48), (250, 249, 246), (196, 194, 188)
COLOURS = {
    "intro": "#7a8fb8",
    "theme": "#4f8a8b",
    "build": "#c08a3e",
    "lift": "#d0583f",
    "break": "#8f7ab8",
    "ending": "#5b6478",
}


def font(size: int) -> Any:
    return ImageFont.load_default(size)


def frames(film: Path, times: list[float], height: int) -> list[Image.Image]:
    """The frame shown at each time."""
    found = []
    with av.open(str(film)) as container:
        stream = container.streams.video[0]
        wanted = list(times)
        for frame in container.decode(stream):
            if wanted and frame.time is not None and frame.time >= wanted[0] - 1e-6:
                picture = frame.to_image()
                found.append(picture.resize((round(picture.width * height / picture.height), height)))
                wanted.pop(0)
    return found


def waveform(film: Path) -> np.ndarray[Any, np.dtype[np.float32]]:
    with av.open(str(film)) as container:
        blocks = [frame.to_ndarray().mean(axis=0) for frame in container.decode(container.streams.audio[0])]
    return np.concatenate(blocks).astype(np.float32)


def draw(film: Path, report: dict[str, Any], out: Path) -> None:
    length = report["duration_s"]
    x = lambda at: MARGIN + (WIDTH - 2 * MARGIN) * at / length  # noqa: E731
    height = MARGIN + STRIP + 30 + WAVE + 20 + GRID + MARGIN
    sheet = Image.new("RGB", (WIDTH, height), PAPER)
    pen = ImageDraw.Draw(sheet)
    openings = [0.0, *[hit["at_s"] for hit in report["hits"] if hit["kind"] in ("cut", "dissolve", "fade")]]
    ends = [*openings[1:], length]
    for start, end, picture in zip(openings, ends, frames(film, [s + 0.1 for s in openings], STRIP), strict=False):
        room = max(2, int(x(end) - x(start)) - 3)
        left = max(0, (picture.width - room) // 2)
        sheet.paste(picture.crop((left, 0, left + min(room, picture.width), STRIP)), (int(x(start)), MARGIN))
    top = MARGIN + STRIP + 30
    sound = np.abs(waveform(film))
    form = [*report["form"], {"start_s": length}]
    for section, following in pairwise(form):
        colour = COLOURS.get(section["kind"], "#888888")
        for column in range(int(x(section["start_s"])), int(x(min(length, following["start_s"])))):
            a = int((column - MARGIN) / (WIDTH - 2 * MARGIN) * len(sound))
            b = int((column + 1 - MARGIN) / (WIDTH - 2 * MARGIN) * len(sound))
            tall = float(np.sqrt(np.mean(sound[a:b] ** 2)) if b > a else 0) * WAVE * 1.4
            pen.line([(column, top + WAVE / 2 - tall / 2), (column, top + WAVE / 2 + tall / 2)], fill=colour)
        pen.text((x(section["start_s"]) + 4, top - 4), section["kind"], fill=colour, font=font(18))
    low = top + WAVE + 20
    for bar in report["bars"]:
        pen.line([(x(bar), low), (x(bar), low + 34)], fill=INK, width=2)
    for beat in report["beats"]:
        pen.line([(x(beat), low + 18), (x(beat), low + 34)], fill=FAINT, width=1)
    pen.text((MARGIN, low + GRID - 26), report["caption"], fill=INK, font=font(18))
    for n, hit in enumerate(report["hits"]):
        colour = "#d0583f" if hit["landed_on"] in ("downbeat", "beat") else "#9a9a9a"
        pen.line([(x(hit["at_s"]), MARGIN + STRIP), (x(hit["at_s"]), low + 40)], fill=colour, width=2)
        heard = "" if hit["heard_ms"] is None else f"{hit['heard_ms']:+.0f} ms"
        pen.text((x(hit["at_s"]) + 3, low + 40 + 18 * (n % 2)), heard, fill=colour, font=font(15))
    sheet.save(out, optimize=True)


def main() -> None:
    film, told, out = map(Path, sys.argv[1:4])
    report = json.loads(told.read_text(encoding="utf-8"))
    rows = [line.split(",") for line in (told.parent / "bundle" / "markers.csv").read_text().splitlines()]
    head = {name: n for n, name in enumerate(rows[0])}
    at = lambda kind: [float(row[head["seconds"]]) for row in rows[1:] if row[head["kind"]] == kind]  # noqa: E731
    report["bars"], report["beats"] = at("bar"), at("beat")
    slow, fast = (pick(line["bpm"] for line in report["tempo_map"]) for pick in (min, max))
    music = f"{report['genre']}, {report['key']}, {slow:.0f}-{fast:.0f} bpm, seed {report['seed']}"
    level = f"{report['integrated_lufs']:.1f} LUFS, {report['true_peak_dbtp']:.1f} dBTP"
    report["caption"] = f"{music}: bars, and every cut with the error heard in the rendered sound; {level}"
    draw(film, report, out)


if __name__ == "__main__":
    main()
