"""Words taken back within a message: "30, actually 25%", "clip 2, I mean clip 3", 不对，第三个.

What follows the sign of a correction replaces the last thing of its kind before it. Where it is a request of its own,
it takes the place of the clause before. The result is a message to be read as if it had been said at once.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from itertools import islice

from reelscore.converse import patterns
from reelscore.converse.asked_instead import before_it, of_another, plainly, with_its_thing
from reelscore.converse.concepts import colour_pattern
from reelscore.converse.contrasted import taken_out, told_instead
from reelscore.converse.exchanged import Families, replaced, short
from reelscore.converse.mentions import mentions
from reelscore.converse.normalise import Plain
from reelscore.converse.patterns import compiled
from reelscore.converse.quotes import MARK, Quoted
from reelscore.converse.scene import Scene
from reelscore.converse.sieves import Sieve
from reelscore.converse.tables import table

MOST_SIGNS = 32  # of a correction that are looked at in one message


@cache
def _sign() -> re.Pattern[str]:
    held = table("joints")["correct"]
    en = "|".join(sorted(held["en"], key=len, reverse=True))
    zh = "|".join(sorted(held["zh"], key=len, reverse=True))
    lead = r"(?:[,.;!?(\s-]|…){1,24}(?:(?:uh+|um+|er+|oh|hm+|ah)[, ]+)*"
    return re.compile(
        rf"{lead}(?:(?:{en})(?![a-z'])(?:[,.!: -]+(?:{en})(?![a-z']))*)(?:[,.!: ]|-(?!\d))*|(?:[,.;!?。;!?(\s-]|…){{1,24}}(?:[啊哦呃嗯哎唉诶]+,?)?(?:{zh})(?:(?:[,: ]*)(?:{zh}))*[,.!:: ]*(?:(?:应该|就)?是(?!否|不是|不))?|(?:[哦啊呃嗯]不(?!是|对|要)|[,。;!? ]+[哦啊呃](?=是第)|不不+|呃,?等一下|口误|说错了)(?:是|对|应该是|,| )*|[,。 ]+(?:嗯+|呃+|唔)[, ]*(?=\d+%?(?:吧|好了|,|$))|[,啊哦 ]*不要[^,。要]{{1,6}}?(?<!不)要(?=[^,。]{{1,6}}$)"
    )


@cache
def opening() -> re.Pattern[str]:
    """The sign of a correction at the beginning of a message: it corrects the message before."""
    held = table("joints")["correct"]
    en = "|".join(sorted((w for w in held["en"] if w not in ("make it", "better", "wait")), key=len, reverse=True))
    zh = "|".join(sorted((w for w in held["zh"] if w not in ("改成", "还是")), key=len, reverse=True))
    return re.compile(rf"^\s*(?:(?:{en})(?![a-z'])[,.!: -]*)+|^\s*(?:(?:{zh})[,.!: ]*)+")


def settled(
    plain: Plain, quotes: tuple[Quoted, ...], scene: Scene, speaks: Callable[[str], bool], families: Families = ()
) -> str | None:
    """The message as it stands after its corrections; None where nothing is taken back.

    `speaks(text)` says whether a text is a request of its own; words of one of the `families` replace each other.
    """
    if (instead := _something_else(plain, scene)) is not None:
        return instead
    if (dropped := _dropped(plain)) is not None:
        return dropped
    if other := of_another(plain, scene):
        changed = replaced(plain, quotes, scene, *other, families)
        if changed is not None:
            return changed + plain.original[plain.at[other[2]] :]
    for match in _NOT.finditer(plain.text):  # "2x, not 2x, 1.5x"
        left, right = plain.text[: match.start()], plain.text[match.end() :]
        if at := told_instead(left, right):
            end = patterns.search(r"[.;!?](?=\s|$)|\n|,? (?:and )?then |[。;!?]|,(?=[\u4e00-\u9fff])", right[at:])
            stop = match.end() + at + (end.start() if end else len(right) - at)
            changed = replaced(plain, quotes, scene, match.start(), match.end() + at, stop, families)
            if changed is not None:
                return changed + plain.original[plain.at[stop] :]
    if late := _late().search(plain.text):  # "blue. hmm, green actually"
        changed = replaced(plain, quotes, scene, late.start(), late.start("said"), late.end("said"), families)
        if changed is not None:
            return changed
    for match in islice(_sign().finditer(plain.text), MOST_SIGNS):
        left, right = plain.text[: match.start()], plain.text[match.end() :]
        if not left.strip() or not right.strip(" .!?") or (match[0].strip() == "no" and _WITHOUT.search(left)):
            continue
        if ONLY_WRONG.fullmatch(left):
            continue  # 不对不对 我说的是采访那段静音: of the message before
        if (match[0].endswith("no ") and (_ABSENT.match(right) or _made_of(left, right, scene))) or (
            match[0].rstrip().endswith(("make that", "make it")) and _A_THING.match(right)
        ):
            continue  # "zoom into the lake, and make that clip warmer"
        if match[0].endswith("改成") and right.startswith("\ue000") and "\ue100" <= left.strip()[-1] <= "\ue6ff":
            continue  # 20% off改成“全场八折”,字大一点: other words for that text
        if match[0].endswith("我说的是") and (denial := _DENIED_ZH.fullmatch(left)) is not None:
            return f"不是{denial['of']},是{plain.original[plain.at[match.end()] :]}"
        if match[0].endswith("改成") and _LOOK_ZH.match(right) and not colour_pattern().search(left):
            continue  # 字号大一点,改成白底黑字: one look more
        end = patterns.search(r"[.;!?](?=\s|$)|[。\n]|,? (?:and )?then |然后|,再", right)
        rest = right[end.start() :] if end else ""
        said = right[: end.start()] if end else right
        if (at := told_instead(left, right)) and not (end and at > end.start()):
            changed = replaced(plain, quotes, scene, match.start(), match.end() + at, match.end() + len(said), families)
            if changed is not None:
                return changed + plain.original[plain.at[match.end() + len(said)] :] if rest else changed
        if (kept_left := taken_out(left, said)) is not None:
            return _typed(plain, left, kept_left) + plain.original[plain.at[match.end() + len(said)] :]
        if plainly(plain, match, said, scene) and speaks(instead := with_its_thing(plain, match, scene)):
            return f"{before_it(plain, match, speaks)} {instead}".strip()
        alike = () if match[0].endswith("no ") else families  # "fill the frame, no black bars"
        weak = patterns.fullmatch(
            r"\W*(?:make it|还是|改成|better|应该是|wait|no|不是|rather|let'?s make it)\W*", match[0].strip()
        )
        changed = replaced(plain, quotes, scene, match.start(), match.end(), match.end() + len(said), alike)
        if changed is not None and not (weak and not short(said)):
            return changed + plain.original[plain.at[match.end() + len(said)] :] if rest else changed
        asked = left.rstrip().endswith("?") or match[0].lstrip().startswith("?")  # "all caps? no. just bold"
        if weak and not asked:
            continue
        instead = with_its_thing(plain, match, scene)
        if speaks(instead):
            return f"{before_it(plain, match, speaks)} {instead}".strip()
    return None


ONLY_WRONG = re.compile(
    r"(?:(?:不对|不是|不不+|错了|[搞弄说打听]错了?|不|哎呀?|哦|啊|呃|等一?[等下])[啊呀吧啦,，。! ]*)+"
    r"|(?:(?:no|nope|oh|wait|sorry|oops|not (?:that|this)(?: one)?|wrong(?: (?:one|clip))?)[,.! ]*)+"
)
_DENIED_ZH = re.compile(r"[,哎哦诶不唉喂 ]*不是(?P<of>[^,。;!?\n是]{1,14}?)(?:啦|了|呀|啊)*")  # 不是标题啦,我说的是字幕
_LOOK_ZH = re.compile(r"[^,。]{0,4}(?:[黑白红黄蓝绿橙粉紫灰金银]色?[字底框边]|加粗|粗体|斜体|描边|阴影)")
_A_THING = re.compile(  # or what it shall do: "the cut is late, can you make it land on the beat"
    r"(?:clip|shot|photo|one|title|text|caption|subtitle|song|sound|part|bit|section|picture|scene|track|land|hit|fall|snap|sit|line up|look|sound|feel|match)(?![a-z])"
)
_MADE_OF = re.compile(r"(?<![a-z])(?:start|begin|open|end|finish|close|keep|use|show|only|just)(?:s|ing)?(?![a-z])")


def _made_of(left: str, right: str, scene: Scene) -> bool:
    """ "start with the hiking bit, no intro": of a film that is told by what is in it, a clip that is not."""
    named = mentions(right, scene)[:1] if _MADE_OF.search(left) else ()
    return bool(named) and named[0].start == 0 and not right.startswith("the ") and named[0].nth is None


_ABSENT = re.compile(  # "slower, warmer, no sound": one wish more, and nothing taken back
    r"(?:(?:own|original|other|extra|more|real|camera|raw|recorded|background) )*(?:music|sound|audio|text|titles?|captions?|subtitles?|subs|logo|animations?|effects?|transitions?|fades?|zoom|crossfades?|filters?|border|shadow|outline|vocals|drums|(?:black )?bars|background|movement|motion|noise|talking|watermark|grain)(?![a-z])"
)
_NOT = re.compile(
    r"(?<![,.;(-])[,.;(-]+ *(?=not )|(?<=\w) (?=not )|(?<![,。;!? ])[,。;!? ]+(?:等一?[等下]|[哦啊呃嗯哎]|不对|说错了?|,){0,4}(?=不是)"
)


def _typed(plain: Plain, left: str, kept: str) -> str:
    """What was typed for the left side without the stretch that `kept` lacks."""
    start = next((n for n, (a, b) in enumerate(zip(left, kept, strict=False)) if a != b), len(kept))
    gone = len(left) - len(kept)
    return plain.original[: plain.at[start]] + plain.original[plain.at[start + gone] : plain.at[len(left)]]


_WITHOUT = re.compile(  # "it should have no sound" takes nothing back
    r"(?<![a-z])(?:have|has|having|had|with|be|is|are|was|want|wants|need|needs|there'?s|add|get|gets|make|makes|should|use|of|or|and|in|say|says|leave|leaves|but|contain|contains|play|plays|put|give)$"
)


_NOT_DONE = Sieve(
    re.compile(  # 把lake删掉,等下,不删了,静音就好
        r"[,。;!? ]+(?:等一?[下等]|哎呀?|嗯|哦)?[, ]*(?:算了)?[, ]*(?:还是)?(?:先)?(?:(?:不|别)(?P<done>删|剪|加|换|改|裁|静音|调|放|移|倒放|加速)(?:掉)?(?:了|(?<=别[删剪加换改裁调放移]))|留着|保留)(?:吧)?[,。;!? ]+(?=\S)"
    )
)


def _something_else(plain: Plain, scene: Scene) -> str | None:
    """What is asked for instead of a request that is taken back, with its thing where none is named."""
    match = _NOT_DONE.search(plain.text)
    if match is None:
        return None
    done = match["done"] or next((verb for verb in "删去剪移" if verb in plain.text[: match.start()]), "")
    if not done or done not in plain.text[: match.start()]:
        return None
    left, rest = plain.text[: match.start()], plain.original[plain.at[match.end()] :]
    told = [m for m in mentions(left.replace(MARK, " "), scene) if m.kind not in ("pronoun", "all", "film")]
    named = [m for m in mentions(plain.text[match.end() :].replace(MARK, " "), scene) if m.things and not m.bare]
    cut = max((m.end() for m in compiled(r"[,。;!?]|然后|接着").finditer(left, 0, left.rindex(done))), default=0)
    head = plain.original[: plain.at[cut]]  # what was asked for before it stays
    if not told or named or told[-1].start < cut:
        return head + rest
    return f"{head}{plain.original[plain.at[told[-1].start] : plain.at[told[-1].end]]}{rest}"


_AT_THE_END = 200  # letters, in which it is said that nothing shall be done


def _dropped(plain: Plain) -> str | None:
    """ "delete the intro, actually don't": the last request, said not to be done."""
    held = table("joints")["dropped"]
    for lang, not_ in (("en", "don't "), ("zh", "别")):
        end = max(0, len(plain.text) - _AT_THE_END)
        if (match := compiled(held[lang]).search(plain.text, end)) and opening().sub(
            "", plain.text[: match.start()]
        ).strip(" ,.!"):
            left = plain.original[: plain.at[match.start()]]
            cut = max((m.end() for m in compiled(r"[.;!?。；] |,? then |然后").finditer(left)), default=0)
            return f"{left[:cut]}{not_}{left[cut:].lstrip()}"
    return None


@cache
def _late() -> re.Pattern[str]:
    """The sign of a correction after what is corrected."""
    return re.compile(
        r"[.,;!?]+ *(?:oh |hm+,? |um+,? |er,? |or |well,? )*(?:the )?(?P<said>[^.,;!?]{1,32}?),?"
        r" (?:actually|rather|i mean(?:t)?|sorry|i think|after all)[.! ]*$"
    )
