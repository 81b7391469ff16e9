"""A client that behaves as the five published skills do, so that each of their workflows can be walked to its end.

It routes a person's words as they do, reads the stream as they do, polls renders and falls back to the state where a
stream broke; only its pauses are shorter.
"""

from __future__ import annotations

import json
import re
import time
import uuid
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx

SKILLS = (
    "music-creator-ai", "automatic-music-generator", "generator-from-music", "video-music-generator",
    "music-generator-free",
)  # fmt: skip
POLL_S, POLLS = 1.0, 150
_EXPORT = re.compile(r"\bexport\b|导出|\bdownload\b|send me the video", re.I)
_CREDITS = re.compile(r"\bcredits?\b|积分|\bbalance\b|余额", re.I)
_STATUS = re.compile(r"\bstatus\b|状态|show tracks", re.I)
Plain = dict[str, Any]


@dataclass
class Heard:
    """What one stream brought."""

    texts: list[str] = field(default_factory=list)
    partial: list[str] = field(default_factory=list)
    tools: list[str] = field(default_factory=list)
    codes: list[str] = field(default_factory=list)
    ids: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        return "\n".join(self.texts)


class Skill:
    """One conversation of one skill."""

    def __init__(self, address: str, name: str, client_id: str = "") -> None:
        self.name, self.client_id = name, client_id or str(uuid.uuid4())
        headers = {"X-Skill-Source": name, "X-Skill-Version": "1.0.0", "X-Skill-Platform": "clawhub"}
        self.http = httpx.Client(base_url=address, headers=headers, timeout=httpx.Timeout(120, read=960))
        self.session = ""

    def connect(self) -> Plain:
        """Connecting..., Ready."""
        answer = self.http.post("/api/auth/anonymous-token", headers={"X-Client-Id": self.client_id})
        answer.raise_for_status()
        guest: Plain = answer.json()["data"]
        self.http.headers["Authorization"] = f"Bearer {guest['token']}"
        self.create()
        return guest

    def create(self) -> str:
        body = {"task_name": "project", "language": "en"}
        answer = self.http.post("/api/tasks/me/with-session/nemo_agent", json=body)
        answer.raise_for_status()
        self.session = answer.json()["session_id"]
        return self.session

    def upload(self, *files: Path) -> list[Plain]:
        parts = [("files", (file.name, file.read_bytes())) for file in files]
        answer = self.http.post(f"/api/upload-video/nemo_agent/me/{self.session}", files=parts)
        answer.raise_for_status()
        stored: list[Plain] = answer.json()["data"]["files"]
        return stored

    def ask(self, words: str, film: Path | None = None) -> str:
        """What a person says, routed by its words; what they are told."""
        if _EXPORT.search(words):
            assert film is not None
            return f"Here it is: {self.export(film)}"
        if _CREDITS.search(words):
            return f"{self.credits()['available']} credits"
        if _STATUS.search(words):
            return str(self.state()["summary"])
        heard = self.say(words)
        return heard.text or json.dumps(self.state()["draft"])

    def request(self, words: str) -> Plain:
        message = {"parts": [{"text": words}]}
        return {"app_name": "nemo_agent", "user_id": "me", "session_id": self.session, "new_message": message}

    def say(self, words: str, leave_after: int = 0, **headers: str) -> Heard:
        """Send a message and listen to the end, or leave after so many events."""
        heard = Heard()
        sent = {"Accept": "text/event-stream", **{name.replace("_", "-"): value for name, value in headers.items()}}
        with self.http.stream("POST", "/run_sse", json=self.request(words), headers=sent) as answer:
            assert answer.status_code == 200, answer.read()
            count = 0
            for line in answer.iter_lines():
                if line.startswith("id:"):
                    heard.ids.append(line[3:].strip())
                if not line.startswith("data:") or not line[5:].strip():
                    continue  # heartbeats, and empty lines: work goes on
                _note(heard, json.loads(line[5:]))
                count += 1
                if leave_after and count >= leave_after:
                    break
        return heard

    def state(self) -> Plain:
        answer = self.http.get(f"/api/state/nemo_agent/me/{self.session}/latest")
        answer.raise_for_status()
        held: Plain = answer.json()["data"]["state"]
        return held

    def credits(self) -> Plain:
        held: Plain = self.http.get("/api/credits/balance/simple").raise_for_status().json()["data"]
        return held

    def export(self, film: Path, draft: Plain | None = None) -> Path:
        """Ready for export? Queue it, poll it, fetch it."""
        draft = draft or self.state()["draft"]
        assert any(track["sg"] for track in draft["t"])
        name = f"render_{time.time_ns()}"
        body = {
            "id": name, "sessionId": self.session, "draft": draft, "output": {"format": "mp4", "quality": "high"},
        }  # fmt: skip
        asked = self.http.post("/api/render/proxy/lambda", json=body)
        assert asked.status_code == 200, asked.text
        for _ in range(POLLS):
            told = self.http.get(f"/api/render/proxy/lambda/{name}").raise_for_status().json()
            if told["status"] == "completed":
                film.write_bytes(httpx.get(told["output"]["url"], timeout=300).raise_for_status().content)
                return film
            assert told["status"] in ("pending", "processing"), told
            time.sleep(POLL_S)
        raise AssertionError(f"the render did not end: {told}")


def _note(heard: Heard, event: Plain) -> None:
    assert "error" not in event, event
    if "errorCode" in event:
        heard.codes.append(event["errorCode"])
    for part in event.get("content", {}).get("parts", []):
        if part.get("text"):
            (heard.partial if event.get("partial") else heard.texts).append(part["text"])
        if "functionCall" in part:
            heard.tools.append(part["functionCall"]["name"])
