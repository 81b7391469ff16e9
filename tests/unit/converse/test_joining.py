"""Are pieces of a message one request? What is plain from each alone is what reading both together would tell."""

from __future__ import annotations

import pytest

from reelscore.converse import dividing, joining
from reelscore.converse.clauses import Piece
from reelscore.converse.one_clause import Read
from reelscore.conversing import read
from tests.messages.cases import load
from tests.messages.timelines import TIMELINES


def test_what_is_settled_without_reading_both_is_not_joined_by_it(monkeypatch: pytest.MonkeyPatch) -> None:
    wrong: list[tuple[str, str]] = []
    asked: list[bool] = []

    def watched(before: Read, alone: Read, piece: Piece) -> bool:
        asked.append(joining.settled(before, alone, piece))
        return False  # so that both are read all the same

    def belongs(before: Read, alone: Read, joined: Read, piece: Piece) -> bool:
        one = joining.belongs(before, alone, joined, piece)
        if one and asked[-1] and not (joined.best and joined.best.whole):
            wrong.append((before.clause.text, alone.clause.text))
        return one

    monkeypatch.setattr(dividing, "settled", watched)
    monkeypatch.setattr(dividing, "belongs", belongs)
    for case in [case for case in load("dev") if len(case.say) > 40][::11]:
        read(case.say, TIMELINES[case.on]())
    assert any(asked)
    assert wrong == []
