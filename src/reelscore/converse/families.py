"""Every family of readers, in the order they are asked. A reader gives its readings of a clause."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from reelscore.converse.clause import Clause
from reelscore.converse.questions_of_text import read as _legible
from reelscore.converse.readers import (
    actions,
    all_else_silent,
    arranging,
    cutting,
    drowned,
    every_so_often,
    extents,
    extents_zh,
    film_length,
    heard_alone,
    in_its_place,
    jargon,
    joins,
    lengths_each,
    music,
    music_lifted,
    music_timed,
    music_under,
    nudged,
    on_beats,
    own_song,
    pacing,
    picture,
    piece_wishes,
    saving,
    shown_during,
    sound,
    struck,
    text_placed,
    together,
    words_on_picture,
)
from reelscore.converse.reading import Reading

Reader = Callable[[Clause], Iterator[Reading]]
READERS: tuple[Reader, ...] = (
    actions.read, together.read, words_on_picture.read, nudged.read, every_so_often.read, joins.read, on_beats.read, extents.read, cutting.read, extents_zh.read, jargon.read, sound.read, pacing.read, picture.read, arranging.read,
    music.read, music_timed.read, struck.read, music_lifted.read, piece_wishes.read, own_song.read, drowned.read, text_placed.read, shown_during.read, music_under.read,
    saving.read, in_its_place.read, lengths_each.read, heard_alone.read, all_else_silent.read, _legible, film_length.read,
)  # fmt: skip
