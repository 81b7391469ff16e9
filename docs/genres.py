"""Builds the page where every genre can be heard: `python docs/genres.py [FOLDER]` (or `make docs`).

Thirty seconds of each are composed and performed on the spot, with the seed below; the page stands beside them. Nothing
but this package is needed, and nothing is kept in the repository.
"""

from __future__ import annotations

import sys
from html import escape
from pathlib import Path

import reelscore
from reelscore.catalogue import vocabulary, warm
from reelscore.values.vocabulary import GenreEntry

SEED, SECONDS = 3, 30
STYLE = """
body { font: 16px/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem; color: #222 }
article { border-top: 1px solid #ddd; padding: 1rem 0 }
h2 { margin: 0 0 .2rem } audio { width: 100%; margin: .4rem 0 }
p { margin: .2rem 0; color: #555 } code { background: #f3f3f3; padding: .1rem .3rem; border-radius: .2rem }
@media (prefers-color-scheme: dark) { body { background: #161616; color: #eee } p { color: #aaa }
  article { border-color: #333 } code { background: #262626 } }
"""


def article(name: str, entry: GenreEntry, file: str, heard: str) -> str:
    """One genre on the page."""
    low, usual, high = entry.tempo
    words = ", ".join(entry.words)
    return f"""<article id="{escape(name)}">
<h2>{escape(entry.title)}</h2>
<audio controls preload="none" src="{escape(file)}"></audio>
<p>{escape(heard)}</p>
<p>{low} to {high} bpm, usually {usual}; {escape(", ".join(entry.meters))}; carries {escape(", ".join(entry.moods))}</p>
<p>Selected by: {escape(words)}. Or: <code>reelscore compose "" --genre {escape(name)} --seed {SEED}</code></p>
</article>"""


def build(folder: Path) -> Path:
    """Render every genre into `folder` and write genres.html there."""
    audio = folder / "audio"
    audio.mkdir(parents=True, exist_ok=True)
    warm()
    parts = []
    known = vocabulary().genres
    for n, (name, entry) in enumerate(sorted(known.items(), key=lambda pair: pair[1].title), 1):
        out = audio / f"{name}.m4a"
        take = reelscore.compose("", genre=name, duration=SECONDS, seed=SEED, output=out, force=True)
        report = take.report
        band = ", ".join(dict.fromkeys(p.instrument.replace("_", " ") for p in report.players if p.role != "fx"))
        heard = f"Here: {report.mood}, {report.key}, {report.meter}, {float(take.brief.bpm):.0f} bpm; {band}."
        parts.append(article(name, entry, f"audio/{out.name}", heard))
        print(f"{n:2d} of {len(known)}  {name}", flush=True)
    page = folder / "genres.html"
    told = f"{SECONDS} seconds of each, as it comes out with seed {SEED}: nothing chosen, nothing mended."
    intro = f"<h1>{len(known)} genres</h1><p>{told}</p>"
    head = f'<!doctype html><meta charset="utf-8"><title>Reelscore: genres</title><style>{STYLE}</style>'
    page.write_text("\n".join([head, intro, *parts]) + "\n", encoding="utf-8", newline="\n")
    return page


if __name__ == "__main__":
    print(build(Path(sys.argv[1] if sys.argv[1:] else "docs/site")))
