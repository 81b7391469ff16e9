"""What is asked about texts: what a title shall say, what instead, and how it shall look."""

from __future__ import annotations

from reelscore.converse import patterns
from reelscore.converse.answers import options, words
from reelscore.converse.clause import Clause
from reelscore.converse.reading import TEXT_KINDS, target
from reelscore.values.command import Plain, Said
from reelscore.values.message import Question


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
        return _look_of_text(c)
    which = target(c, TEXT_KINDS) or texts[0].segment.id
    now = next((t.segment.text.content for t in texts if t.segment.id == which and t.segment.text), "")
    values: list[tuple[Plain, str, str]] = [
        (words, f"“{words}”", f"“{words}”") for words in ("The End", "Thank you", now) if words
    ]
    return Question(
        Said("What should it say instead?", "改成什么字？"), options("change_text", "text", values, which=which)
    )


def _look_of_text(c: Clause) -> Question | None:
    """标题换个颜色, 字幕换个位置: which one?"""
    which = target(c, TEXT_KINDS)
    if "颜色" in c.text:
        colours: list[tuple[Plain, str, str]] = [
            ("yellow", "yellow", "黄色"),
            ("white", "white", "白色"),
            ("red", "red", "红色"),
        ]
        return Question(Said("Which colour?", "换成什么颜色？"), options("text_style", "colour", colours, which=which))
    if patterns.search(r"位置|地方", c.text):
        places: list[tuple[Plain, str, str]] = [
            ("top", "at the top", "顶部"),
            ("centre", "in the middle", "居中"),
            ("bottom", "at the bottom", "底部"),
        ]
        return Question(Said("Where to?", "放到哪里？"), options("text_position", "place", places, which=which))
    if "字体" in c.text and not patterns.search(r"手写|衬线|宋体|黑体|等宽|圆体|楷体", c.text):
        fonts: list[tuple[Plain, str, str]] = [
            ("serif", "serif", "宋体（衬线）"),
            ("handwritten", "handwritten", "手写体"),
        ]
        return Question(Said("Which font?", "换成什么字体？"), options("text_style", "font", fonts, which=which))
    if "动画" in c.text:
        kinds: list[tuple[Plain, str, str]] = [
            ("fade", "fade in", "淡入"),
            ("slide", "slide in", "滑入"),
            ("type", "typed", "打字机"),
        ]
        return Question(Said("Which animation?", "用哪种动画？"), options("text_animation", "kind", kinds, which=which))
    return None
