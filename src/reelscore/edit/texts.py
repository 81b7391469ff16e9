"""Writing on the picture: what the text commands share. Sizes are shares of the picture's height, places of both sides.

The sizes here are those of the styles as the renderer draws them, so that "twice as big" means that.
"""

from __future__ import annotations

from dataclasses import replace

from reelscore.edit.amounts import plain_length
from reelscore.edit.arguments import Arguments
from reelscore.edit.command import Choice, Noted, Param, Said
from reelscore.edit.film import FILM, film_length
from reelscore.edit.params import choice, length, moment
from reelscore.edit.refusals import refuse
from reelscore.edit.segments import on_frames
from reelscore.edit.tracks import fresh_ids, put_on, snapped
from reelscore.values.timeline import Canvas, Segment, Text, Timeline

MOST_LETTERS = 2000
STYLE_SIZES = {  # of the shorter side: on wide (and square) canvases, on tall ones
    "title": (0.105, 0.105),
    "subtitle": (0.052, 0.056),
    "lower_third": (0.05, 0.056),
    "caption": (0.05, 0.062),
    "chapter": (0.058, 0.058),
    "credit": (0.042, 0.042),
    "quote": (0.062, 0.068),
}
PLACES = {
    "top": (0.5, 0.14), "centre": (0.5, 0.5), "bottom": (0.5, 0.86), "left": (0.25, 0.5), "right": (0.75, 0.5),
    "top_left": (0.25, 0.14), "top_right": (0.75, 0.14), "bottom_left": (0.25, 0.86), "bottom_right": (0.75, 0.86),
    "upper_third": (0.5, 0.33), "lower_third": (0.5, 0.75),
}  # fmt: skip
PLACE = choice(
    "place", "where on the picture", "画面位置",
    Choice("top", ("at the top", "up"), ("顶部", "上方", "上面")),
    Choice("centre", ("center", "middle", "in the middle"), ("中间", "居中", "中央", "正中")),
    Choice("bottom", ("at the bottom", "down"), ("底部", "下方", "下面")),
    Choice("left", (), ("左", "左边", "左侧")),
    Choice("right", (), ("右", "右边", "右侧")),
    Choice("top_left", ("upper left",), ("左上", "左上角")),
    Choice("top_right", ("upper right",), ("右上", "右上角")),
    Choice("bottom_left", ("lower left",), ("左下", "左下角")),
    Choice("bottom_right", ("lower right",), ("右下", "右下角")),
    Choice("upper_third", (), ("上三分之一",)),
    Choice("lower_third", (), ("下三分之一",)),
)  # fmt: skip
STYLE = choice(
    "style", "which style", "样式",
    Choice("title", ("headline",), ("标题",)),
    Choice("subtitle", ("subheading",), ("副标题",)),
    Choice("lower_third", (), ("人名条",)),
    Choice("caption", ("captions",), ("字幕",)),
    Choice("chapter", ("section",), ("章节",)),
    Choice("credit", ("credits",), ("片尾", "演职员")),
    Choice("quote", ("quotation",), ("引语", "金句")),
)  # fmt: skip
ANIMATION_CHOICES = (
    Choice("fade", ("fading",), ("淡入淡出", "淡入", "淡出", "渐变")),
    Choice("rise", ("rise up", "from below"), ("上升", "从下往上")),
    Choice("fall", ("drop", "from above"), ("下落", "从上往下")),
    Choice("slide_left", ("slide", "slide in"), ("滑入", "向左滑动", "左滑")),
    Choice("slide_right", (), ("向右滑动", "右滑")),
    Choice("type", ("typewriter", "typing", "typed"), ("打字", "打字机", "逐字")),
    Choice("pop", ("bounce", "pop up"), ("弹出", "弹跳")),
    Choice("blur", (), ("模糊",)),
)
LOOKS = (
    PLACE,
    Param("colour", "colour", Said("colour of the letters", "文字颜色")),
    Param("size", "percent", Said("size, of the picture's height", "字号，占画面高度的百分比"), low=1, high=50),
    Param("font", "name", Said("a font family", "字体")),
    choice("animation", "how it comes and goes", "进出动画", *ANIMATION_CHOICES),
)


def style_size(style: str, canvas: Canvas) -> float:
    """How large the letters of a style are, of the picture's height."""
    wide, tall = STYLE_SIZES[style]
    return (tall if canvas.height > canvas.width else wide) * min(canvas.width, canvas.height) / canvas.height


def writing(duration: float, at: float = 0) -> tuple[Param, ...]:
    """The words, when, and how long."""
    return (
        Param("text", "text", Said("the words", "文字内容"), required=True),
        moment("at", "when it appears", "出现时间", default=at),
        length("duration", "how long it stays", "显示多久", default=duration),
    )


def write(timeline: Timeline, args: Arguments, style: str, track: str) -> Timeline | Noted:
    """The timeline with these words on it. Raises EditError for no words, or a moment after the film."""
    words = "\n".join(line for line in (args.text("text").strip(), _second(args)) if line)
    if not words or len(words) > MOST_LETTERS:
        form = Said(f"1 to {MOST_LETTERS} letters", f"1 到 {MOST_LETTERS} 个字")
        raise refuse("unreadable", name="text", value=words[:100], form=form)
    at, end = snapped(timeline, args.exact("at")), film_length(timeline)
    if not end:
        raise refuse("empty", what=Said("a clip", "片段"))
    if at >= end:
        raise refuse("after_the_end", at=plain_length(at), what=FILM, length=plain_length(end))
    duration = on_frames(min(args.exact("duration"), end - at), timeline.canvas.frame)
    x, y = PLACES[args.text("place")] if args.text("place") else (None, None)
    text = Text(words, style, colour=args.text("colour"), font=args.text("font"), x=x, y=y)
    if "size" in args:
        text = replace(text, size=round(args.number("size") / 100, 4))
    if args.text("animation"):
        text = replace(text, animation_in=args.text("animation"), animation_out=args.text("animation"))
    after = put_on(timeline, "text", at, Segment(next(fresh_ids(timeline)), duration, text=text), track)
    if duration < args.exact("duration") - timeline.canvas.frame:
        shown = plain_length(duration)
        return Noted(after, (Said(f"It stays {shown}: then the film ends.", f"只显示 {shown}：之后影片就结束了。"),))
    return after


def _second(args: Arguments) -> str:
    return args.text("second_line").strip()
