"""Builds the page where every edit command can be seen and heard: `python -m docs.gallery [FOLDER]` (or `make docs`).

The examples are those of the commands themselves, on the sample timelines and the drawn media that the goldens use
(tests/golden): what the page shows is what is checked. Nothing is kept in the repository.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Sequence
from hashlib import sha256
from html import escape
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import cv2
import imageio_ffmpeg
import numpy as np
from tests.golden.examples import QUIETEST_DB, Case, Studio, cases, levels
from tests.golden.footage import Footage

from reelscore.edit.command import Command
from reelscore.edit.reference import GROUPS, usage
from reelscore.edit.registry import commands
from reelscore.edit.summary import summary
from reelscore.edit.wording import in_words
from reelscore.values.sound import SAMPLE_RATE, Samples
from reelscore.values.time import Seconds
from reelscore.values.timeline import Timeline

SIZE = (400, 225)
SOUND_HEIGHT = 60
STYLE = """
body { font: 16px/1.5 system-ui, sans-serif; max-width: 76rem; margin: 2rem auto; padding: 0 1rem; color: #222 }
nav a { margin-right: .7rem; white-space: nowrap } h2 { margin-top: 3rem }
article { border-top: 1px solid #ddd; padding: 1rem 0 } h3 { margin: 0 }
section { margin: 1.2rem 0 } p { margin: .2rem 0 } .said { font-size: 1.1rem } .told, figcaption { color: #555 }
code { background: #f3f3f3; padding: .1rem .3rem; border-radius: .2rem; overflow-wrap: anywhere }
.pair { display: grid; grid-template-columns: 1fr 1fr; gap: .8rem; margin: .4rem 0 }
figure { margin: 0; min-width: 0 } figcaption { font-size: .8rem } img, svg, audio { display: block; width: 100% }
svg { height: 60px; background: #f3f3f3 } svg path { fill: #2a7 } audio { height: 2rem }
@media (max-width: 48rem) { .pair { grid-template-columns: 1fr } }
@media (prefers-color-scheme: dark) { body { background: #161616; color: #eee } .told, figcaption { color: #aaa }
  article { border-color: #333 } code, svg { background: #262626 } a { color: #8bf } }
"""


class Page:
    """The page and the pictures and sounds beside it."""

    def __init__(self, folder: Path, studio: Studio) -> None:
        self.folder, self.studio = folder, studio
        self.files = folder / "commands"
        self.files.mkdir(parents=True, exist_ok=True)

    def article(self, command: Command) -> str:
        """One command: what it does, and its examples."""
        told = f"{escape(command.help.en)} · {escape(command.help.zh)}"
        head = f'<article id="{command.name}"><h3>{command.name}</h3><p>{told}</p>'
        return "\n".join([head, f"<p><code>{escape(usage(command))}</code></p>", *map(self.example, cases(command)),
                          "</article>"])  # fmt: skip

    def example(self, case: Case) -> str:
        """What is said, what it means, what became of the timeline: in pictures, sound and words."""
        said, changes = case.example, case.edited.changes
        args = json.dumps(dict(said.args), ensure_ascii=False)
        notes = "".join(f"<p>{escape(note.en)} · {escape(note.zh)}</p>" for note in case.edited.notes)
        return f"""<section>
<p class="said">“{escape(said.en)}” · “{escape(said.zh)}”</p>
<p><code>{case.command.name} {escape(args)}</code></p>
<p class="told">{escape(summary(case.before))}</p>
{self.pictures(case)}{self.sounds(case)}<p>{escape(in_words(changes, "en"))}</p>
<p>{escape(in_words(changes, "zh"))}</p>{notes}
</section>"""

    def pictures(self, case: Case) -> str:
        """Three moments before and after, where they differ."""
        strips = [self.studio.strip(timeline, case.moments) for timeline in (case.before, case.after)]
        if all(np.array_equal(a, b) for a, b in zip(*strips, strict=True)):
            return ""
        moments = ", ".join(f"{float(at):.1f} s" for at in case.moments)
        shown = [
            figure(self.strip(pictures, f"{said}, at {moments}"), f"{said} ({length(timeline)}), at {moments}")
            for pictures, timeline, said in zip(strips, (case.before, case.after), ("before", "after"), strict=True)
        ]
        return f'<div class="pair">{"".join(shown)}</div>\n'

    def strip(self, pictures: Sequence[Any], said: str) -> str:
        image = np.hstack(pictures)
        name = f"{sha256(image.tobytes()).hexdigest()[:16]}.webp"
        cv2.imwrite(str(self.files / name), image[..., ::-1], [cv2.IMWRITE_WEBP_QUALITY, 85])
        width, height = SIZE[0] * len(pictures), SIZE[1]
        return f'<img src="commands/{name}" width="{width}" height="{height}" loading="lazy" alt="{escape(said)}">'

    def sounds(self, case: Case) -> str:
        """Loudness over time and the sound itself, before and after, where they differ."""
        before, after = self.studio.sound(case.before), self.studio.sound(case.after)
        if np.array_equal(before, after) or not (np.any(before) or np.any(after)):
            return ""
        seconds = max(case.before.duration, case.after.duration)
        shown = [
            figure(drawn(sound, seconds) + self.player(sound), f"sound {said}: left upwards, right downwards")
            for sound, said in ((before, "before"), (after, "after"))
        ]
        return f'<div class="pair">{"".join(shown)}</div>\n'

    def player(self, sound: Samples) -> str:
        if not np.any(sound):
            return ""
        data = np.ascontiguousarray(sound, np.float32).tobytes()
        path = self.files / f"{sha256(data).hexdigest()[:16]}.m4a"
        if not path.exists():
            raw = ["-f", "f32le", "-ar", str(SAMPLE_RATE), "-ac", "2", "-i", "-"]
            command = [imageio_ffmpeg.get_ffmpeg_exe(), "-v", "error", "-y", *raw, "-b:a", "80k", str(path)]
            subprocess.run(command, input=data, check=True)
        return f'<audio controls preload="none" src="commands/{path.name}"></audio>'


def figure(shown: str, said: str) -> str:
    return f"<figure>{shown}<figcaption>{escape(said)}</figcaption></figure>"


def drawn(sound: Samples, seconds: Seconds) -> str:
    """Levels of left (upwards) and right (downwards) every 100 ms, over `seconds`; 12 dB are half the height."""
    found, middle = levels(sound), SOUND_HEIGHT // 2
    up, down = ([middle * 10 ** (db / 40) * (db > QUIETEST_DB) for db in found[side]] for side in ("left", "right"))
    there = [f"{n} {middle - high:.1f}" for n, high in enumerate(up)]
    back = [f"{n} {middle + low:.1f}" for n, low in reversed(list(enumerate(down)))]
    path = f'<path d="M0 {middle} L{" ".join((*there, *back))} Z"/>' if there else ""
    return f'<svg viewBox="0 0 {float(seconds * 10):g} {SOUND_HEIGHT}" preserveAspectRatio="none">{path}</svg>'


def length(timeline: Timeline) -> str:
    canvas = timeline.canvas
    return f"{float(timeline.duration):g} s, {canvas.width}x{canvas.height}"


def build(folder: Path) -> Path:
    """Show every example in `folder` and write commands.html there."""
    parts = []
    with TemporaryDirectory() as drawn_in:
        page = Page(folder, Studio(Footage(Path(drawn_in)).sources, SIZE))
        for group, title in GROUPS.items():
            own = [command for command in commands().values() if command.group == group]
            links = " ".join(f'<a href="#{command.name}">{command.name}</a>' for command in own)
            parts += [f"<h2>{title}</h2><nav>{links}</nav>", *map(page.article, own)]
            print(f"{title}: {len(own)}", flush=True)
    told = "Every example is run, drawn and played as this page is built; past the end of a film there is plain grey."
    intro = f"<h1>{len(commands())} edit commands</h1><p>{told}</p>"
    head = f'<!doctype html><meta charset="utf-8"><title>Reelscore: edit commands</title><style>{STYLE}</style>'
    target = folder / "commands.html"
    target.write_text("\n".join([head, intro, *parts]) + "\n", encoding="utf-8", newline="\n")
    return target


if __name__ == "__main__":
    print(build(Path(sys.argv[1] if sys.argv[1:] else "docs/site")))
