"""A message, and it is done: what the edges call to understand what a person says, do it, and answer.

    read(message) -> carry_out(meaning) -> (the edge: music, export, uploads) -> answer

`read` is rules only, the same words meaning the same everywhere. `carry_out` is a function of values: all edits of a
message are one version, so one undo takes them back; what cannot be done is told and undoes nothing else. What needs
more than values (`Turn.pending`, `Turn.music`) is the edge's, which hands its outcome to `answer`.
"""

from reelscore.converse.reply_words import frame
from reelscore.conversing.answering import answer
from reelscore.conversing.doing import Move, Turn, carry_out, knowing, with_music
from reelscore.conversing.given import timeline_in
from reelscore.conversing.music_brief import brief_of
from reelscore.conversing.reading import known, read, warm
from reelscore.conversing.refused import refused_by_edge, said_of

__all__ = [
    "Move",
    "Turn",
    "answer",
    "brief_of",
    "carry_out",
    "frame",
    "knowing",
    "known",
    "read",
    "refused_by_edge",
    "said_of",
    "timeline_in",
    "warm",
    "with_music",
]
