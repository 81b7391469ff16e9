"""What the parser is given to understand a message with: the edit commands, what music can be asked for, the facts.

Nothing here is looked up: whoever calls brings the values. What is built of the commands and the vocabulary (phrases,
words, typing slips) is built once for each pair and remembered; the facts may change with every message.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from reelscore.values.command import CommandEntry
from reelscore.values.facts import NO_FACTS, Facts
from reelscore.values.vocabulary import Vocabulary


@dataclass(frozen=True, slots=True, eq=False)
class Known:
    """The commands' own entries by name, the genres, moods and instruments, and what is known of the media."""

    commands: Mapping[str, CommandEntry]
    vocabulary: Vocabulary
    facts: Facts = NO_FACTS
