"""A file in another's place."""

from __future__ import annotations

from collections.abc import Iterator

from reelscore.converse import patterns
from reelscore.converse.clause import Clause, plain
from reelscore.converse.mention import Mention
from reelscore.converse.readers.files_meant import files_named, is_sound
from reelscore.converse.reading import PICTURE_KINDS, SOUND_KINDS, TEXT_KINDS, Reading, step, target


def replaced(c: Clause) -> Iterator[Reading]:
    """ "Use party.mp4 instead of the lake": which is the old one, which the new."""
    if not c.has("replace"):
        return
    media = files_named(c, behind=True)
    if not media:
        return
    text = c.text
    others = [
        m for m in c.mentions if m.kind in ("clip", "image", "overlay", "voice", "logo", "name", "pronoun", "music")
    ]
    start = next((plain(q) for q in c.every("seconds") if q.cue in ("from", "at")), None)
    if start is None and (found := patterns.search(r"from second (\d+)", text)):
        start = int(found[1])
    new: Mention | None = None
    old: Mention | None = None
    if taken := patterns.search(r"用.{1,20}?(?P<old>[把将]).{1,12}?(?:换|替)", text):
        new = next((m for m in media if m.end <= taken.start("old")), None)
        old = next((m for m in others if m.start >= taken.start("old")), None)
    elif swapped := patterns.search(r"(?<![a-z])(?:swap|put|drop|bring|switch) in .{1,40}? (for) ", text):
        new = next((m for m in media if m.end <= swapped.start(1)), None)
        old = next((m for m in others if m.start >= swapped.start(1)), None)
    elif found := patterns.search(r"(?<![a-z])(?:with|by|for)(?![a-z])|换成|替换成|替换为|换为|改成|改用", text):
        new = next((m for m in media if m.start >= found.start()), None)
        old = next((m for m in others if m.end <= found.start()), None)
    elif found := patterns.search(r"instead of|代替|替换|替代|取代|换掉", text):
        new = next((m for m in media if m.end <= found.start() + 1), None)
        old = next((m for m in others if m.start >= found.start()), None)
    elif patterns.search(r"instead", text):
        if c.every("seconds") and not patterns.search(r"show|use|put|play|用|放", text):
            return
        new = media[-1]
        old = next((m for m in others if m is not new), None)
    sound = new is not None and is_sound(c, new)
    if new and sound and old in (None, new) and not c.scene.of("music") and not new.things:
        yield step("add", 0.95, media=new.said, as_="music")  # 原声静音,换成pop song
        return
    if new is None or patterns.search(r"swap (?:the )?(?:places|positions|order)|对调|互换|交换|调换", text):
        return
    if old is not None and old.kind == "music" and not any(m.kind == "audio" for m in c.scene.media_named(new.said)):
        return
    which = (
        None
        if old is None
        else (old.said if old.kind != "pronoun" else target(c, (*PICTURE_KINDS, *SOUND_KINDS, *TEXT_KINDS)))
    )
    yield step("replace_media", 0.95 if old else 0.75, which=which, media=new.said, start=start)
