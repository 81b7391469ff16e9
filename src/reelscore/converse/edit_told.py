"""What an edit would do, told shortly in a question's answers: "set how loud something is (music, 30%)", 调整音量（音乐，30%）."""

from __future__ import annotations

import re

from reelscore.converse.scene import Scene
from reelscore.converse.tables import table
from reelscore.values.command import CommandEntry, Param, Plain, Said
from reelscore.values.message import Asked

_UNITS = {  # behind a number, by the kind of parameter: English, Chinese
    "seconds": (" s", "秒"), "moment": (" s", "秒"), "percent": ("%", "%"), "decibels": (" dB", "分贝"),
    "factor": ("x", "倍"), "degrees": ("°", "度"),
}  # fmt: skip
_OF_KIND = re.compile(r"(?P<all>all )?(?P<last>last )?(?P<kind>[a-z_ ]+?)s?(?: (?P<nth>\d{1,3}))?")


def edit_told(asked: Asked, entry: CommandEntry, scene: Scene) -> Said:
    """The command's own words, and its arguments as people call them."""
    title = Said(re.split(r"[;:.]", entry.help.en)[0], re.split(r"[；：。]", entry.help.zh)[0])
    params = {param.name: param for param in entry.params}
    held = [_value(params.get(name), value, scene) for name, value in asked.args if value is not None]
    told = [one for one in held if one is not None]
    if not told:
        return title
    return Said(f"{title.en} ({', '.join(t.en for t in told)})", f"{title.zh}（{'、'.join(t.zh for t in told)}）")


def _value(param: Param | None, value: Plain, scene: Scene) -> Said | None:
    words = str(value)[:80]
    if param is None or isinstance(value, bool):
        return param.help if param is not None and value else None
    if choice := next((one for one in param.choices if one.name == value), None):
        return Said((choice.en or (words.replace("_", " "),))[0], (choice.zh or (words,))[0])
    if param.kind in ("segment", "segments"):
        return _thing(words, scene)
    if isinstance(value, (int, float)):
        en, zh = _UNITS.get(param.kind, ("", ""))
        plain = f"{value:g}"
        return Said(f"{param.name.replace('_', ' ')} {plain}{en}", f"{plain}{zh}")
    return Said(words, words)


def _thing(words: str, scene: Scene) -> Said:
    """ "s3" by its name, "clip 2" as 片段 2."""
    if thing := scene.find(words):
        name = thing.segment.name or (thing.segment.text.content if thing.segment.text else words)
        return Said(name, name)
    found = _OF_KIND.fullmatch(words.lower())
    row = next((r for r in table("kinds").values() if found and r["as"] == found["kind"]), None)
    if found is None or row is None:
        return Said(words, words)
    kind = next((word for word in row["words"] if word > "\u3000"), found["kind"])
    zh = f"{'所有' if found['all'] else ''}{'最后一个' if found['last'] else ''}{kind}"
    return Said(words, f"{zh} {found['nth']}" if found["nth"] else zh)
