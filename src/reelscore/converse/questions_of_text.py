"""What is asked about texts: what a title shall say, what instead, and how it shall look."""

from __future__ import annotations

from collections.abc import Iterator

from reelscore.converse import patterns
from reelscore.converse.answers import options, words
from reelscore.converse.clause import Clause
from reelscore.converse.reading import TEXT_KINDS, Reading, target
from reelscore.values.command import Plain, Said, Step
from reelscore.values.message import Option, Question


def text_to_write(c: Clause) -> Question | None:
    kind = next((m.kind for m in c.mentions if m.kind in ("title", "subtitle", "lower_third", "text")), None)
    credits = c.has("end_credits")
    alone = patterns.search(
        r"^\s*(?:now |and |also )?(?:a|some|the)? ?(?:title|captions?|text|headline|subtitles?)(?: please| pls)?[.! ]*$",
        c.text,
    )
    if not (kind or credits) or c.quotes or not c.scene.clips or not (c.has("add") or alone):
        return None
    command = "title" if kind in (None, "text") else kind
    if command not in c.known.commands or (kind and c.has("change_text") and c.scene.of("text") and not c.has("add")):
        return None
    named = c.scene.timeline.title or c.scene.of("clip")[0].segment.name or "Untitled"
    name = named[:1].upper() + named[1:]
    values = [(name, f"“{name}”", f"“{name}”"), ("The End", "“The End”", "“The End”")]
    return Question(Said("What should it say?", "要写什么？"), options(str(command), "text", values))


def words_instead(c: Clause) -> Question | None:
    """换个标题, 编辑字幕: which words instead?"""
    spoken = c.mention("title", "subtitle", "lower_third", "text") or patterns.search(r"文案", c.text)
    changing = patterns.search(r"(?:换|编辑|修改|更换|改|变)(?:个|一?下|一个|改|换|变)?", c.text)
    texts = c.scene.of("text")
    if not (spoken and changing and texts) or c.quotes or words(c) > 6 or c.quantities or c.colours:
        return None
    if patterns.search(r"颜色|字体|位置|地方|样式|大小|字号|动画|效果|风格", c.text):
        return None
    which = target(c, TEXT_KINDS) or texts[0].segment.id
    now = next((t.segment.text.content for t in texts if t.segment.id == which and t.segment.text), "")
    values: list[tuple[Plain, str, str]] = [
        (words, f"“{words}”", f"“{words}”") for words in ("The End", "Thank you", now) if words
    ]
    return Question(
        Said("What should it say instead?", "改成什么字？"), options("change_text", "text", values, which=which)
    )


_ANOTHER = (
    r"\s*(?:(?:ok|hm+|and|but|maybe|please|can (?:you|we|i)|could (?:you|we)|try|use|give (?:it|me)|i'?d like|i want|with|in|it needs|make it|have|change (?:the|its)|the|its|,) ?)*(?:(?:an?|some|the) )?"
    r"(?:(?:other|another|different|nicer|better|new|prettier|more (?:elegant|modern|beautiful)|second|change) )?(?:(?:text|title|letter|subtitle) )?"
    r"(?:(?P<font>fonts?|typefaces?|lettering)|(?P<colour>colou?rs?)|(?P<place>positions?|places?|spots?)|(?P<animation>animations?))"
    r"(?: (?:please|pls|for (?:the|that|this|my) (?:title|text|subtitles?|captions?|words)|for it|instead|maybe|of (?:the|that) (?:title|text|subtitles?)|could be (?:nicer|better)|is (?:ugly|boring|not nice|too plain)))*[?.! ]*"
)


def another_look(c: Clause) -> Question | None:
    """标题换个颜色, 换个字体, "another font", "nicer font please": which one?"""
    named = c.mention(*TEXT_KINDS)
    touched = c.touched.segment.id if c.touched is not None and c.touched.role == "text" else None
    if not c.scene.of("text") or c.quotes or c.quantities or c.colours or words(c) > 9 or not (named or touched):
        return None
    found = patterns.fullmatch(_ANOTHER, c.text) if c.text.isascii() else None
    asks_zh = patterns.search(r"(?:换|编辑|修改|更换|改|变)(?:个|一?下|一个|改|换|变|种|成)?|别的|其他", c.text)
    if found is None and not (asks_zh and patterns.search(r"颜色|字体|位置|地方|动画", c.text)):
        return None
    which = target(c, TEXT_KINDS) if named else touched
    what = next((name for name, said in found.groupdict().items() if said), "") if found else ""
    return _look_of_text(c, what, which)


def _look_of_text(c: Clause, what: str, which: str | None) -> Question | None:
    """The question for what shall be another."""
    if "颜色" in c.text or what == "colour":
        colours: list[tuple[Plain, str, str]] = [
            ("yellow", "yellow", "黄色"),
            ("white", "white", "白色"),
            ("red", "red", "红色"),
        ]
        return Question(Said("Which colour?", "换成什么颜色？"), options("text_style", "colour", colours, which=which))
    if patterns.search(r"位置|地方", c.text) or what == "place":
        places: list[tuple[Plain, str, str]] = [
            ("top", "at the top", "顶部"),
            ("centre", "in the middle", "居中"),
            ("bottom", "at the bottom", "底部"),
        ]
        return Question(Said("Where to?", "放到哪里？"), options("text_position", "place", places, which=which))
    if what == "font" or ("字体" in c.text and not patterns.search(r"手写|衬线|宋体|黑体|等宽|圆体|楷体", c.text)):
        fonts: list[tuple[Plain, str, str]] = [
            ("serif", "elegant, with serifs", "宋体（衬线）"),
            ("handwritten", "handwritten", "手写体"),
            ("monospace", "like a typewriter's", "等宽（打字机）"),
        ]
        now = next((t.segment.text.font for t in c.scene.of("text") if t.segment.id == which and t.segment.text), "")
        fonts = [font for font in fonts if font[0] != now]
        return Question(Said("Which font?", "换成什么字体？"), options("text_style", "font", fonts, which=which))
    if "动画" in c.text or what == "animation":
        kinds: list[tuple[Plain, str, str]] = [
            ("fade", "fade in", "淡入"),
            ("slide", "slide in", "滑入"),
            ("type", "typed", "打字机"),
        ]
        return Question(Said("Which animation?", "用哪种动画？"), options("text_animation", "kind", kinds, which=which))
    return None


_LEGIBLE = (
    r"\s*(?:(?:ok|hm+|and|but|so|,) ?)*(?:(?:can|could|will|would|do) (?:people|they|you|anyone|anybody|everyone|everybody|viewers|one|the audience|i|we|my \w+)(?: actually| really| even| still| properly| all)* (?:read|make out)(?: (?:that|it|this|them|the \w+))?(?: (?:properly|well|ok|now|there|like (?:this|that)|on (?:a |the )?(?:phones?|mobile|small screens?)))*"
    r"|(?:it |that )?(?:(?:the|my|our) )?\w+ (?:should|must|has to|have to|needs? to) be (?:able to read (?:it|that|this|them)|readable|legible)(?: too| as well| easily| from (?:the )?(?:back|far away))*"
    r"|(?:is|are) (?:it|that|this|they|the \w+)(?: even| really| actually| still)? (?:readable|legible|easy to read|hard to read|(?:big|large) enough(?: to (?:read|be read))?)(?: (?:now|there|like this|on (?:a |the )?phones?))*)[?.! ]*"
    r"|(?:那|这样|现在|,)*(?:这?个?(?:字幕?|标题|文字)|大家|别人|观众|手机上|这个|这)*(?:的话)?(?:能|可以|会)?(?:不能)?(?:看|读)得?(?:清楚?|懂|见|出来)(?:楚)?(?:吗|么|不|呢)+[?。]*|(?:那|这样|现在|,)*(?:这?个?(?:字幕?|标题|文字)|大家|别人|观众|手机上|这个)*(?:看得清|能看清|清不清楚|看不看得清|能不能看清)(?:楚)?(?:吗|么|呢)?[?。]*"
)


def legible(c: Clause) -> Question | None:
    """ "can people read that?", 字幕能看清吗: what would make it easier to read, where there is a text."""
    texts = c.scene.of("text")
    if not texts or c.quotes or words(c) > 14 or patterns.fullmatch(_LEGIBLE, c.text) is None:
        return None
    touched = c.touched if c.touched in texts else None
    which = target(c, TEXT_KINDS, pronouns=False) or (touched or texts[-1]).segment.id
    given = ("which", which)
    return Question(
        Said("I cannot see it as people do. Shall it be easier to read?", "我无法替观众判断。要让它更容易看清吗？"),
        (
            Option(Said("half as large again", "字大一半"), (Step("text_style", (given, ("bigger", 1.5))),)),
            Option(Said("a dark box behind it", "加深色底框"), (Step("text_style", (given, ("box", "black"))),)),
            Option(Said("leave it as it is", "保持原样"), ()),
        ),
    )


def read(c: Clause) -> Iterator[Reading]:
    """Whether it can be read, asked back."""
    if (question := legible(c)) is not None:
        yield Reading((), 0.975, question=question)
