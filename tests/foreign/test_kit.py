"""The Agent Development Kit's own client, in an environment of its own, against our server.

The kit is heavy and belongs to no environment of ours: it is installed once into the user's cache. Where the package
index cannot be reached, the tests are skipped and say so.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.foreign.kept import fetched, kept

pytestmark = pytest.mark.slow
PACKAGE = "google-adk==2.13.0"
INSTALL_S, RUN_S = 480, 600


@pytest.fixture(scope="module")
def interpreter() -> Path:
    """The Python that has the kit."""
    with kept(PACKAGE.replace("==", "-")) as folder:
        python, ready = folder / "bin" / "python", folder / ".ready"
        if not ready.exists():
            _install(folder, python)
            ready.touch()
    return python


def _install(folder: Path, python: Path) -> None:
    subprocess.run([sys.executable, "-m", "venv", str(folder)], check=True, timeout=300)
    fetched(
        PACKAGE, [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", PACKAGE], INSTALL_S
    )


@pytest.fixture(scope="module")
def seen(interpreter: Path, address: str) -> Any:
    """What the kit's client saw."""
    script = Path(__file__).with_name("kit_client.py")
    done = subprocess.run([str(interpreter), str(script), address], capture_output=True, text=True, timeout=RUN_S)
    assert done.returncode == 0, done.stderr[-3000:]
    return json.loads(done.stdout.splitlines()[-1])


def test_it_creates_and_deletes_sessions(seen: Any) -> None:
    assert seen["created"]["appName"] == "nemo_agent"
    assert seen["created"]["state"]["locale"] == "en"
    assert "404" in seen["gone"]
    assert "version" in seen["version"]


def test_every_message_has_one_final_word(seen: Any) -> None:
    for run in seen["runs"]:
        assert len(run["finals"]) == 1, run
        assert run["finals"][0].strip(), run
        assert len(run["invocations"]) == 1, run
        assert run["kinds"][-1] == "text", run


def test_long_work_is_a_tool_with_progress(seen: Any) -> None:
    kinds = seen["runs"][0]["kinds"]
    assert kinds[0] == "partial"
    call, response = kinds.index("call generate_music"), kinds.index("response generate_music")
    assert 0 < call < response
    assert "partial" in kinds[call:response]


def test_edits_are_told_before_and_after_with_the_draft(seen: Any) -> None:
    louder, undone = seen["runs"][1], seen["runs"][2]
    assert "100% -> 35%" in louder["finals"][0]
    assert louder["delta"]["draft"]["t"][0]["sg"][0]["o"]["g"] == pytest.approx(-9.1186, abs=0.001)
    assert "35% -> 100%" in undone["finals"][0]


def test_the_session_remembers_both_sides_and_the_clients_own_state(seen: Any) -> None:
    assert [author for author, _ in seen["story"]] == ["user", "nemo_agent"] * 4
    assert seen["story"][0][1] == "write 4 seconds of calm piano music"
    assert seen["updated"]["seen"] is True
    assert seen["state"]["locale"] == "en"
    assert seen["state"]["draft"]["d"] == 4000
