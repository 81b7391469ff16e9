"""What is known of a session's media, for whoever understands its messages and edits its timeline.

Readings and scores never change under their hash, so what they tell is kept in memory: a message of a known session
reads no file.
"""

from __future__ import annotations

import json
import threading
from collections import OrderedDict
from collections.abc import Iterable
from typing import TYPE_CHECKING

from reelscore.editing import unpack_piece
from reelscore.facts import facts_of_piece, facts_of_reading
from reelscore.values.codec import from_json
from reelscore.values.facts import Facts, MediaFacts
from reelscore.values.reading import Reading

if TYPE_CHECKING:
    from reelscore.edges.storage.media import StoredMedia
    from reelscore.edges.storage.store import Store

_MOST = 512

_facts: OrderedDict[str, MediaFacts] = OrderedDict()
_lock = threading.Lock()


def facts_of(store: Store, media: Iterable[StoredMedia]) -> Facts:
    """Beats, cuts, speech, sections of everything that was read or composed."""
    held = {}
    for one in media:
        blob = one.piece or one.reading
        if blob:
            held[one.medium.id] = _facts_of(store, blob, bool(one.piece))
    return Facts(held)


def _facts_of(store: Store, blob: str, composed: bool) -> MediaFacts:
    with _lock:
        if blob in _facts:
            _facts.move_to_end(blob)
            return _facts[blob]
    text = store.blobs.get_bytes(blob).decode()
    if composed:
        found = facts_of_piece(unpack_piece(text))
    else:
        found = facts_of_reading(from_json(Reading, json.loads(text), "reading"))
    with _lock:
        _facts[blob] = found
        while len(_facts) > _MOST:
            _facts.popitem(last=False)
    return found
