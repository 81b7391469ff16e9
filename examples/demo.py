"""Score a clip: the one given, or one made on the spot. `make demo` and `make demo VIDEO=clip.mp4` run this.

Usage: python examples/demo.py [VIDEO] [PROMPT]
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from clip import draw

FOLDER = Path("demo")


def main() -> int:
    video, prompt = ([*sys.argv[1:], "", ""])[:2]
    FOLDER.mkdir(exist_ok=True)
    if not video:
        clip = FOLDER / "clip.mp4"
        if not clip.exists():
            print("Drawing a clip of seven shots...")
            draw(clip)
        video, prompt = str(clip), prompt or "warm house that builds, big finish"
    out = FOLDER / "scored.mp4"
    command = [sys.executable, "-m", "reelscore", "score", video, prompt, "--output", str(out), "--force"]
    command += ["--bundle", str(FOLDER / "bundle"), "--report", str(FOLDER / "report.txt")]
    done = subprocess.run(command, check=False).returncode
    if done == 0:
        print(f"\nWatch {out}; stems, MIDI and the score are in {FOLDER / 'bundle'}.")
    return done


if __name__ == "__main__":
    sys.exit(main())
