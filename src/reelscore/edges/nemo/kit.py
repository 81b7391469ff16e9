"""A message's events in the wire shape of Google's Agent Development Kit, which `/run_sse` speaks.

    {"content": {"parts": [{"text": "..."}], "role": "model"}, "invocationId": "e-msg_1", "author": "nemo_agent",
     "actions": {"stateDelta": {...}, ...}, "id": "7", "timestamp": 1795251029.31}

Partial texts are passing words (progress); the one that counts is whole and not partial, and carries `turnComplete`.
Only that one, and the beginning of work that lasts, are what the kit calls final responses. What failed on business
grounds comes as `errorCode` and `errorMessage`; the key `error` would mean that the server crashed. Each event is a
function of what was stored, so a stream that is resumed tells the same again. Shapes: the kit's 2.13.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from reelscore.edges.nemo.stages import told_progress

AUTHOR = "nemo_agent"
Plain = dict[str, Any]
Drafts = Callable[[str], Plain]  # a version's id -> its draft
OUT_OF_CREDITS = "2001"
_QUIET_SHARE = 0.05  # progress is told again after so much more of it, or in a new stage


@dataclass(frozen=True, slots=True)
class Happened:
    """An event as the service stored it: its number, kind and body, and when (milliseconds since 1970)."""

    id: int
    kind: str
    body: Mapping[str, Any]
    at_ms: int


class Telling:
    """One message's events for one client: what was told so far decides whether a line of progress is news."""

    def __init__(
        self, invocation: str, drafts: Drafts, language: str = "en", bind_url: Callable[[], str] = lambda: ""
    ) -> None:
        self.invocation, self.drafts, self.language, self.bind_url = invocation, drafts, language, bind_url
        self.stage, self.share = "", -1.0
        self.failure: Plain | None = None
        self.words = ""  # of a text that a reply may repeat
        self.delta: Plain = {}  # what the edits changed, told with the reply
        self.text_told = False

    def told(self, event: Happened) -> list[Plain]:
        """What the client is sent for this event; often one thing, sometimes nothing.

        Words and edits are held until what follows them is known. Nothing is lost where a stream breaks off: a client
        resumes after what it was sent, and so hears of them again.
        """
        way = getattr(self, f"_{event.kind}", None)
        if way is None:
            return []
        held = self._held_words() if event.kind not in ("reply", "edited", "question") else []
        return [self._whole(plain, event, n) for n, plain in enumerate([*held, *way(event.body)])]

    def _held_words(self) -> list[Plain]:
        words, self.words = self.words, ""
        self.text_told = self.text_told or bool(words)
        return [_text(words)] if words else []

    def _whole(self, plain: Plain, event: Happened, n: int = 0) -> Plain:
        """The event with what every one of them carries."""
        actions = {
            "stateDelta": {}, "artifactDelta": {}, "requestedAuthConfigs": {}, "requestedToolConfirmations": {},
        } | plain.pop("actions", {})  # fmt: skip
        return plain | {
            "invocationId": self.invocation, "author": AUTHOR, "actions": actions,
            "id": f"{event.id}.{n}" if n else str(event.id), "timestamp": event.at_ms / 1000,
        }  # fmt: skip

    def _accepted(self, body: Mapping[str, Any]) -> list[Plain]:
        named = {"message_id": body["message"]} if body.get("message") else {}
        return [{**_text(""), "partial": True, "customMetadata": {"accepted": True, **named}}]

    def _text(self, body: Mapping[str, Any]) -> list[Plain]:
        if body.get("partial"):
            return [{**_text(str(body.get("text", ""))), "partial": True}]
        self.words = str(body.get("text", ""))
        return []

    def _call(self, body: Mapping[str, Any]) -> list[Plain]:
        call = {"id": str(body.get("id", "")), "args": dict(body.get("args") or {}), "name": str(body.get("name", ""))}
        lasting = {"longRunningToolIds": [call["id"]]} if "music" in call["name"] else {}
        return [{"content": _content({"functionCall": call}), **lasting}]

    def _progress(self, body: Mapping[str, Any]) -> list[Plain]:
        stage, share = str(body.get("stage", "")), float(body.get("share") or 0.0)
        if stage == self.stage and share < self.share + _QUIET_SHARE:
            return []
        self.stage, self.share = stage, share
        line = told_progress(stage, share, body.get("left_s"), self.language)
        known = {"stage": stage, "share": round(share, 4), "left_s": body.get("left_s"), "job": body.get("job")}
        return [{**_text(line + "\n"), "partial": True, "customMetadata": {"progress": known}}]

    def _result(self, body: Mapping[str, Any]) -> list[Plain]:
        response = body.get("response")
        answer = {
            "id": str(body.get("id", "")), "name": str(body.get("name", "")),
            "response": response if isinstance(response, dict) else {"status": "ok", "result": response},
        }  # fmt: skip
        return [{"content": _content({"functionResponse": answer}, "user")}]

    def _edited(self, body: Mapping[str, Any]) -> list[Plain]:
        version = str(body.get("version", ""))
        self.delta = {"draft": self.drafts(version), "version": version}
        return []

    def _reply(self, body: Mapping[str, Any]) -> list[Plain]:
        words, self.words, self.text_told = str(body.get("text", "")) or self.words, "", True
        known = {key: body[key] for key in ("done", "failed", "notes", "question", "options", "next") if body.get(key)}
        extra = {"customMetadata": {"reply": known}} if known else {}
        return [{**_text(words), "turnComplete": True, "actions": {"stateDelta": self.delta}, **extra}]

    def _error(self, body: Mapping[str, Any]) -> list[Plain]:
        self.failure = dict(body)
        code = str(body.get("code", 500))
        told = [str(body.get("message", "")), str(body.get("hint", ""))]
        link = self.bind_url() if code == OUT_OF_CREDITS else ""
        bind = {"customMetadata": {"register_url": link}} if link else {}
        told += [f"Register to go on: {link}"] if link else []
        said = " ".join(part for part in told if part)
        return [{"errorCode": code, "errorMessage": said or "The message could not be done.", **bind}]

    def _end(self, _: Mapping[str, Any]) -> list[Plain]:
        """Nothing, unless no word was said: a stream never ends without one."""
        if self.text_told:
            return []
        said = " ".join(str(self.failure.get(key, "")) for key in ("message", "hint")).strip() if self.failure else ""
        self.text_told = True
        usual = "已处理。" if self.language == "zh" else "Your message was handled."
        return [{**_text(said or usual), "turnComplete": True}]


def _content(part: Plain, role: str = "model") -> Plain:
    return {"parts": [part], "role": role}


def _text(words: str) -> Plain:
    return {"content": _content({"text": words})}


def spoken(invocation: str, words: str, at_ms: int) -> Plain:
    """Words that belong to no stored event and end no turn."""
    return Telling(invocation, lambda _: {})._whole(_text(words), Happened(0, "text", {}, at_ms))


def said_by_user(invocation: str, text: str, at_ms: int) -> Plain:
    """A person's message as an event of the session's story."""
    telling = Telling(invocation, lambda _: {})
    plain = telling._whole({"content": _content({"text": text}, "user")}, Happened(0, "user", {}, at_ms))
    return plain | {"author": "user", "id": f"{invocation}-user"}


def said_by_agent(invocation: str, reply: Mapping[str, Any], at_ms: int) -> Plain:
    """The reply to it."""
    telling = Telling(invocation, lambda _: {})
    plain = telling.told(Happened(0, "reply", reply, at_ms))[0]
    return plain | {"id": f"{invocation}-reply"}
