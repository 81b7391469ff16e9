"""Settings as programs write them: things by id, arguments by name, and nothing done where a word is not known."""

from __future__ import annotations

import pytest

from tests.unit.converse.said import only, read, told


@pytest.mark.parametrize(
    ("message", "command", "args"),
    [
        ("s2: speed=2x", "speed", {"which": "s2", "factor": 2}),
        ("trim(s2, to=3s)", "trim", {"which": "s2", "to": 3}),
        ("music.gain_db -= 3", "volume", {"which": "music", "by_db": -3}),
        ("cut [2s, 4.5s]", "cut_range", {"start": 2, "end": 4.5}),
        ("s1 opacity = 0.5", "opacity", {"which": "s1", "to": 50}),
        ("undo x2", "undo", {"count": 2}),
        ('{"command": "trim", "which": "s2", "to": 6}', "trim", {"which": "s2", "to": 6}),
    ],
)
def test_a_statement_is_one_edit(message: str, command: str, args: dict[str, object]) -> None:
    """A name, a value and a thing are bound to the command's own parameters."""
    asked = only(message)

    assert [(command, args)] == told(read(message))
    assert dict(asked.args) == args


def test_settings_of_one_thing_stay_with_it() -> None:
    """What is spoken of is said once."""
    assert told(read("s2: speed=2x, filter=warm")) == [
        ("speed", {"which": "s2", "factor": 2}),
        ("filter", {"which": "s2", "name": "warm"}),
    ]


def test_each_of_several_things() -> None:
    """A list or a run of ids means every one of them."""
    assert [args["which"] for _, args in told(read("s1+s2: speed=2x"))] == ["s1", "s2"]


def test_an_id_that_nothing_has_is_passed_on_as_it_is() -> None:
    """It is refused there; no other thing is edited instead."""
    assert told(read("remove s42")) == [("remove", {"which": "s42"})]


@pytest.mark.parametrize("message", ["s1.hologram = 3 wobbles", '{"command": "remove", "which": "all"}'])
def test_what_is_not_known_changes_nothing(message: str) -> None:
    """An unknown setting is no guess, and not all is taken away for a line of JSON."""
    assert read(message).steps == ()


@pytest.mark.parametrize(
    "message", ["restore version", "s2.", "=", "[", "{", "s2: =", "add_marker at=", "s2 += ", "v", "@"]
)
def test_half_a_statement_is_no_fault(message: str) -> None:
    """Whatever is typed is answered."""
    read(message)
