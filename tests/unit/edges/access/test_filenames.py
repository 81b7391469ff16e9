"""The names that people give their files, and what is kept of them."""

from __future__ import annotations

import pytest

from reelscore.edges.api.filenames import clean_name, disposition, name_in_url

NAMES = {
    "../../etc/passwd.wav": "passwd.wav",
    "..\\..\\boot.wav": "boot.wav",
    "/": "upload",
    "": "upload",
    "...": "upload",
    "a\u202egpj.wav": "agpj.wav",
    "\u200b\ufeff.wav": "wav",
    "电影 – Ünïcode 🎬.wav": "电影 – Ünïcode 🎬.wav",
    "x" * 5000 + ".wav": "x" * 116 + ".wav",
    "quote'<script>.wav": "quote'_script_.wav",
    "nul\0and\ttab.wav": "nuland tab.wav",
    "CON.wav ": "CON.wav",
}


@pytest.mark.parametrize(
    ("given", "shown"), [*NAMES.items(), ("line\r\nbreak.wav", "line break.wav"), (None, "upload")]
)
def test_a_name_that_was_made_harmless_stays_as_it_is(given: str | None, shown: str) -> None:
    assert clean_name(given) == shown
    assert clean_name(shown) == shown


@pytest.mark.parametrize(
    ("url", "name"),
    [
        ("https://example.org/a/Strand%20%C3%A9t%C3%A9.mp4?x=1#y", "Strand été.mp4"),
        ("https://example.org/", "upload"),
        ("https://example.org/a/%2e%2e%2fpasswd", "passwd"),
        ("https://example.org/%FF%FE.wav", "\ufffd\ufffd.wav"),
    ],
)
def test_an_address_names_its_file(url: str, name: str) -> None:
    assert name_in_url(url) == name


def test_a_header_holds_any_name() -> None:
    """Plain letters for old clients, the name itself for others, and no line of its own."""
    told = disposition('电影"\r\nSet-Cookie: x.mp4', True)
    assert told.isascii()
    assert "\n" not in told
    assert told.startswith("attachment; filename=")
    assert "filename*=UTF-8''%E7%94%B5%E5%BD%B1" in told
