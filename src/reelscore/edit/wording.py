"""Changes in words, English and Chinese: "music: volume 80% -> 35%", "音乐：音量 80% → 35%".

One clause per subject; equal changes of several subjects share one ("3 clips: filters none -> warm"). What only moved
because something before it changed is left out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from fractions import Fraction

from reelscore.edit.amounts import COLOURS, percent_of_db, plain_length, plain_number, plain_span
from reelscore.edit.names import CHOICES, PLAYERS, PROPERTIES, REQUESTS, ROLES, SWITCHES, WISHES
from reelscore.edit.texts import PLACE, PLACES
from reelscore.values.command import Change, Held, Subject
from reelscore.values.time import Span

_MOST_CLAUSES = 12


def in_words(changes: Iterable[Change], language: str = "en") -> str:
    """All that matters of these changes in one line; "nothing changed" where nothing does."""
    clauses = worded(changes, language)
    zh = language == "zh"
    if not clauses:
        return "没有变化" if zh else "nothing changed"
    if len(clauses) > _MOST_CLAUSES:
        rest = len(clauses) - _MOST_CLAUSES
        clauses = (*clauses[:_MOST_CLAUSES], f"另有 {rest} 处变化" if zh else f"and {rest} more changes")
    return ("；" if zh else "; ").join(clauses)


def worded(changes: Iterable[Change], language: str = "en") -> tuple[str, ...]:
    """One clause per subject, in the order of the changes."""
    zh = language == "zh"
    shown = [change for change in changes if not change.follows]
    by_subject: dict[Subject, list[Change]] = {}
    for change in shown:
        by_subject.setdefault(change.subject, []).append(change)
    groups: dict[tuple[object, ...], list[Subject]] = {}
    for subject, own in by_subject.items():
        groups.setdefault(_likeness(subject, own), []).append(subject)
    clauses: list[str] = []
    for subjects in groups.values():
        own = by_subject[subjects[0]]
        clauses += [_clause(subjects, own, zh)]
    return tuple(clause for clause in clauses if clause)


def _likeness(subject: Subject, own: list[Change]) -> tuple[object, ...]:
    """Subjects of one kind to which the same happens are told together; what came or went is so by its kind."""
    if own[0].property in ("added", "removed"):
        alone = subject.role == "text" or subject.kind == "request"
        return (subject.kind, subject.role, own[0].property, subject.id if alone else "")
    return (subject.kind, subject.role, *((c.property, c.before, c.after) for c in own))


def _clause(subjects: list[Subject], own: list[Change], zh: bool) -> str:
    first, subject = own[0], subjects[0]
    if subject.kind == "transition":
        return _transition(subjects, own, zh)
    if subject.kind == "request":
        return _request(subject, own, zh)
    if first.property in ("added", "removed"):
        return _came_or_went(subjects, first, zh)
    parts = [part for change in own if (part := _part(change, zh))]
    if not parts:
        return ""
    return f"{_who(subjects, zh)}{'：' if zh else ': '}{('，' if zh else ', ').join(parts)}"


def _came_or_went(subjects: list[Subject], change: Change, zh: bool) -> str:
    place = change.after if change.property == "added" else change.before
    verb = {"added": ("added", "添加"), "removed": ("removed", "移除")}[change.property][zh]
    if len(subjects) > 1:
        return f"{verb} {_who(subjects, zh)}"
    where = plain_span(place) if isinstance(place, Span) else plain_length(place) if isinstance(place, Fraction) else ""
    who = _who(subjects, zh)
    if zh:
        return f"{verb}{_apart(who)}（{where}）"
    return f"{verb} {who} ({where})"


def _transition(subjects: list[Subject], own: list[Change], zh: bool) -> str:
    kind = next((change for change in own if change.property == "kind"), None)
    length = next((change for change in own if change.property == "duration"), None)
    who = _who([Subject("segment", s.id, s.label, s.role) for s in subjects], zh)
    words: list[str] = []
    if kind:
        words.append(f"{_choice(kind.before or 'cut', zh)} {'→' if zh else '->'} {_choice(kind.after or 'cut', zh)}")
    if length:
        words.append(_arrow(length, zh) if length.before is not None else _value(length.after, length.unit, zh))
    return f"进入{_apart(who)}：{'，'.join(words)}" if zh else f"into {who}: {', '.join(words)}"


_OF_PLAYERS = ("instruments", "with", "without", "louder", "quieter")


def _request(subject: Subject, own: list[Change], zh: bool) -> str:
    kind = REQUESTS[subject.role][zh]
    if own[0].property == "removed":
        return f"不再等待：{kind}" if zh else f"no longer: {kind}"
    wishes = [subject.label] if subject.label else []
    for change in own[1:]:
        value = str(change.after)
        if change.property in ("duration", "start", "end"):
            value = plain_length(Fraction(value))
        if zh and change.property in _OF_PLAYERS:
            value = "、".join(PLAYERS.get(who, who) for who in value.split(", "))
        wishes.append(WISHES.get(change.property, ("{}", "{}"))[zh].format(_choice(value, zh)))
    if zh:
        return kind + (f"（{'，'.join(wishes)}）" if wishes else "")
    return kind + (f" ({', '.join(wishes)})" if wishes else "")


def _who(subjects: list[Subject], zh: bool) -> str:
    subject = subjects[0]
    role = subject.role if subject.kind == "segment" else subject.kind
    en, many, chinese, counter = ROLES.get(role, ROLES["segment"])
    if len(subjects) > 1:
        return f"{len(subjects)} {counter}{chinese}" if zh else f"{len(subjects)} {many}"
    if subject.kind == "marker":
        return f"{chinese}{_apart(subject.label)}" if zh else f"{en} {subject.label}".strip()
    if subject.role == "text":
        return f"“{subject.label}”" if zh else f'"{subject.label}"'
    if subject.label.startswith("#"):
        return f"{chinese} {subject.label[1:]}" if zh else f"{en} {subject.label[1:]}"
    return subject.label or (chinese if zh else en)


def _apart(words: str) -> str:
    """Latin letters and digits stand apart from Chinese ones."""
    return f" {words}" if words[:1].isascii() else words


def _part(change: Change, zh: bool) -> str:
    if change.unit == "hidden":
        return "已重写" if zh else "rewritten"
    if change.unit == "switch" and change.property in SWITCHES:
        on, off, on_zh, off_zh = SWITCHES[change.property]
        return (on_zh if zh else on) if change.after else (off_zh if zh else off)
    en, chinese = PROPERTIES[change.property]
    name = chinese if zh else en
    return f"{name}{' ' if name else ''}{_arrow(change, zh)}"


def _arrow(change: Change, zh: bool) -> str:
    unit = "place" if change.property == "text_position" else change.unit
    before, after = (_value(value, unit, zh) for value in (change.before, change.after))
    return f"{before} {'→' if zh else '->'} {after}"


def _choice(value: object, zh: bool) -> str:
    return CHOICES.get(str(value), (str(value).replace("_", " "), str(value)))[zh]


def _filters(value: str, zh: bool) -> str:
    worded = []
    for each in value.split(", "):
        name, _, amount = each.partition(" ")
        worded.append(f"{_choice(name, zh)} {amount}".strip())
    return ("、" if zh else ", ").join(worded)


def _pan(value: float, zh: bool) -> str:
    if not value:
        return "居中" if zh else "centre"
    side = ("左" if value < 0 else "右") if zh else ("left" if value < 0 else "right")
    return f"{side} {plain_number(abs(value) * 100, 0)}%"


_WAYS = {"across": ("left", "right", "左", "右"), "down": ("up", "down", "上", "下")}  # below 0, above 0


def _moved(share: float, unit: str, zh: bool) -> str:
    way = _WAYS[unit][2 * zh + (share > 0)]
    return f"{way} {plain_number(abs(share) * 100, 1)}%"


_NUMBERS: dict[str, Callable[[float], str]] = {
    "gain": lambda v: f"{plain_number(percent_of_db(v), 1)}%",
    "percent": lambda v: f"{plain_number(v, 1)}%",
    "share": lambda v: f"{plain_number(v * 100, 1)}%",
    "factor": lambda v: f"{plain_number(v)}x",
    "decibels": lambda v: f"{plain_number(v, 1)} dB",
    "lufs": lambda v: f"{plain_number(v, 1)} LUFS",
    "degrees": lambda v: f"{plain_number(v)}°",
    "fps": lambda v: f"{plain_number(v)} fps",
}


_NAMED: dict[str, dict[str, tuple[str, str]]] = {  # as people call it, where it has a name
    "colour": {
        held[0]: (name, next((word for word in held[1:] if word.endswith("色")), held[-1]))
        for name, held in COLOURS.items()
        if len(held) > 1
    },
    "font": {
        "handwritten": ("handwritten", "手写体"),
        "serif": ("serif", "衬线体"),
        "sans-serif": ("sans-serif", "无衬线体"),
        "monospace": ("monospace", "等宽字体"),
    },
    "position": {"50% 50%": ("centre", "中间")},
    "place": {
        f"{x * 100:.4g}% {y * 100:.4g}%": (choice.name.replace("_", " "), choice.zh[0])
        for choice in PLACE.choices
        for x, y in (PLACES[choice.name],)
    },
}


def _value(value: Held, unit: str, zh: bool) -> str:
    none = "无" if zh else "none"
    if isinstance(value, bool):
        return ("是" if value else "否") if zh else ("yes" if value else "no")
    if value is None or value == "":
        return ("默认" if zh else "default") if unit in ("position", "place", "colour", "share") else none
    if isinstance(value, Span):
        return plain_span(value)
    if isinstance(value, (int, float, Fraction)):
        if unit == "seconds":
            return plain_length(Fraction(value))
        if unit == "pan":
            return _pan(float(value), zh)
        if unit in _WAYS:
            return _moved(float(value), unit, zh)
        return _NUMBERS.get(unit, plain_number)(float(value))
    if unit == "text":
        value = " / ".join(value.split("\n"))
        short = value if len(value) <= 60 else f"{value[:57]}..."
        return f"“{short}”" if zh else f'"{short}"'
    if unit == "filters":
        return _filters(value, zh)
    if unit in _NAMED:
        return _NAMED[unit].get(value, (value, value))[zh]
    return _choice(value, zh) if unit == "choice" else value


def colour_in_words(colour: str, zh: bool = False) -> str:
    """ "#fdd835" as yellow, 黄色; as it is where it has no name."""
    return _value(colour, "colour", zh)


def font_in_words(font: str, zh: bool = False) -> str:
    """A generic font by its name, 手写体; a family as it is called."""
    return _value(font, "font", zh)


def place_in_words(x: float, y: float, zh: bool = False) -> str:
    """A centre on the picture (shares of width and height): "bottom", "30% 40%"."""
    return _value(f"{x * 100:.4g}% {y * 100:.4g}%", "place", zh)
