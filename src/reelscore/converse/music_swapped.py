"""One sound of the music in another's place: "swap the piano for a harp", 吉他换成竖琴."""

from __future__ import annotations

from reelscore.converse import patterns
from reelscore.converse.music_told_words import pattern_of
from reelscore.converse.patterns import compiled
from reelscore.converse.vocabulary_words import Wish


def swapped(text: str, sounds: list[tuple[int, int, Wish]]) -> tuple[Wish | None, Wish] | None:
    """What goes and what comes in its place."""
    if len(sounds) == 3 and [w for *_, w in sounds if w.name == "melody"]:
        sounds = [one for one in sounds if one[2].name != "melody"]  # "the melody on a flute instead of the piano"
    if len(sounds) == 1:
        return _swapped_for(text, *sounds[0])
    if len(sounds) != 2:
        return None
    (_, a, old), (b, _, new) = sounds
    between = text[a:b]
    if compiled(r"(?<![a-z])(?:instead of|rather than|in place of)(?: the| my| that)? $").search(text[: sounds[0][0]]):
        return old, new
    if compiled(r"(?<![a-z])(?:instead of|rather than|in place of|replacing|over)(?![a-z])|代替|取代|替代|替掉").search(
        between
    ):
        return new, old
    if compiled(r"(?:替换?|换下?掉?|顶替?掉?)(?:那把|那个|原来的)?").fullmatch(between) and patterns.search(
        r"用[^,。]{0,4}$", text[: sounds[0][0]]
    ):  # 用竖琴换掉钢琴
        return new, old
    if compiled(r"换成|换为|改成|改为|替换成|替换为|变成|换做|换作|改用|->|→").search(between):
        return old, new
    if compiled(r"(?:给我?|都|全|能不能|可以|要|想|就)*[换改](?:一?[把个种架])?").fullmatch(between):  # 吉他换尤克里里
        return old, new
    if compiled(r"(?<![a-z])(?:for|with|by|into|to)(?![a-z])").search(between) and pattern_of("swap").search(text[:a]):
        return old, new
    if compiled(r"(?<![a-z])(?:into|becomes|should be|needs to be|could be|to be)(?![a-z])").search(between):
        return old, new
    return None


def _swapped_for(text: str, start: int, end: int, new: Wish) -> tuple[Wish | None, Wish] | None:
    """In the place of what was spoken of before: 换成竖琴, "a harp instead"."""
    if compiled(r"[ ,]*instead(?! of)(?![a-z])").match(text, end) and not pattern_of("out").search(text[:start]):
        return None, new
    if found := compiled(r"(?:换成|改成|换做|换作|变成|改用|换为|换)\s*(?:一?[把个种架])?$").search(text[:start]):
        return None if text[: found.start()].strip(" 把将给就") else (None, new)
    return None
