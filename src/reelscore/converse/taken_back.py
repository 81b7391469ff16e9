"""What goes back in the conversation: "put it back", 删错了, "start over", "go back to calm", "what did I just do?".

All of it is told from the message alone and from whether there was an edit before (`words/followups.toml`).
What names a version by a number or in quotes is read in `readers/actions.py`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from reelscore.converse import patterns
from reelscore.converse.clause import Clause
from reelscore.converse.numbers import value_of
from reelscore.converse.patterns import compiled
from reelscore.converse.readers.shapes import shape_said
from reelscore.converse.reading import Reading, action
from reelscore.converse.tables import table
from reelscore.values.command import Said, Step
from reelscore.values.message import Action, Asked, Option, Question

_LONGEST = 70
_REGRETTED = Question(
    Said("Shall the last change be taken back?", "要撤销上一步吗？"),
    (Option(Said("undo it", "撤销"), (Action("undo"),)), Option(Said("leave it as it is", "不改动"), ())),
)
_MUSIC = ("change_music", "generate_music", "regenerate_music", "vary_music")


def read(c: Clause) -> Iterator[Reading]:
    """An undo, a version, or what was changed."""
    text = c.text.strip()
    if not text or len(text) > _LONGEST or c.quotes:
        return
    if _said("start", text) is not None:
        yield action("restore", 0.98, version=1)
        return
    if _said("so_far", text) is not None:
        yield action("diff", 0.975, a=1)
        return
    if _said("lately", text) is not None:
        yield action("diff", 0.97)
    steps = c.context.steps
    if steps and _removed(steps[-1]) and compiled(_BACK).search(text) and _said("returned", text) is not None:
        yield action("undo", 0.972)
        return
    if steps and isinstance(steps[-1], Action) and steps[-1].name == "export" and _said("halt", text) is not None:
        yield action("cancel", 0.985)
        return
    whole = len(text.strip(" .!")) >= len(c.plain.text.strip(" .!"))  # "hm, no, undo" says what shall be
    if steps and whole and _said("regretted", text) is not None:
        yield Reading((), 0.97, question=_REGRETTED)
        return
    if _said("approved", text) is not None:
        yield action("thank", 0.972)
        return
    if steps and _undone(text):
        back = isinstance(steps[-1], Action) and steps[-1].name == "undo" and compiled(_BACK).search(text)
        yield action("redo" if back else "undo", 0.97)  # "put it back" after an undo is what was undone
    elif (named := _said("named", text)) is not None and (name := _name(c, named)):
        number = value_of(name) if len(name) > 1 else None  # "version two", but "version A"
        yield action("restore", 0.96, version=int(number) if number is not None and number == int(number) else name)


_BACK = r"(?<![a-z])(?:back|restore|un-?delete|recover)(?![a-z])|回|恢复|还原|留|别删"


def _removed(last: Asked) -> bool:
    return isinstance(last, Step) and last.command.startswith(("remove", "ripple_delete", "cut_"))


def _undone(text: str) -> bool:
    """Is the last edit unwanted: said alone, or after what is wrong with it ("ugh, no, put it back")?"""
    if _said("undone", text) is not None or compiled(table("followups")["unhappy"]["worse"]).match(text):
        return True
    parts = [part.strip() for part in _PARTS.split(text) if part.strip()]
    if len(parts) < 2 or (_said("undone", parts[-1]) is None and not _BACK_AGAIN.fullmatch(parts[-1])):
        return False
    return all(_said("unhappy", part) is not None or _said("undone", part) is not None for part in parts[:-1])


_PARTS = re.compile(
    r"[,.;!?，。；！？]+|(?<![a-z])(?:so|and)(?= (?:please |just |let'?s )*(?:undo|revert|go back|roll))"
)
_BACK_AGAIN = re.compile(  # after what is wrong
    r"(?:(?:please|just|ok|let'?s|can (?:you|we)|could (?:you|we)|then|i'd rather) )*(?:undo|revert|go back|roll back|step back)(?: (?:it|that|this|one|a step|one step|again|please|to (?:how|what|the way) it was|to (?:before|the last (?:one|version))|before))*"
    r"|(?:请|帮我|给我|就|还是|那)*(?:撤销|撤回|退回|撤|退)(?:一步|上一步|去|来)*(?:吧|了)*"
)


def _said(section: str, text: str) -> re.Match[str] | None:
    if not patterns.may_hold_any(tuple(table("followups")[section]["any"]), text):
        return None
    return next((m for entry in table("followups")[section]["any"] if (m := patterns.match(entry, text))), None)


def _name(c: Clause, match: re.Match[str]) -> str | None:
    """The version's name as it was typed; None where the words mean something else."""
    group = next(key for key, value in match.groupdict().items() if value)
    words = match[group].strip()
    held = [name for name in c.context.versions if name.lower().startswith(words) and name.lower() in c.text]
    if held:
        return max(held, key=len)  # "rough cut" is called so
    if compiled(table("followups")["named"]["not_names"]).match(words) or words.endswith(
        ("再来", "重来", "再写", "再做")
    ):
        return None
    plainly = compiled(r"(?<![a-z])(?:version|cut|edit)(?![a-z])|版").search(match[0])
    if not plainly and (c.quantities or c.colours or any(m.kind not in ("pronoun",) for m in c.mentions)):
        return None
    last = next((asked for asked in reversed(c.context.steps) if isinstance(asked, Step)), None)
    if not plainly and last and ((last.command in _MUSIC and c.wishes) or _chosen(c, last)):
        return None
    if shape_said(words) is not None:
        return None  # "go back to widescreen"
    at = c.text.find(words, match.start(group))
    whole = _CUT.match(c.text, at + len(words)) if not c.text[:at].endswith(("the ", "my ")) else None
    return c.said(at, whole.end() if whole else at + len(words)).strip() or None


_CUT = re.compile(r" (?:cut|edit)(?= ?(?:$|[.,;!]|again|please))")  # "rough cut" is a name


def _chosen(c: Clause, last: Step) -> bool:
    """Are the words a choice of the last edit: "go back to warm"?"""
    entry = c.known.commands.get(last.command)
    return entry is not None and any(c.choice(param) for param in entry.params if param.choices)
