"""The names that clients give their files: shown again, never used as a path.

What is kept of a name is its last part, without anything that does not print: no separators of any system, no control
characters, none that turn the direction of writing round (so that "gpj.exe" cannot pose as "exe.jpg"), no more than
fits. https://www.unicode.org/reports/tr36/ (bidirectional text spoofing)
"""

from __future__ import annotations

import re
import unicodedata
from urllib.parse import quote, unquote, urlsplit

LONGEST = 120  # characters
_UNNAMED = "upload"
_SUFFIX = re.compile(r"\.[A-Za-z0-9]{1,8}$")
_DROPPED = ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp")  # Unicode categories


def clean_name(name: str | None) -> str:
    """A name fit for a list, a header and a disk; "upload" where nothing of it remains."""
    last = re.split(r"[/\\]", unicodedata.normalize("NFC", name or "")[-4096:])[-1]
    seen = "".join(" " if c.isspace() else c for c in last if unicodedata.category(c) not in _DROPPED or c.isspace())
    seen = " ".join(re.sub(r'[<>:"|?*]', "_", seen).split()).strip(". ")
    if len(seen) > LONGEST:
        suffix = _SUFFIX.search(seen)
        tail = suffix.group() if suffix else ""
        seen = seen[: LONGEST - len(tail)].rstrip(". ") + tail
    return seen or _UNNAMED


def name_in_url(url: str) -> str:
    """The name a file has in an address."""
    return clean_name(unquote(urlsplit(url).path, errors="replace"))


def disposition(name: str, download: bool) -> str:
    """The header Content-Disposition: plain letters for old clients, the name itself for others (RFC 6266)."""
    kind = "attachment" if download else "inline"
    plain = clean_name(name).encode("ascii", "replace").decode().replace("?", "_")
    return f"{kind}; filename=\"{plain}\"; filename*=UTF-8''{quote(clean_name(name), safe='')}"
