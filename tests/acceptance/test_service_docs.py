"""docs/api.md is what a person types: its commands, run one after the other against a server."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.acceptance.command import frames_and_length
from tests.acceptance.service import Served
from tests.media.make import Factory

pytestmark = pytest.mark.slow
PAGE = Path(__file__).resolve().parents[2] / "docs" / "api.md"
ANSWERS = [  # what each block prints
    ["clip.mp4"],
    ["done|waiting"],
    ["event: end"],
    ["done", "done"],
    ["event: end"],
    ["completed", "completed"],
    [r"\[1002,"],
]


@pytest.mark.skipif(not (shutil.which("curl") and shutil.which("jq")), reason="the page is written for curl and jq")
def test_the_page_is_run(media: Factory, tmp_path: Path) -> None:
    blocks = re.findall(r"```sh\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    shutil.copy(media.path("h264"), tmp_path / "clip.mp4")
    server = Served(tmp_path / "data")
    try:
        script = "set -e\n" + "\n".join(f"{block}\necho ====" for block in blocks)
        done = subprocess.run(
            ["bash", "-c", script], cwd=tmp_path, env={**os.environ, "URL": server.url}, timeout=900,
            capture_output=True, text=True, stdin=subprocess.DEVNULL,
        )  # fmt: skip
    finally:
        server.stop()
    assert done.returncode == 0, f"{done.stdout}\n{done.stderr}"
    printed = done.stdout.split("====\n")
    assert len(printed) - 1 == len(blocks)
    told = [block for block in printed if block.strip()]
    assert len(told) == len(ANSWERS), done.stdout
    for said, wanted in zip(told, ANSWERS, strict=True):
        for words in wanted:
            assert re.search(words, said), done.stdout
    assert frames_and_length(tmp_path / "holiday.mp4")[0] == 50
