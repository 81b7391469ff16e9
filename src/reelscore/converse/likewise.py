"""One more thing of which the same is said: "the offer has to go, and so does the voice", "... and the voice too",
20% off得撤,配音也撤. The edits of the clause before, with this thing in the other's place."""

from __future__ import annotations

import re
from dataclasses import replace

from reelscore.converse.elided import OTHER_EDGE, of_an_edge
from reelscore.converse.one_clause import Read
from reelscore.converse.reading import Reading
from reelscore.values.command import Step

_LEAD = r"[ ,，]*(?:(?:and|also|plus|but|then|还有|以及)[ ,，]*)*"
_FORMS = (
    re.compile(
        rf"{_LEAD}(?:so (?:does|do|should|must|has|have|can|will|is|are|needs?|goes|go)|(?:the )?same (?:goes )?(?:for|with|to|on)|ditto(?: for)?|likewise(?: for)?) (?:the |my |our )?@(?: (?:clip|photo|shot|track))?[ .!]*"
    ),
    re.compile(
        rf"{_LEAD}(?:the |my |our )?@(?: (?:clip|photo|shot|track))?,? (?:too|as well|also|likewise|while you.?re at it|(?:together |along )?with (?:it|that)|along)[ .!]*"
    ),
    re.compile(
        rf"{_LEAD}@(?:那[段个条句行张]?)?(?:(?:也|同样)(?:要|得|给我|帮我|都|跟着|一起)*(?:一样|是|这样|如此|同样处理|同理|一起|跟着)|(?:跟着)?(?:一起|一块儿?|同步))(?:吧|了|的|。)*"
    ),
)
_GONE_ZH = re.compile(
    rf"{_LEAD}@(?:那[段个条句行张]?)?(?:也|同样|一起|一并)(?:要|得|给我|帮我|都|跟着)*(?:撤|不要|删|去|拿|清|移除|干|扔|砍|取消)(?:了|掉|走|下|除)*(?:吧|了|。)*"
)
_TAKING = ("remove", "remove_text", "ripple_delete")
_OF_TEXTS = ("text_style", "text_position", "text_animation", "text_duration", "change_text")


def likewise(before: Read, alone: Read) -> Read | None:
    """The piece as the same edits of another thing; None where it says anything else."""
    c = alone.clause
    named = [m for m in c.mentions if m.kind not in ("pronoun", "film", "all")]
    if before.best is None or before.held or len(named) != 1 or not named[0].things or c.quantities or c.quotes:
        return None
    steps = [one for one in before.best.asked if isinstance(one, Step)]
    one = named[0]
    drawn = f"{c.text[: one.start]}@{c.text[one.end :]}".strip()
    taken = all(step.command in _TAKING for step in steps)
    if not steps or len(steps) != len(before.best.asked):
        return None
    if not any(form.fullmatch(drawn) for form in _FORMS) and not (taken and _GONE_ZH.fullmatch(drawn)):
        return None
    text = one.things[0].role == "text"
    if steps[0].command.startswith(("cut_", "keep_")) and one.things[0].role not in ("clip", "overlay"):
        return None  # "cut the first two seconds, music too": with it
    if OTHER_EDGE.fullmatch(c.text.strip()) and of_an_edge(before.clause) is not None:
        return None  # "cut the first two seconds, last one too": the last second
    if not text and any(step.command in _OF_TEXTS for step in steps):
        return None
    heard = one.things[0].role in ("music", "voice", "sound", "audio")
    seen = ("which", "of", "colour") if heard and steps[0].command.startswith("fade_") else ("which",)
    whole = {tuple((key, value) for key, value in step.args if key not in seen) for step in steps}
    if len(whole) != 1 or len({step.command for step in steps}) != 1:
        return None
    command = ("remove_text" if text else "remove") if taken else steps[0].command
    made = Step(command, (("which", one.said or one.things[0].segment.id), *next(iter(whole))))
    reading = Reading((made,), 0.96)
    return replace(alone, best=reading, others=(reading,), held=False)
