"""What a prompt says of the film's own sound: "keep my audio", "replace the music", 保留原声, 去掉原声."""

from __future__ import annotations

from reelscore.brief.lexicon import Found
from reelscore.brief.marks import Marks

_REACH = 5  # words between the verb and the sound
_WEAK = {
    "no",
    "without",
    "不要",
    "drop",
    "change",
    "换",
    "over",
    "under",
    "behind",
    "beneath",
    "underneath",
    "on top of",
    "leave",
}
_NEGATIONS = {"don't", "dont", "do not", "never", "not", "别", "不要", "不"}


def own_sound(marks: Marks, spent: set[Found]) -> tuple[str | None, str]:
    """ "keep" or "replace" with the words that say so; (None, "") where nothing does. Marks its phrases as spent."""
    for found in marks.found:
        if found.has("sound_kept") and found not in spent:
            return "keep", marks.words(found)
    for i, verb in enumerate(marks.found):
        wish = "keep" if verb.has("sound_keep") else "replace" if verb.has("sound_replace") else None
        if wish is None or verb in spent:
            continue
        for thing in marks.found[i + 1 :]:
            if thing.first - verb.last > _REACH or any(marks.divided(k) for k in range(verb.last, thing.first + 1)):
                break
            if not _fits(marks, verb, thing, wish):
                if thing.has("role", "family", "instrument", "vocals", "sound_keep", "sound_replace"):
                    break
                continue
            before = marks.preceding(verb)
            spent.update({verb, thing})
            if before and marks.words(before).lower() in _NEGATIONS:
                spent.add(before)
                wish = "keep" if wish == "replace" else "replace"
            first = before.first if before and before in spent else verb.first
            return wish, marks.text.between(first, thing.last)
    return _passive(marks, spent)


def _passive(marks: Marks, spent: set[Found]) -> tuple[str | None, str]:
    """ "original audio off", "原声保留", "把原声去掉"."""
    for thing in marks.found:
        after = marks.following(thing)
        if not thing.has("sound_own", "sound_own_speech") or thing in spent or after is None:
            continue
        if after.has("sound_replace", "without_after") or after.has("sound_keep"):
            wish = "keep" if after.has("sound_keep") and marks.words(after).lower() not in _WEAK else "replace"
            if wish == "replace" and marks.words(after).lower() in ("over", "under", "behind", "instead of", "change"):
                continue
            spent.update({thing, after})
            return wish, marks.text.between(thing.first, after.last)
    return None, ""


def _fits(marks: Marks, verb: Found, thing: Found, wish: str) -> bool:
    said = marks.words(verb).lower()
    if thing.has("sound_own"):
        return said not in ("over", "on top of") or "audio" not in marks.words(thing).lower()
    if thing.has("sound_own_speech"):
        return wish == "keep" or said not in _WEAK
    if not thing.has("sound_own_music"):
        return False
    after = marks.following(thing)
    if wish == "replace":
        return said not in _WEAK or said in ("change", "换")
    return (
        said in ("keep", "preserve", "retain", "保留")
        and (after is None or not after.has("mood", "force", "tempo", "genre"))
        and ("sound" in marks.words(thing).lower() or "声" in marks.words(thing))
    )
