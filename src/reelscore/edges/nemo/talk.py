"""A message's events in the dialect of the gateway's web socket: small objects with a `type`.

    message_accepted, tool_start, status, tool_end, text, ask_question, done

A question and a failure are told last: a client that is asked answers at once, and one that meets an error hangs up,
so everything else must have been said by then. After a question there is no `done`: the turn goes on with the answer.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from reelscore.edges.nemo.kit import OUT_OF_CREDITS, Happened, Plain
from reelscore.edges.nemo.stages import told_progress

_ANSWERED = re.compile(r"\s*1\.\s*(?P<rest>.+)", re.DOTALL)
SKIPPED = ("skipped", "skip")


class Saying:
    """One message's events for one socket."""

    def __init__(self, message_id: str, language: str = "en", bind_url: Callable[[], str] = lambda: "") -> None:
        self.message_id, self.language, self.bind_url = message_id, language, bind_url
        self.words = ""  # of a text that a reply may repeat
        self.calls: dict[str, str] = {}  # tools at work: id -> name
        self.question: Plain | None = None
        self.failure: Plain | None = None

    def said(self, event: Happened) -> list[Plain]:
        """What the socket sends for this event."""
        way = getattr(self, f"_{event.kind}", None)
        return [] if way is None else list(way(event.body))

    @property
    def asked(self) -> bool:
        """Whether the turn waits for an answer."""
        return self.question is not None

    def _accepted(self, _: Mapping[str, Any]) -> list[Plain]:
        return [{"type": "message_accepted", "message_id": self.message_id}]

    def _text(self, body: Mapping[str, Any]) -> list[Plain]:
        words = str(body.get("text", ""))
        if body.get("partial"):
            return [{"type": "status", "status": "working", "text": words}]
        self.words = words
        return []

    def _call(self, body: Mapping[str, Any]) -> list[Plain]:
        call, name = str(body.get("id", "")), str(body.get("name", ""))
        self.calls[call] = name
        return [{"type": "tool_start", "tool": name, "id": call, "args": body.get("args")}]

    def _progress(self, body: Mapping[str, Any]) -> list[Plain]:
        stage, share = str(body.get("stage", "")), float(body.get("share") or 0.0)
        line = told_progress(stage, share, body.get("left_s"), self.language)
        return [{"type": "status", "status": "working", "stage": stage, "progress": round(100 * share), "text": line}]

    def _result(self, body: Mapping[str, Any]) -> list[Plain]:
        call = str(body.get("id", ""))
        self.calls.pop(call, None)
        return [{"type": "tool_end", "tool": body.get("name", ""), "id": call}]

    def _edited(self, body: Mapping[str, Any]) -> list[Plain]:
        told = {"version": body.get("version", ""), "summary": body.get("summary", "")}
        return [{"type": "status", "status": "edited", **told}]

    def _question(self, body: Mapping[str, Any]) -> list[Plain]:
        self.question = dict(body)
        return []

    def _reply(self, body: Mapping[str, Any]) -> list[Plain]:
        self.words = str(body.get("text", "")) or self.words
        return []

    def _error(self, body: Mapping[str, Any]) -> list[Plain]:
        self.failure = dict(body)
        return []

    def _end(self, _: Mapping[str, Any]) -> list[Plain]:
        words = self.words or ("已处理。" if self.language == "zh" else "Your message was handled.")
        told: list[Plain] = [{"type": "tool_end", "tool": name, "id": call} for call, name in self.calls.items()]
        told.append({"type": "text", "text": words})  # clients count tools: each that began has ended by now
        if self.failure is not None:
            return [*told, self._failed(self.failure), {"type": "done"}]
        return [*told, asking(self.question) if self.question else {"type": "done"}]

    def _failed(self, failure: Plain) -> Plain:
        code = failure.get("code", 500)
        said = [str(failure.get(key) or "") for key in ("message", "hint")]
        link = self.bind_url() if str(code) == OUT_OF_CREDITS else ""
        said += [f"Register to go on: {link}"] if link else []
        return {"type": "error", "error": " ".join(filter(None, said)) or "It could not be done.", "code": code}


def asking(question: Mapping[str, Any]) -> Plain:
    """A question with the answers to choose from."""
    prompt = str(question.get("text", ""))
    labels = [str(option) for option in question.get("options", ())]
    options = [{"id": f"option_{n}", "label": label} for n, label in enumerate(labels, 1)]
    asked = {"id": "question_1", "prompt": prompt, "options": options, "allow_multiple": False}
    return {"type": "ask_question", "title": "", "questions": [asked]}


def answered(content: str, question: Mapping[str, Any] | None) -> str:
    """The answer in a message like "1. Which clip?: the last one": clients put the question's own words before it.

    A question that was skipped is answered with nothing ("").
    """
    if question is None:
        return content
    match = _ANSWERED.fullmatch(content)
    rest = match["rest"].strip() if match else content.strip()
    prompt = str(question.get("text", ""))
    if prompt and rest.startswith(prompt):
        rest = rest[len(prompt) :].lstrip(" :：")
    return "" if rest.lower().rstrip(".") in SKIPPED else rest or content
