"""Who calls: the skill, its version and its platform, as the headers X-Skill-Source, -Version and -Platform say.

A call without them is served like any other, except an export, which the protocol answers with 402. What they say is
counted and logged and trusted for nothing else; they come from outside, so they are cut to a short plain word.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from reelscore.edges.api.errors import RefusedError

HEADERS = ("X-Skill-Source", "X-Skill-Version", "X-Skill-Platform")
_PLAIN = re.compile(r"[^A-Za-z0-9._+-]+")
_LONGEST = 64


@dataclass(frozen=True, slots=True)
class Attribution:
    """What the three headers say; "" where one is missing."""

    source: str = ""
    version: str = ""
    platform: str = ""
    client: str = ""  # X-Client-Id, for the log only

    @property
    def missing(self) -> tuple[str, ...]:
        """The headers that are not there."""
        values = (self.source, self.version, self.platform)
        return tuple(name for name, value in zip(HEADERS, values, strict=True) if not value)


def attribution(headers: Mapping[str, str]) -> Attribution:
    """Read from a request's headers (names of any case, as the web framework gives them)."""
    source, version, platform, client = (_word(headers.get(name, "")) for name in (*HEADERS, "X-Client-Id"))
    return Attribution(source, version, platform, client)


def demanded_for_export(told: Attribution) -> None:
    """Raises RefusedError (402) where one of the three headers is missing."""
    if told.missing:
        names = ", ".join(told.missing)
        raise RefusedError(
            402, 402, f"An export says which skill asks for it; missing: {names}.",
            "Send X-Skill-Source, X-Skill-Version and X-Skill-Platform with every call.", "not_allowed",
        )  # fmt: skip


def _word(text: str) -> str:
    return _PLAIN.sub("-", text.strip())[:_LONGEST].strip("-")
