"""One clause, read by every family and from the commands' own tables; the best reading wins.

What is forbidden ("don't export yet") is read too, and kept apart.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from reelscore.converse import followups, generic, patterns, touched
from reelscore.converse.clause import Clause, once
from reelscore.converse.complained import put_right
from reelscore.converse.complained_zh import put_right_zh
from reelscore.converse.each_its_own import each_its_own
from reelscore.converse.families import READERS
from reelscore.converse.normalise import blanked
from reelscore.converse.placed import there, without_place
from reelscore.converse.player_places import at_its_time, of_the_music
from reelscore.converse.questions import SURE
from reelscore.converse.readers import music_within
from reelscore.converse.readers.levels import of_a_look
from reelscore.converse.readers.parts import of_a_thing
from reelscore.converse.readers.removing import of_bars
from reelscore.converse.readers.spans import scoped
from reelscore.converse.reading import Reading
from reelscore.converse.sieves import Sieve
from reelscore.converse.within import counted_within
from reelscore.converse.wondering import answered, answered_besides, asked_back, considered, wonders
from reelscore.values.command import Step
from reelscore.values.message import Action

LEAST = 0.45  # a reading below this is a guess, and no guess is carried out


LEANING = 0.25  # what staying with the last edit's subject adds where the words leave it open
STANDS = 0.6  # a clause after a weak joint stands for itself from here on


@dataclass(frozen=True, slots=True)
class Read:
    """A clause and its best reading; `held`: said not to be done."""

    clause: Clause
    best: Reading | None
    others: tuple[Reading, ...]
    held: bool = False


def read_clause(clause: Clause, first: bool = False) -> Read:
    """All readings of a clause, the best first."""
    if LEFT_ALONE.fullmatch(clause.text):
        after = list(followups.excepted(clause)) if first else []  # of what was done before: "but leave the lake alone"
        return Read(clause, after[0], tuple(after)) if after else Read(clause, None, (), True)
    withheld = _withheld(clause)
    inner = _cut_away(withheld or clause)
    if (placed := without_place(inner)) is not None:
        again, sound, span = placed
        read = read_clause(again, first)
        if read.best and not read.held and (made := there(read.best, sound, span)) is not None:
            return replace(read, best=made, others=(made,), held=withheld is not None)
    if withheld is None and (timed := at_its_time(inner)) is not None:
        read = read_clause(timed, first)
        if of_the_music(inner, read.best) and not read.held:
            return replace(read, clause=clause)
    if withheld is None and (wish := put_right(inner) or put_right_zh(inner)) is not None:
        read = read_clause(wish)
        if read.best and read.best.score >= STANDS and not read.held:
            return replace(read, clause=clause)
    if (thought := considered(inner)) is not None and (best := (meant := read_clause(thought)).best) is not None:
        if (asked := asked_back(inner, best)) is not None:
            return Read(inner, asked, (asked,))
        if not inner.text.isascii():
            return meant  # 要不要加个标题: nothing is turned down
    found = [reading for reading in _readings(inner) if _known(reading, clause)]
    found += [reading for reading in generic.read(inner) if not _whole_for_part(reading, inner)]
    if _LOOK_OF_IT.search(inner.text):
        found = [reading for reading in found if not _takes_text(reading)]
    if LEFT_ALONE.fullmatch(inner.text):
        return Read(inner, None, (), True)
    if wonders(inner):
        whole = len(inner.text.strip(" ?!.")) >= len(inner.plain.text.strip(" ?!."))
        found += followups.read(inner) if first else ()
        told = answered(inner, found) if whole else answered_besides(inner, found)
        return Read(inner, *_first(told)) if told else Read(inner, None, (), True)
    if first or not inner.span[0]:
        found = [touched.staying(reading, inner) for reading in found]
    if first:
        found = [followups.leaning(reading, inner) for reading in found]
        found += followups.read(inner)
    found = [r for r in found if r.score >= LEAST]
    if found and max(r.score for r in found) < SURE:
        found = [_leaning(r, inner) for r in found]
    found.sort(key=lambda r: -r.score)
    if found and (
        inner.quantities
        or "半" in inner.text
        or " half" in inner.text
        or " of the " in inner.text
        or len(inner.mentions) > 1
    ):
        found[0] = counted_within(inner, scoped(inner, found[0]))
    if found:
        found = music_within.within(inner, found)
        found[0] = each_its_own(inner, found[0])
    return Read(inner, found[0] if found else None, tuple(found), withheld is not None)


@once
def _readings(c: Clause) -> Iterator[Reading]:
    """What each family of readers reads."""
    for reader in READERS:
        yield from reader(c)


def _cut_away(c: Clause) -> Clause:
    """ "cut the intro", "cut the music and the title": a thing that is cut, and nothing of it, is taken away."""
    if (bare := _OUT.fullmatch(c.text)) is not None and not _fades_before(c):
        said, held = bare["thing"] or bare["first"], c.mentions
        if len(held) == 1 and held[0].things and held[0].kind not in _NOT_CUT and held[0].things[0].role in _SEEN:
            text = blanked(c.text, held[0].start, held[0].end)
            if not said:  # "the client hates the badge. gone."
                return c.reworded(f"bin {c.text[held[0].start : held[0].end]}".ljust(len(c.text)), 0)
            if _NOTHING_MORE.fullmatch(text, *bare.span("thing" if bare["thing"] else "first")):
                return c.reworded(f"bin {said}".ljust(len(c.text)), 0)
    found = _CUT.match(c.text)
    if found is None or c.quotes or c.quantities or not c.mentions or _EVERY.search(c.text):
        return c
    if _CUT_HOW.match(c.plain.text, c.span[1]):
        return c
    rest = list(c.text)
    for m in c.mentions:
        if m.kind in _NOT_CUT or not m.things or (m.bare and len(m.things) > 1 and m.kind in ("clip", "image")):
            return c
        rest[m.start : m.end] = " " * (m.end - m.start)
    if not _NOTHING_MORE.fullmatch("".join(rest[found.end() :])):
        return c
    verb = found.start("verb")
    return c.reworded(f"{c.text[:verb]}{'bin':{len(found['verb'])}}{c.text[found.end('verb') :]}", 0)


def _fades_before(c: Clause) -> bool:
    """ "fade the first clip in and | the last one out": is the clause before of a fade?"""
    last = c.around.before[-1] if c.around.before else None
    return isinstance(last, Step) and last.command in ("fade_in", "fade_out")


_EVERY = re.compile(r"(?<![a-z])(?:every(?!thing (?:after|before|behind|past|following))| all )")
_CUT = Sieve(
    re.compile(
        r"\s*(?:(?:please|pls|just|now|then|and|also|so|ok|can you|could you|lets?|let's|i want to|i'd(?: rather| just)?|i would|we(?:'d| should| could| can)|you (?:can|could|should)|maybe|,) ?)*(?P<verb>cut|skip) (?:out |over )?"
    )
)
_OUT = Sieve(
    re.compile(  # "first clip out", "out with the drone"
        r"\s*(?:(?:please|pls|and|then|so|now|also|ok)[ ,]+)*(?:(?P<thing>[^,.;]{2,40}?) (?P<end>out|gone)(?: please| pls| then)*|out with (?P<first>[^,.;]{2,40})|[^,.;!]{2,40}[,.;!]+ (?:just )?(?:gone|out|away))[ .!]*"
    )
)
_SEEN = ("clip", "overlay", "text")
_CUT_HOW = re.compile(r"[ ,]*(?:in|into|to|at|by|down|from|until|after|before|on|off) ")  # "cut the beach, in half"
_NOTHING_MORE = re.compile(
    r"(?:[ ,.!?]|the|my|that|this|those|and|also|clip|shot|part|bit|completely|entirely|altogether|please|pls|thanks?|now|from it)*"
)
_NOT_CUT = ("film", "all", "own", "audio", "pronoun", "other", "spared", "transition", "marker", "filter")


LEFT_ALONE = Sieve(
    re.compile(  # "leave everything as it is" asks for nothing
        r"\s*(?:please |just |and |but |so |ok,? |let'?s )*(?:leave|keep) (?:the same length|[^,.;]{1,40} (?:as (?:it|they|that|this) (?:is|are|was|were)|alone|untouched|unchanged|the same|like (?:that|this)|how (?:it|they) (?:is|are)))(?: please| now| for now)?[.! ]*"
        r"|\s*(?:and |but |so |ok,? )*(?:the |all the )?(?:rest|others?|everything else|other (?:ones|clips|photos))(?: of (?:it|them))? (?:(?:can |should |may )?(?:stays?|remains?)|(?:is|are) (?:fine|ok|good|perfect))(?: the same| as (?:it|they) (?:is|are)| as is| like (?:that|this)| where (?:it|they) (?:is|are))?[.! ]*"
        r"|\s*(?:please |just |and |but |so |ok,? )*(?:don'?t|do not|never|without) (?:touch(?:ing)?|chang(?:e|ing)|alter(?:ing)?|mess(?:ing)? with) (?:anything|(?:the|my|our) [^,.;]{1,30}?)(?: itself| at all| though| please)?[.! ]*"
        r"|[^,。;把将]{1,12}?(?:声音?|原音|音乐|旁白|字幕|标题)(?:就|都|先|还是|也)*(?:留着|保留|别动|不动|照旧)(?:就行|就好|就可以|吧|了)*|(?:就)?(?:保留|留着?|用)原(?:声|音|来的声音)(?:就行|就好|即可|就可以|吧|了)*|原[声音](?:(?:就|都)?(?:留着|保留)|(?=就[行好]|可以))(?:就行|就好|就可以|可以|吧|了)*|第[一二三四五六七八九十\d]+[段个张条](?:就|先)?留着(?:吧|。)*|(?:其他|其它|其余|剩下|余下|别|另外)的?(?:片段|部分|内容|都|全部?|先|就)*(?:别动|不动|不变|别改|不改|不用[动改管]|不要[动改]|保持(?:不变|原样)|照旧|别管|原样|(?:就|还)?(?:是|用|按)?(?:原速|正常速度|原来的速度|原来那样))(?:就行|就好|吧|了|。)*"
    )
)


def _first(found: list[Reading]) -> tuple[Reading, tuple[Reading, ...]]:
    best = max(found, key=lambda r: r.score)
    return best, tuple(found)


def _leaning(reading: Reading, clause: Clause) -> Reading:
    """What stays with the last edit's subject is likelier where the words leave it open ("even darker")."""
    last = next((asked for asked in reversed(clause.context.steps) if isinstance(asked, Step)), None)
    if last is None or reading.score >= SURE or not reading.asked or len(clause.text) > 30:
        return reading
    subject = last.command
    if subject == "generate_music" and clause.scene.composed and sum(not w.idle for w in clause.wishes) < 2:
        subject = "change_music"  # "a bit darker" is about the music just written
    same = [asked for asked in reading.asked if isinstance(asked, Step) and asked.command == subject]
    return replace(reading, score=min(0.94, reading.score + LEANING)) if same else reading


def _whole_for_part(reading: Reading, clause: Clause) -> bool:
    """Would a thing be removed, or made quieter, where only a part or the look of it is spoken of?"""
    names = [asked.command for asked in reading.asked if isinstance(asked, Step)]
    if "volume" in names and of_a_look(clause):
        return True
    return bool({"remove", "ripple_delete"} & set(names)) and (of_a_thing(clause) or of_bars(clause))


def _takes_text(reading: Reading) -> bool:
    return any(isinstance(asked, Step) and asked.command == "remove_text" for asked in reading.asked)


_LOOK_OF_IT = Sieve(
    re.compile(  # "remove the yellow colour from the title"
        r"(?<![a-z])(?:colou?rs?|bold|italics?|font|shadow|outline|animation|box|background)(?: of| from| on| in)(?: the| my| this| that)? [a-z]|(?:的|标题|字幕|文字|人名条)(?:颜色|字体|阴影|描边|动画|底框)"
    )
)


def _known(reading: Reading, clause: Clause) -> bool:
    return all(isinstance(asked, Action) or asked.command in clause.known.commands for asked in reading.asked)


_NOT_WITHHELD = re.compile(
    r"^(?:嗯|哦|那|就|先|还是|,|，| )*不用(?:了|啦|咯|谢谢|谢|多谢|你|就这样|吧|,|，|。|！|!| )*$|(?:don'?t|do not) (?:show|bring|start|play|have|let|display|put|reveal) [^,.;]{1,40} (?:until|till|before) |(?:wait|hold off) with [^,.;]{1,40} (?:until|till|before) |don'?t (?:want|need|like|see|hear|have|know|think|let|forget|crop|keep|finish|complete|go on with|carry on with)|do not (?:want|need)|(?:别|不用|不必)再?(?:渲染|导出|生成|弄|做|搞|写|谱|作)(?:曲|歌)?了|不用[^,。;加删剪改调换动导放做弄]{1,10}[那这]一?[段个张条首句]了|不[用要](?:背景音乐|音乐|配乐|bgm|字幕|标题|旁白|配音|水印|转场|滤镜|特效)了|without (?!export|render|chang|delet|remov|touch|mov|add|cutt|ask|my|check)|never ?mind"
)


def _withheld(clause: Clause) -> Clause | None:
    """The rest of "don't ...", 先别..., as a clause; None where nothing is forbidden."""
    match = clause.find("withhold")
    if match is None or _NOT_WITHHELD.search(clause.text) or _left_out(clause) or _no_player(clause):
        return None
    if match.start() > 24:
        return _forbidden(clause, match)
    lead = clause.text[: match.start()].strip(" ,.")
    topic = _topic(clause, match.start())
    if topic and (rest := clause.text[match.end() :]).strip(" ,.!。了吧哦啊呢"):
        blank = clause.text[topic : match.end()]
        return clause.reworded(
            clause.text[:topic] + " " * len(blank) + _OPEN_END.sub(lambda m: " " * len(m[0]), rest), 0
        )
    if (
        lead
        and not _UNTIL.fullmatch(lead)
        and not patterns.fullmatch(
            r"(?:please|pls|but|and|so|ok(?:ay)?|just|also|you|we|i|for now|no+|wait|hold on|hang on|stop|hey|oh|whoa|hmm?|actually|sorry|first|let'?s|can|could|would|will|under no circumstances|whatever (?:you do|happens)|of course|make sure|be sure|to|it|the|video|film|请|但是?|不过|先|你|可以|那|就|现在|暂时|也|还|无论如何|不管怎样|反正|记得|注意|,|，| )+",
            lead,
        )
    ):
        return _forbidden(clause, match)
    rest = patterns.sub(
        r"(?<![a-z])(?:yet|just yet|for now|anything)(?![a-z])|呢$|了$",
        lambda m: " " * len(m[0]),
        clause.text[match.end() :],
    )
    return clause.reworded(patterns.sub(r"exporting", "export   ", rest), match.end())


_AN_ACT = re.compile(
    r" (?:remove|delete|mute|cut|trim|drop|export|render|replace|move|crop|silence|kill|bin|shorten|touch|change)(?![a-z])|(?:再|把)?(?:删|去掉|去除|静音|剪|裁|移除|关掉|导出|渲染|换掉|拿掉|砍)"
)
_ORDERED = re.compile(
    r"(?<![a-z])(?:make|add|put|set|turn|mute|cut|delete|remove|export|fade|speed|slow|trim)(?![a-z])|[把将加调]|还是|算了"
)


def _forbidden(clause: Clause, match: re.Match[str]) -> Clause | None:
    """ "the music is mine so don't delete it", 湖那段也千万别删: what the verb right behind a prohibition does, whatever
    stands before it; None where that may be an order, or no such verb follows."""
    if _AN_ACT.match(clause.text, match.end()) is None or _ORDERED.search(clause.text, 0, match.start()):
        return None
    return clause.reworded(blanked(clause.text, match.start(), match.end()), 0)


def _left_out(clause: Clause) -> bool:
    """ "don't use the beach": what lies in the film shall go."""
    found = _USED.search(clause.text)
    used = [m for m in clause.mentions if m.things and all(t.role in ("clip", "music", "voice") for t in m.things)]
    return found is not None and len(used) == len(clause.mentions) == 1 and used[0].start - found.end() < 5


def _no_player(clause: Clause) -> bool:
    """千万别有那种碎镲: who shall not play is left out, and nothing is held back."""
    found = _PLAYS.search(clause.text) if clause.scene.music else None
    return found is not None and any(w.kind in ("instrument", "role") and w.start >= found.end() for w in clause.wishes)


_PLAYS = re.compile(r"(?:别|不要|甭)(?:有|用|放|带|出现|来|[打敲弹拉吹]|上(?!传|架)|进(?!行))")
_USED = re.compile(r"(?<![a-z])(?:don'?t|do not) (?:use|include) ")
_OPEN_END = re.compile(r"(?:了|呢|吧|哦|啊|哈)+[.!。~ ]*$")
_UNTIL = re.compile(  # 在法务确认之前, 没我同意, 等我看完先
    r"(?:但是?|不过|请|,|，|哎呀?|嗯|那个|你)*(?:.{0,16}(?:之前|以前|前|先|同意|说好|看完|确认|点头|再说|等会儿?|等等|等一下|过会儿?)|(?:谁|什么|哪个|哪段)?都|千万|可|一定|麻烦)[,，请 ]*(?:先|都|可|千万|暂时|你|还|也|其实|真的)*"
)


def _topic(clause: Clause, end: int) -> int:
    """Where the thing ends that stands before the prohibition (音乐|别静音, 标题|不用改); 0 where there is none."""
    if patterns.search(r"[\u4e00-\u9fff]", clause.text[end : end + 1]) is None:
        return 0
    named = [m for m in clause.mentions if m.end <= end and m.kind not in ("pronoun", "film", "all")]
    if len(named) != 1:
        return 0
    lead = patterns.fullmatch(r"[,，把将那就请但的这个段 ]*", clause.text[: named[0].start])
    gap = patterns.fullmatch(
        r"[,，的段]*(?:先|就|都|也|可|千万|暂时|你|请|还是|绝对|一定|万万|坚决|真的|其实|无论如何|还|所以)*\s*",
        clause.text[named[0].end : end],
    )
    return named[0].end if lead and gap else 0


def names_of(read: Read) -> list[str]:
    best = read.best
    return [a.name if isinstance(a, Action) else a.command for a in best.asked] if best and best.asked else [""]


def args_of(read: Read) -> dict[str, object]:
    return dict(read.best.asked[0].args) if read.best and read.best.asked else {}
