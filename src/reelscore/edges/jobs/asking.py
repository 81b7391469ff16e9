"""Understanding a message: by the rules, and by the configured language model where they are unsure.

Whoever waits for a model holds a thread that answers calls. So only half of them may: where a slow model is asked by
more people at once, the rules' reading counts, and the server goes on answering everybody.
"""

from __future__ import annotations

import os
import threading
from functools import lru_cache
from typing import TYPE_CHECKING

from reelscore import conversing
from reelscore.values.facts import Facts
from reelscore.values.message import Context, Meaning
from reelscore.values.timeline import Timeline

if TYPE_CHECKING:
    from reelscore.edges.agent.ask import Planner


_AT_ONCE = 8  # messages that a model is asked about
_free = threading.BoundedSemaphore(_AT_ONCE)


def meaning(text: str, timeline: Timeline, context: Context, facts: Facts) -> Meaning:
    """What the message means for this timeline."""
    planner = _planner()
    if planner is None or not _free.acquire(blocking=False):
        return conversing.read(text, timeline, context, facts)
    from reelscore.edges.agent import ask

    try:
        return ask.meaning(text, timeline, context, facts, planner=planner)
    finally:
        _free.release()


def has_model() -> bool:
    """Is a language model configured? Then understanding may take seconds."""
    return _planner() is not None


@lru_cache(maxsize=1)
def _planner() -> Planner | None:
    try:
        from reelscore.edges.agent.ask import planner_from
    except ImportError:  # not part of this installation
        return None
    return planner_from(os.environ)
