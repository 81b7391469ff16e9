"""Chinese words that are written with letters that sound like theirs."""

from __future__ import annotations

import pytest

from reelscore.converse.alike_zh import heard_alike


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("配因往后挪", "配音往后挪"),
        ("第而个片断静英", "第二个片段静音"),
        ("只流前五妙", "只留前五秒"),
        ("最后一断删掉", "最后一段删掉"),
    ],
)
def test_a_word_that_sounds_like_ours_is_ours(typed: str, meant: str) -> None:
    assert heard_alike(typed) == meant


@pytest.mark.parametrize(
    "said",
    [
        "到处都很吵",
        "北京的人生",
        "食品安全",
        "音乐适配影片",
        "在4秒的地方打个点",
        "左声道放旁白",
        "删除掉大的那段",
        "哪段最长",
    ],
)
def test_a_word_of_its_own_stays_as_it_is(said: str) -> None:
    assert heard_alike(said) == said
