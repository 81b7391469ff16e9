"""Answers to questions that change nothing: what can be said, which genres, moods and instruments there are."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from reelscore.converse.examples_here import here
from reelscore.values.command import CommandEntry, Said
from reelscore.values.timeline import Timeline
from reelscore.values.vocabulary import Vocabulary

MOST_NAMES = 400
_GROUPS: dict[str, Said] = {
    "clips": Said("clips", "片段"),
    "time": Said("time and speed", "时间与速度"),
    "sound": Said("sound", "声音"),
    "text": Said("text", "文字"),
    "picture": Said("picture", "画面"),
    "transitions": Said("transitions", "转场"),
    "beat": Said("to the beat", "卡点"),
    "music": Said("music", "音乐"),
}
_ACTIONS: tuple[Said, ...] = (
    Said("export", "导出"),
    Said("undo", "撤销"),
    Said("redo", "重做"),
    Said("versions", "版本"),
    Said("status", "状态"),
    Said("genres", "有哪些风格"),
)


def is_topic(topic: str, commands: Mapping[str, CommandEntry]) -> bool:
    """Is it a command's name, or that of a group of them?"""
    plain = topic.strip().lower()
    return plain.replace(" ", "_").replace("-", "_") in commands or any(
        plain in (group, title.en, title.zh) for group, title in _GROUPS.items()
    )


def help_on(
    topic: str,
    commands: Mapping[str, CommandEntry],
    language: str,
    timeline: Timeline = Timeline(),  # noqa: B008
) -> tuple[str, ...]:
    """What can be said of this timeline: on one command, on a group, or a line for each group."""
    return tuple(here(line, timeline) for line in _help_on(topic, commands, language))


def _help_on(topic: str, commands: Mapping[str, CommandEntry], language: str) -> tuple[str, ...]:
    zh = language == "zh"
    plain = topic.strip().lower().replace(" ", "_").replace("-", "_")
    if plain in commands:
        entry = commands[plain]
        return (f"{entry.help.in_language(language)}{'：' if zh else ': '}{_said(entry, 3, zh)}",)
    for group, title in _GROUPS.items():
        if plain and plain in (group, title.en.replace(" ", "_"), title.zh):
            held = [entry for entry in commands.values() if entry.group == group]
            return tuple(f"{e.help.in_language(language)}{'：' if zh else ': '}{_said(e, 1, zh)}" for e in held)
    lines = ["可以这样说：" if zh else "You can say, for example:"]
    for group, title in _GROUPS.items():
        held = [entry for entry in commands.values() if entry.group == group]
        if held:
            shown = " | ".join(_said(entry, 1, zh) for entry in _spread(held, 3))
            lines.append(f"{title.in_language(language)}{'：' if zh else ': '}{shown}")
    words = " | ".join(said.in_language(language) for said in _ACTIONS)
    lines.append(f"{'还有' if zh else 'and'}{'：' if zh else ': '}{words}")
    if zh:
        lines.append("说“帮助 音乐”可查看更多。")
    else:
        lines.append('Say "help music" for more of one kind.')
    return tuple(lines)


def _said(entry: CommandEntry, most: int, zh: bool) -> str:
    shown = entry.examples[:most]
    return " | ".join(e.zh if zh else e.en for e in shown)


def _spread(entries: Sequence[CommandEntry], most: int) -> list[CommandEntry]:
    """Some of them, from all over."""
    step = max(1, len(entries) // most)
    return list(entries[::step][:most])


def names_of(kind: str, vocabulary: Vocabulary, language: str) -> str:
    """Every genre, mood or instrument by the name a person would say."""
    held: Iterable[tuple[str, tuple[str, ...]]] = {
        "genres": [(entry.title, entry.words) for entry in vocabulary.genres.values()],
        "moods": [(name, entry.words) for name, entry in vocabulary.moods.items()],
        "instruments": [(name, entry.words) for name, entry in vocabulary.instruments.items()],
    }[kind]
    zh = language == "zh"
    said = dict.fromkeys(_own(name, words) if zh else name.replace("_", " ") for name, words in held)
    titles = {
        "genres": Said("Genres", "风格"),
        "moods": Said("Moods", "情绪"),
        "instruments": Said("Instruments", "乐器"),
    }
    listed = ("、" if zh else ", ").join(list(said)[:MOST_NAMES])
    return f"{titles[kind].in_language(language)}{'：' if zh else ': '}{listed}"


def _own(name: str, words: tuple[str, ...]) -> str:
    """The first Chinese word for it."""
    return next((word for word in words if any("一" <= c <= "鿿" for c in word)), name.replace("_", " "))
