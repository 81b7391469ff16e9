"""Japanese and Korean into English: particles say what a phrase is to its verb, and the verb comes last.

Each clause is gathered as phrases with their roles (`east_phrases.py`), and said again with the verb first
(`east_order.py`): 音楽を30%に下げて > "lower music to 30%".
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from reelscore.converse.foreign.east_order import ordered
from reelscore.converse.foreign.east_phrases import SOUNDS, Phrase, phrases_of
from reelscore.converse.foreign.east_words import PARTICLE, RELATION, items_of, words_of
from reelscore.converse.foreign.items import (
    AMOUNT,
    IDLE,
    LOOK,
    MORE,
    PHRASE,
    PLACE,
    QUOTE,
    SIGN,
    TEXT,
    THING,
    TYPED,
    VERB,
    Item,
    made_so,
    sense,
    to_black,
)  # fmt: skip


def put_in_english(text: str, language: str) -> list[Item]:
    """The items of the message in English order."""
    items = _more_so(_corrected(items_of(text, language)), text, language)
    said: list[Item] = []
    spoken_of = ""
    for clause, sign in _clauses(items):
        ordered, spoken_of = _said(clause, spoken_of)
        said += ordered
        if sign is not None:
            said.append(sign)
    return made_so(said)


_MORE = ("더", "좀 더", "조금 더", "もっと", "より", "もう少し", "もうちょっと")


def _more_so(items: list[Item], text: str, language: str) -> list[Item]:
    """もっと暗い曲にして, 더 차가운 느낌으로: how it shall be, beside what it is."""
    made: list[Item] = []
    for n, item in enumerate(items):
        if item.english == "slowly" and made and text[made[-1].start : made[-1].end] in _MORE:
            made[-1] = replace(item, kind=MORE, english="slower")  # もっとゆっくり
            continue
        more = words_of(language).more.get(item.english, "") if item.kind == LOOK else ""
        after = items[n + 1 : n + 3]
        named = bool(after) and after[0].kind == THING and after[0].english == "song"
        if not more or named or not made or text[made[-1].start : made[-1].end] not in _MORE:
            made.append(item)
            continue
        made[-1] = replace(item, kind=MORE, english=more, form=item.english)
        if len(after) == 2 and after[0].kind == THING and after[0].english == "music" and after[1].form == "into":
            made.insert(-1, after[0])
            items[n + 1 : n + 3] = [replace(one, kind=IDLE, english="") for one in after]
    if made and all(item.kind in (LOOK, IDLE, SIGN) for item in made) and any(item.kind == LOOK for item in made):
        return [made[0].before("make it"), *made]  # "cool" by itself is a thank-you
    return made


def _corrected(items: list[Item]) -> list[Item]:
    """30%、いや25%に: of an amount and its correction, the correction."""
    for n, item in enumerate(items):
        if item.kind != SIGN or item.form != "no":
            continue
        after = next((k for k in range(n + 1, len(items)) if items[k].kind == AMOUNT), None)
        before = next((k for k in range(n - 1, -1, -1) if items[k].kind == AMOUNT), None)
        if after is None or before is None or (items[after].form != items[before].form and items[after].form):
            continue
        return [*items[:before], *items[n + 1 :]]
    return items


def _clauses(items: list[Item]) -> list[tuple[list[Item], Item | None]]:
    """The clauses with what parts them. A phrase before a comma without anything said of it belongs to what follows."""
    made: list[tuple[list[Item], Item | None]] = []
    now: list[Item] = []
    for n, item in enumerate(items):
        if item.kind == SIGN:
            if item.english == "," and now and not _says_something(now):
                continue
            if now:
                made.append((now, item))
                now = []
            elif made and made[-1][1] is None:
                made[-1] = (made[-1][0], item)
            continue
        if item.kind == MORE and now and now[-1].english == "too":
            item = replace(item, english=f"is too {item.form}", form="too", start=now.pop().start)
        if item.kind == VERB and item.english == "speak" and item.form == "when":
            while (now and now[-1].kind in (PARTICLE, TYPED, IDLE)) or (now and now[-1].english in ("voice", "video")):
                now.pop()
            item = Item(PHRASE, "when someone speaks", item.start, item.end)
        if item.english in _DROWNED and (item.form == "neg" or item.english == "not hear"):
            sounds = [k for k, one in enumerate(now) if one.kind == THING and one.english in SOUNDS]
            if len(sounds) > 1 and now[sounds[0] + 1].form == "at":  # because of the music the voice is not heard
                loud = replace(item, kind=MORE, english="is too loud", form="too")
                made.append(([now[sounds[0]], loud], replace(item, kind=SIGN, english=",")))
                now = []
                continue
        if item.english in _UNPERCEIVED and (item.form == "neg" or item.english.startswith("not ")):
            faulted = next((k for k in range(len(now) - 1, -1, -1) if now[k].kind == MORE), None)
            if faulted is not None:  # the music is so loud that the voice is not heard
                item = replace(now[faulted], english=f"is too {now[faulted].form}", form="too")
                del now[faulted:]
            elif _complains(made) or any(one.kind == THING for one in _rest(items, n + 1)):
                now = []
                continue
            else:
                item = replace(item, kind=MORE, english=_UNPERCEIVED[item.english], form="too")
        if item.kind == VERB and item.english == "fade out" and any(one.english == "too" for one in now):
            now = [one for one in now if one.kind in (THING, PARTICLE)]
            item = replace(item, kind=MORE, english="disappears too fast", form="too")
        now.append(item)
        if item.kind == MORE and item.form == "too":
            made.append((now, replace(item, kind=SIGN, english=",")))
            now = []
        done = item.form in ("and", "after") or (item.form == "neg" and _asks_more(items[n + 1 :]))
        if item.kind == VERB and done and n + 1 < len(items):
            made.append((now, replace(item, kind=SIGN, english=", then" if item.form == "after" else ",")))
            now = []
        elif item.kind == PHRASE and item.english in ("then", "and"):
            now.pop()
            if now:
                made.append((now, item.as_(", " + item.english)))
            now = []
    return [*made, (now, None)] if now else made


_DROWNED = ("hear", "not hear")
_UNPERCEIVED = {"hear": "is too quiet", "not hear": "is too quiet", "not see": "is too small"}


def _complains(made: Sequence[tuple[list[Item], Item | None]]) -> bool:
    """Did the clause before say what is too much already?"""
    return bool(made) and bool(made[-1][0]) and made[-1][0][-1].form == "too"


def _rest(items: Sequence[Item], start: int) -> list[Item]:
    """The items up to the end of the sentence."""
    end = next((n for n in range(start, len(items)) if items[n].kind == SIGN and items[n].english != ","), len(items))
    return list(items[start:end])


def _asks_more(items: Sequence[Item]) -> bool:
    """Does something to be done follow in the sentence: 끄지 말고 | 줄여줘?"""
    for item in items:
        if item.kind == SIGN:
            return False
        if item.kind in (VERB, MORE, LOOK):
            return True
    return False


def _says_something(items: Sequence[Item]) -> bool:
    kinds = {item.kind for item in items}
    if kinds & {VERB, MORE, QUOTE}:
        return True
    ending = next((i for i in reversed(items) if i.kind not in (PARTICLE, IDLE)), None)
    last = items[-1]
    if last.kind == TYPED and last.english.isdigit() and THING in kinds:
        return True  # 音楽を30、声を120に
    if last.kind == RELATION and last.english == "without":
        return len(items) > 1
    return (
        ending is not None
        and ending.kind in (AMOUNT, LOOK, PLACE, PHRASE)
        and not (last.kind == PARTICLE and last.form in ("topic", "object", "of", "and"))
        and (len(kinds - {PARTICLE, IDLE}) > 1 or ending.kind == PHRASE)
    )


def _said(clause: list[Item], spoken_of: str) -> tuple[list[Item], str]:
    """The clause in English order, and what it was about ("sound", "text", "")."""
    verbs = [item for item in clause if item.kind == VERB and item.form != "of"]
    verb = verbs[-1] if verbs else None
    phrases = phrases_of([item for item in clause if item is not verb])
    about = _about(phrases) or spoken_of
    for phrase in phrases:
        phrase.items = [i.as_(sense(i.english, about)) if i.kind == VERB else i for i in phrase.items]
    for phrase, after in pairwise(phrases):
        if phrase.role == "at" and phrase.is_a(AMOUNT) and after.role == "until":
            phrase.role = "from"
        if phrase.role == "from" and phrase.is_a(AMOUNT) and after.is_a(AMOUNT) and after.role in ("into", "at"):
            after.role = "until"  # 8秒から11秒に
    if not phrases and verb is None:
        return [], spoken_of
    things = [item for phrase in phrases for item in phrase.items if item.kind in (THING, TYPED)]
    if spoken_of == "clip" and verb and len(things) == 1 and things[0].english == "sound":
        return [verb.as_("mute it")], spoken_of
    if any(item.kind == TYPED or "clip" in item.english for item in things):
        about = about if about in ("sound", "text") else "clip"
    said = [item for item in ordered(verb, phrases, about) if item.english or item.kind in (QUOTE, TYPED)]
    return to_black(said), about


def _about(phrases: Sequence[Phrase]) -> str:
    for phrase in phrases:
        for item in phrase.items:
            if item.english in SOUNDS:
                return "sound"
            if item.english in TEXT:
                return "text"
    return "else" if any(p.is_a(THING) for p in phrases) else ""
