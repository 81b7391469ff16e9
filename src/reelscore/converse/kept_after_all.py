"""Second thoughts about what was just cut, with another wish behind them: "no wait keep it, just speed it up", 算了别删,
静音就行. The cut is taken back, and the rest of the message is about what was cut.
"""

from __future__ import annotations

import re

from reelscore.values.command import Step
from reelscore.values.message import Asked, Context

_KEPT = re.compile(
    r"\s*(?:(?:no|nah|wait|actually|hm+|oh|ok(?:ay)?|sorry|hang on|hold on|on second thoughts?)[,. ]+)*"
    r"(?:keep|leave|don'?t (?:cut|delete|remove|trim|split|touch|drop|lose)) (?:it|that|this|that one|this one)(?: in| there| after all| though)*(?:[,.;!]+| and| but)+(?: (?:and|but|just|rather|instead))* (?=\S)"
    r"|\s*(?:算了|哦|不|那|先|还是|就|等等|[,，。 ])*(?:别|不要|先别|不用)(?:删|剪|砍|切|去|裁)(?:掉|了|它)*(?:吧|了)*[,，。 ]+(?:就|还是|改成|只要)?(?=\S)",
    re.IGNORECASE,
)
_CUTS = ("remove", "remove_text", "ripple_delete", "trim", "split", "cut_first", "cut_last", "keep_range")


def kept_after_all(message: str, context: Context) -> tuple[str, str, str] | None:
    """The wish behind, what was cut as the cut named it ("": nothing was named), and its kind; None where the message
    says something else, or the last edit cut nothing."""
    last = context.steps[-1] if context.steps else None
    if not isinstance(last, Step) or last.command not in _CUTS or (said := _KEPT.match(message)) is None:
        return None
    which = str(dict(last.args).get("which") or "")
    kind = "text" if last.command == "remove_text" else which if which in ("music", "voice") else "clip"
    return message[said.end() :], which, kind


def of_it(asked: Asked, which: str, kind: str) -> Asked:
    """How long it shall be is said of what was cut, and not of the film, which does not hold it while this is read."""
    if not isinstance(asked, Step) or asked.command != "fit_duration" or not which or "to" not in dict(asked.args):
        return asked
    command = "text_duration" if kind == "text" else "trim"
    return Step(command, (("which", which), ("to", dict(asked.args)["to"])))
