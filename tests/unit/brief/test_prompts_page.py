"""The page of prompts says what the reader does."""

from __future__ import annotations

from pathlib import Path

import pytest

from reelscore.brief.make import make_brief
from reelscore.catalogue import vocabulary
from reelscore.values.brief import Wishes

PAGE = Path(__file__).resolve().parents[3] / "docs" / "prompts.md"
ROWS = [line.strip("| ").split(" | ") for line in PAGE.read_text("utf-8").splitlines() if line.startswith("| ")]
ROWS = [row for row in ROWS if row[0] not in ("you write", "---")]


@pytest.mark.parametrize("row", ROWS, ids=[row[0][:40] for row in ROWS])
def test_a_row_is_understood_as_it_says(row: list[str]) -> None:
    prompt, promised = row
    brief = make_brief(prompt, Wishes(), vocabulary())
    told = {f"{reason.field}: {reason.value}" for reason in brief.reasons if reason.source == "prompt"}
    assert set(promised.split("; ")) == told


def test_the_page_has_rows() -> None:
    assert len(ROWS) > 20
