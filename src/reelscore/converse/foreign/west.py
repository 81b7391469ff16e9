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
    PHRASE,
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
from reelscore.converse.foreign.west_nouns import compared, nouns, plain
from reelscore.converse.foreign.west_verbs import LIGHT, verb_first
from reelscore.converse.foreign.west_words import MODAL, NEG, PRONOUN, SMALL, items_of, words_of


def put_in_english(text: str, language: str) -> list[Item]:
    """The items of the message in English order."""
    items = _prefixed(items_of(text, language), text, language)
    items = _its(amounts_of(_exchanged(_stated(items, text, language))))
    said: list[Item] = []
    about = ""
    for clause, joint in _asked_for(_clauses(items)):
        ordered, about = _said(clause, about)
        said += ordered
        if joint is not None:
            said.append(joint)
    return made_so(said)


_IS = {
    "es": ("esta", "estan", "es", "son", "suena", "suenan", "queda", "va"),
    "fr": ("est", "sont"),
    "de": ("ist", "sind"),
    "pt": ("esta", "ta", "estao", "tao", "e", "sao", "ficou", "ficaram"),
}
_MEASURED = (
    "loud/",
    "quiet/",
    "big/",
    "small/",
    "bright/",
    "dark/",
    "fast/",
    "slow/",
    "long/",
    "short/",
    "high/",
    "low/",
)


def _stated(items: list[Item], text: str, language: str) -> list[Item]:
    """ "la música está alta": what a thing is, said beside a wish, is too much of it."""
    made: list[Item] = []
    for n, item in enumerate(items):
        after = next((one for one in items[n + 1 : n + 3] if one.kind not in (DEGREE, IDLE)), None)
        thing = any(one.kind == THING for one in made)
        if folded(text[item.start : item.end]) in ("bajo", "baixo") and made and made[-1].english == "the":
            if after is None or after.kind in (SMALL, SIGN):
                item = Item(THING, "bass", item.start, item.end)  # "quita el bajo"
        much = after is not None and after.kind == LOOK and after.english.startswith(_MEASURED)
        if thing and much and folded(text[item.start : item.end]) in _IS[language]:
            made.append(Item(SMALL, "is too", item.start, item.end))
            continue
        if not (item.kind == DEGREE and made and made[-1].english == "is too"):
            made.append(item)
    return made


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
            and _wished(now)
            and n + 1 < len(items)
            and items[n + 1].kind == NEG
            and _only_told(_rest(items, n + 1))
        ):
            made.append((now, Item(SIGN, ",", item.start, item.end)))
            now = []
        elif item.english == "and" and n + 1 < len(items) and items[n + 1].english == "then":
            continue
        elif item.english == "and" and _unread(now) and _wished(_rest(items, n + 1)[:1]):
            made.append((now, Item(SIGN, ".", item.start, item.end)))
            now = []
        elif (
            item.kind == SMALL
            and item.english in ("and", "then", "and then", "but")
            and _wished(now)
            and _wished(_rest(items, n + 1))
        ):
            made.append(
                (now, item.as_({"then": ", then", "and then": ", then", "but": ", but"}.get(item.english, "and")))
            )
            now = []
        else:
            now.append(item)
    made.append((now, None))
    return [(clause, joint) for clause, joint in made if clause or joint is not None]


def _asked_for(clauses: list[tuple[list[Item], Item | None]]) -> list[tuple[list[Item], Item | None]]:
    """The clauses without those that only say how it is ("das braucht kein Mensch"), where another asks for something."""
    told = [_only_told(clause) for clause, _ in clauses]
    complained = any(
        item.kind == THING for (clause, _), only in zip(clauses, told, strict=True) if only for item in clause
    )
    asked = any(_wished(clause) for (clause, _), only in zip(clauses, told, strict=True) if not only)
    if not any(told) or not (asked or complained):
        return clauses
    made: list[tuple[list[Item], Item | None]] = []
    for n, ((clause, joint), only) in enumerate(zip(clauses, told, strict=True)):
        unheard = [item for item in clause if item.kind == THING]
        back = next((one for one, _ in clauses[n + 1 : n + 2] if any(i.english == _BACK for i in one)), None)
        if only and unheard and back is not None:  # "on n'entend plus la voix, remets-la"
            back[:] = [unheard[0] if item.kind == PRONOUN and item.english == "it" else item for item in back]
            continue
        if only and unheard and not any(item.kind == THING for one, _ in made for item in one):
            fault = next(
                (_UNPERCEIVED[item.english] for item in clause if item.english in _UNPERCEIVED), "is too quiet"
            )
            made.append(([*unheard[:1], Item(SMALL, fault, unheard[0].end, unheard[0].end)], joint))
        elif not only:
            made.append((clause, joint))
    return made


_BACK = "bring {} back"
_UNPERCEIVED = {"hear": "is too quiet", "read": "is too small", "see": "is too small"}


def _only_told(clause: Sequence[Item]) -> bool:
    """Is it a state of things: not heard, not needed, or of words that are not known and no order?"""
    verbs = {item.english for item in clause if item.kind == VERB}
    negated = any(item.kind == NEG for item in clause)
    if verbs & _UNPERCEIVED.keys() and verbs <= {*_UNPERCEIVED, *LIGHT}:
        return negated
    if any(item.kind in (THING, PLACE, LOOK, MORE, AMOUNT, QUOTE, MODAL, PHRASE, "comparing") for item in clause):
        return False
    unknown = [item for item in clause if item.kind == TYPED]
    if not unknown and verbs == {"be"}:
        return negated  # there is nothing
    if not unknown or any(not item.english.isalpha() for item in unknown):
        return False
    return negated if verbs else negated and any(item.kind == PRONOUN for item in clause)


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


def _wished(items: Sequence[Item]) -> bool:
    """Is something asked for: by a verb, by a fade, by how a thing shall look?"""
    if any(item.kind in (VERB, PHRASE) or item.english.startswith(("fade", "is too")) for item in items):
        return True
    return any(item.kind == THING for item in items) and any(item.kind in (LOOK, MORE, AMOUNT) for item in items)


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
