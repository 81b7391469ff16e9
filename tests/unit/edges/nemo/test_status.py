"""Where a render is, in the three shapes that clients were published with."""

from __future__ import annotations

import pytest

from reelscore.edges.nemo.status import Film, status

RESULT = {"blob": "aa", "filename": "film.mp4", "duration": 30.5, "size": 15728640, "width": 1920, "height": 1080}
MADE = Film("render_1", "completed", 1.0, 1773423613616, 1773423641222, "done", RESULT, None, "http://h/f.mp4", "job_1")


def test_each_published_shape_finds_its_own() -> None:
    told = status(MADE)
    first = {key: told[key] for key in ("taskId", "status", "progress", "output")}
    assert first == {
        "taskId": "render_1", "status": "completed", "progress": 100,
        "output": {
            "url": "http://h/f.mp4", "duration": 30.5, "size": 15728640, "width": 1920, "height": 1080,
            "filename": "film.mp4",
        },
    }  # fmt: skip
    assert told["success"] is True
    assert told["data"]["id"] == "render_1"
    assert told["data"]["outputUrl"] == "http://h/f.mp4"
    assert (told["data"]["createdAt"], told["data"]["completedAt"]) == (1773423613616, 1773423641222)
    assert told["code"] == 0
    assert told["status"] == told["data"]["status"]
    assert told["output"] == told["data"]["output"]


@pytest.mark.parametrize(
    ("state", "share", "shown", "percent"),
    [
        ("queued", 0.0, "pending", 5),
        ("running", 0.0, "processing", 5),
        ("running", 0.42, "processing", 42),
        ("running", 1.0, "processing", 99),
        ("failed", 0.9, "failed", 90),
        ("cancelled", 0.5, "failed", 50),
    ],
)
def test_states_and_progress(state: str, share: float, shown: str, percent: int) -> None:
    """Clients know four states, and take 100 for a file that is there."""
    told = status(Film("r", state, share, 1, 2))
    assert (told["status"], told["progress"]) == (shown, percent)
    assert told["output"] is None
    assert told["outputUrl"] is None
    assert told["completedAt"] is None


def test_a_failure_says_why_and_what_to_do() -> None:
    told = status(Film("r", "failed", 0.5, 1, 2, error={"code": 400, "message": "No room.", "hint": "Make some."}))
    assert told["error"] == told["data"]["error"] == "No room. Make some."
    stopped = status(Film("r", "cancelled", 0.5, 1, 2))
    assert stopped["cancelled"] is True
    assert "cancelled" in stopped["error"]
    assert status(Film("r", "running", 0.5, 1, None))["error"] is None
