"""Spanish, French, German and Portuguese into English: their order is near, and what differs is put right.

Amounts and times are gathered ("del segundo 3 al 5", `amounts.py`), comparisons made and adjectives put where English has
them (`west_nouns.py`), pronouns behind the verb, and a verb that comes last, or in two pieces as in German, to the front
(`west_verbs.py`).
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from reelscore.converse.foreign.amounts import amounts_of
from reelscore.converse.foreign.conjugation import PREFIXES, folded
from reelscore.converse.foreign.items import (
    AMOUNT,
    DEGREE,
    IDLE,
    LOOK,
    MORE,
    PLACE,
    QUOTE,
    SIGN,
    SOUND,
    TEXTS,
    THING,
    TYPED,
    VERB,
    Item,
    made_so,
    to_black,
)  # fmt: skip
from reelscore.converse.foreign.west_meant import LIGHT
from reelscore.converse.foreign.west_nouns import compared, nouns, plain
from reelscore.converse.foreign.west_told import asked_for, only_told, stated, wished
from reelscore.converse.foreign.west_verbs import verb_first
from reelscore.converse.foreign.west_words import MODAL, NEG, PRONOUN, SMALL, items_of, words_of


def put_in_english(text: str, language: str) -> list[Item]:
    """The items of the message in English order."""
    items = _prefixed(items_of(text, language), text, language)
    items = _its(amounts_of(_exchanged(stated(items, text, language))))
    said: list[Item] = []
    about = ""
    for clause, joint in asked_for(_clauses(items)):
        ordered, about = _said(clause, about)
        said += ordered
        if joint is not None:
            said.append(joint)
    return made_so(said)


def _exchanged(items: list[Item]) -> list[Item]:
    """ "statt A soll da B stehen": A becomes B."""
    quoted = [n for n, item in enumerate(items) if item.kind == QUOTE]
    for n, m in pairwise(quoted):
        if n and items[n - 1].english == "instead of":
            end = next((k for k in range(m + 1, len(items)) if items[k].kind == SIGN), len(items))
            begin = items[n - 1]
            verb = Item(VERB, "change", begin.start, begin.end)
            return [*items[: n - 1], verb, items[n], items[m].before("to"), items[m], *items[end:]]
    return items


def _prefixed(items: list[Item], text: str, language: str) -> list[Item]:
    """German verbs in two pieces: "schneide die Musik weg" > wegschneiden."""
    if language != "de":
        return items
    verbs = words_of("de").verbs
    made = list(items)
    for n, item in enumerate(items):
        word = folded(text[item.start : item.end])
        if word not in PREFIXES or made[n].kind == QUOTE:
            continue
        after = items[n + 1] if n + 1 < len(items) else None
        announced = after is not None and after.kind == QUOTE and after.start > item.end + 1  # "blende ... ein: Hallo"
        if (after is not None and after.kind not in (SIGN, SMALL) and not announced) or (
            after is not None and after.kind == SMALL and after.english not in ("and", "then")
        ):
            continue
        for k in range(n - 1, -1, -1):
            if items[k].kind == SIGN or made[k].english in ("and", "then"):
                break
            if items[k].kind == VERB and (english := verbs.get(word + items[k].form)):
                made[k] = items[k].as_(english)
                made[n] = Item(IDLE, "", item.start, item.end)
                break
            if items[k].kind == VERB:
                break
        else:
            k = -1
        verbless = not any(one.kind == VERB for one in made[max(k, 0) : n])
        if verbless and made[n].english in ("away", "off"):
            made[n] = Item(VERB, "remove" if item.english == "away" else "mute|turn off", item.start, item.end)
    return [item.as_("make") if item.kind == VERB and not item.english else item for item in made]


def _its(items: list[Item]) -> list[Item]:
    """An article that no noun follows is a pronoun: "agrandis-le", "la puedes bajar"."""
    made: list[Item] = []
    for n, item in enumerate(items):
        after = items[n + 1] if n + 1 < len(items) else None
        if item.english == "excess" and made and made[-1].kind == LOOK:
            if len(made) > 1 and made[-2].english == "be":
                made[-2] = Item(SMALL, "is too", made[-2].start, made[-2].end)
            else:
                made.insert(-1, Item(SMALL, "is too", made[-1].start, made[-1].start))
            continue
        late = [one.english for one in items[n + 1 : n + 3]]
        if item.english == "fade in" and late == ["and", "at the end"]:
            item = item.as_("fade at the start")
        if item.english == "with" and made and made[-1].english == "photo" and after is not None:
            item = item.as_("of" if after.english == "the" else "with")  # "das Foto mit dem Kuchen"
        if item.english == "voice" and made and made[-1].english == "without":
            item = item.as_("vocals")
        if item.english == "reverse the order of the clips" and after is not None and after.english.startswith("of"):
            item = Item(VERB, "swap", item.start, item.end)
        if item.english == "everything" and after is not None and after.english == "the":
            item = Item(SMALL, "all", item.start, item.end)  # "tout le texte"
        if item.kind == SMALL and after is not None:
            if item.english == "this" and after.kind in (PLACE, LOOK, MORE, AMOUNT, "comparing"):
                item = Item(VERB, "be", item.start, item.end)
            elif item.english == "the" and after.kind == AMOUNT and after.form in ("bpm", "percent", "times"):
                item = item.as_("to")
        if (
            item.kind == SMALL
            and item.english == "the"
            and (
                after is None
                or after.kind in (SIGN, VERB, DEGREE, MORE, PLACE, "comparing")
                or (after.kind == SMALL and after.english not in ("all", "double", "half"))
            )
        ):
            before = made[-1] if made else None
            if (before is not None and before.kind in (VERB, MODAL, NEG)) or (
                after is not None and after.kind == VERB and after.english not in LIGHT
            ):
                item = Item(PRONOUN, "it", item.start, item.end)
        made.append(item)
    return made


def _clauses(items: list[Item]) -> list[tuple[list[Item], Item | None]]:
    """The clauses, with what joins them: a sign, or "and" where a verb stands on both sides of it."""
    made: list[tuple[list[Item], Item | None]] = []
    now: list[Item] = []
    for n, item in enumerate(items):
        if item.kind == SIGN:
            made.append((now, item))
            now = []
        elif (
            item.kind == MODAL
            and wished(now)
            and n + 1 < len(items)
            and items[n + 1].kind == NEG
            and only_told(_rest(items, n + 1))
        ):
            made.append((now, Item(SIGN, ",", item.start, item.end)))
            now = []
        elif item.english == "and" and n + 1 < len(items) and items[n + 1].english == "then":
            continue
        elif item.english == "and" and _unread(now) and wished(_rest(items, n + 1)[:1]):
            made.append((now, Item(SIGN, ".", item.start, item.end)))
            now = []
        elif (
            item.kind == SMALL
            and item.english in ("and", "then", "and then", "but")
            and wished(now)
            and wished(_rest(items, n + 1))
        ):
            made.append(
                (now, item.as_({"then": ", then", "and then": ", then", "but": ", but"}.get(item.english, "and")))
            )
            now = []
        else:
            now.append(item)
    made.append((now, None))
    return [(clause, joint) for clause, joint in made if clause or joint is not None]


def _rest(items: Sequence[Item], start: int) -> list[Item]:
    rest: list[Item] = []
    for item in items[start:]:
        if item.kind == SIGN or (item.kind == SMALL and item.english in ("and", "then")):
            break
        rest.append(item)
    return rest


def _unread(items: Sequence[Item]) -> bool:
    """Is there no verb that is known, but a word that may be one?"""
    kinds = {item.kind for item in items}
    return VERB not in kinds and TYPED in kinds and QUOTE not in kinds


def _said(clause: list[Item], about: str) -> tuple[list[Item], str]:
    about = _about(clause) or about
    clause = [item for item in clause if item.kind not in (MODAL,) and (item.english or item.kind in (QUOTE, TYPED))]
    clause = compared(clause, about)
    clause = nouns(clause)
    clause = to_black(verb_first(clause, about))
    return [plain(item, about) for item in _articles(clause)], about


def _articles(clause: list[Item]) -> list[Item]:
    """One article where two would stand, "yet" at the end, and fades over a stretch, not in it."""
    fades = any(item.english.startswith("fade") for item in clause)
    made: list[Item] = []
    for n, item in enumerate(clause):
        after = clause[n + 1].english if n + 1 < len(clause) else ""
        if item.english == "the" and made and made[-1].english == "without":
            continue
        if fades and item.english == "in the" and after in SOUND:
            item = item.as_("of the")
        if item.english == "a" and after.startswith("fade"):
            continue
        splits = any(one.english == "split" for one in clause)
        if after == "half" and item.kind == SMALL and not splits:
            item = item.as_("to" if item.english in ("in", "in the", "to the", "at the") else item.english)
        if after.startswith("to ") and item.kind == SMALL and clause[n + 1].kind == PLACE:
            continue
        if after.startswith(("the ", "clip ")) and item.kind == SMALL:
            item = item.as_(item.english.removesuffix("the").strip())
        if (
            fades
            and item.english in ("in", "for", "to", "at")
            and after.startswith(("the first", "the last"))
            and clause[n + 2 : n + 3]
            and clause[n + 2].kind == AMOUNT
        ):
            item = item.as_("over")
        if item.english or item.kind in (QUOTE, TYPED):
            made.append(item)
    yet = [item for item in made if item.english == "yet" and item.kind == IDLE]
    return [item for item in made if item not in yet] + yet


def _about(clause: Sequence[Item]) -> str:
    for item in clause:
        if item.kind == THING:
            return "sound" if item.english in SOUND else "text" if item.english in TEXTS else "else"
    return ""
