"""Why an edit is impossible and what would work, in English and Chinese. One table; the commands only name the case."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from reelscore.errors import EditError
from reelscore.values.command import Said

# case: (what happened, what would work, both in Chinese)
REFUSALS: dict[str, tuple[str, str, str]] = {
    "no_such_segment": (
        'Nothing on the timeline is called "{ref}".',
        "There is: {candidates}.",
        "时间线上没有“{ref}”。现有：{candidates}。",
    ),
    "empty": (
        "The timeline has nothing that fits.",
        "Add {what} first.",
        "时间线上还没有可用的内容。请先添加{what}。",
    ),
    "ambiguous": (
        '"{ref}" could be any of {count}.',
        "Say which: {candidates}.",
        "“{ref}”可能指 {count} 个中的任何一个。请说明是哪一个：{candidates}。",
    ),
    "wrong_kind": (
        "{label} cannot be used here: it must be {what}.",
        "There is: {candidates}.",
        "{label} 不能用在这里：需要{what}。现有：{candidates}。",
    ),
    "no_such_media": (
        'No file is called "{ref}".',
        "Known files: {candidates}.",
        "没有名为“{ref}”的文件。已有文件：{candidates}。",
    ),
    "no_such_track": (
        'No track is called "{ref}".',
        "There is: {candidates}.",
        "没有名为“{ref}”的轨道。现有：{candidates}。",
    ),
    "no_such_command": ('No edit is called "{ref}".', "{known}", "没有名为“{ref}”的编辑命令。{known}"),
    "no_such_param": (
        '{command} takes no "{ref}".',
        "It takes: {candidates}.",
        "{command} 没有参数“{ref}”。可用参数：{candidates}。",
    ),
    "missing": (
        "{command} needs {name}: {help}.",
        "For example: {example}.",
        "{command} 需要 {name}：{help}。例如：{example}。",
    ),
    "unreadable": (
        '{name} cannot be "{value}".',
        "Give {form}.",
        "{name} 不能是“{value}”。请给出{form}。",
    ),
    "outside": (
        "{name} cannot be {value}.",
        "It lies between {low} and {high}.",
        "{name} 不能是 {value}，范围是 {low} 到 {high}。",
    ),
    "no_such_choice": (
        '{name} cannot be "{value}".',
        "It is one of: {candidates}.",
        "{name} 不能是“{value}”。可选：{candidates}。",
    ),
    "after_the_end": (
        "{at} lies after the end: {what} lasts {length}.",
        "Give a time up to {length}.",
        "{at} 超出了结尾：{what}长 {length}。请给出不超过 {length} 的时间。",
    ),
    "nothing_left": (
        "That would leave nothing of {what}, which lasts {length}.",
        "Take away less than {length}.",
        "这样{what}就什么都不剩了（长 {length}）。请少剪一些，少于 {length}。",
    ),
    "no_source_left": (
        "{what} has only {length} of material.",
        "Ask for at most {length}, slow it down, or loop it.",
        "{what}的素材只有 {length}。请要求不超过 {length}，或放慢、循环它。",
    ),
    "backwards": (
        "A cut from {start} to {end} has no length.",
        "The end must come after the start.",
        "从 {start} 到 {end} 没有长度。结束时间必须晚于开始时间。",
    ),
    "at_the_edge": (
        "{at} is at the edge of {what}, so there is nothing to split.",
        "Give a time between {start} and {end}.",
        "{at} 正好在{what}的边缘，没有可分割的内容。请给出 {start} 与 {end} 之间的时间。",
    ),
    "nothing_there": (
        "There is no {what} at {at}.",
        "There is at: {candidates}.",
        "{at} 处没有{what}。有内容的时间：{candidates}。",
    ),
    "occupied": (
        "There is no room for {length} at {at}: {what} is there.",
        "Free until then: {candidates}.",
        "{at} 处放不下 {length}：那里有{what}。空闲：{candidates}。",
    ),
    "no_sound": (
        "{what} has no sound.",
        "These have: {candidates}.",
        "{what}没有声音。有声音的：{candidates}。",
    ),
    "no_picture": (
        "{what} has no picture.",
        "These have: {candidates}.",
        "{what}没有画面。有画面的：{candidates}。",
    ),
    "no_beats": (
        "There are no beats to cut to.",
        "Add or generate music first.",
        "没有可对齐的节拍。请先添加或生成音乐。",
    ),
    "no_cuts": (
        "There are no cuts between clips to move.",
        "Split a clip or add a second one first.",
        "没有可移动的剪辑点。请先分割片段或再添加一个片段。",
    ),
    "beats_far": (
        "No beat lies within {length} of a cut.",
        "Allow more, at most {most}.",
        "剪辑点前后 {length} 内没有节拍。可放宽到最多 {most}。",
    ),
    "no_music": (
        "There is no music on the timeline.",
        "Generate music or add a track first.",
        "时间线上还没有音乐。请先生成音乐或添加曲目。",
    ),
    "not_composed": (
        "{what} was not composed here, so it cannot be written again.",
        "Generate new music in its place, or change its volume, speed or length.",
        "{what}不是这里作曲的，无法重写。可以重新生成音乐，或调整音量、速度、长度。",
    ),
    "waiting": (
        "{what} is still being written.",
        "Wait for it, or undo the last music edit.",
        "{what}还在创作中。请等待完成，或撤销上一次音乐编辑。",
    ),
    "no_bars": (
        "Bars {ref} are not in the music: it has {count} bars.",
        "Give bars between 1 and {count}.",
        "音乐里没有第 {ref} 小节：共 {count} 小节。请给出 1 到 {count} 之间的小节。",
    ),
    "no_section": (
        'The music has no section "{ref}".',
        "It has: {candidates}.",
        "音乐里没有“{ref}”段落。现有：{candidates}。",
    ),
    "loudness_unknown": (
        "How loud {what} is has not been measured yet.",
        "Set its volume in percent or dB instead.",
        "还没有测量{what}的响度。请改用百分比或 dB 设置音量。",
    ),
    "no_neighbour": (
        "{what} has no clip before it to lead over from.",
        "Choose one of: {candidates}.",
        "{what}前面没有可衔接的片段。可选：{candidates}。",
    ),
    "too_short": (
        "{what} is too short: it lasts {length}.",
        "At most {most} fits.",
        "{what}太短：只有 {length}。最多 {most}。",
    ),
    "nothing_to_change": ("{what}", "{hint}", "{what}{hint}"),
    "no_captions": (
        "No captions can be read from this text.",
        "Give SRT, VTT or LRC: lines with their times, such as 00:00:01,000 --> 00:00:02,500.",
        "无法从这段文字读出字幕。请提供 SRT、VTT 或 LRC：带时间的行，例如 00:00:01,000 --> 00:00:02,500。",
    ),
    "no_such_version": (
        'There is no version "{ref}".',
        "There is: {candidates}.",
        "没有版本“{ref}”。现有：{candidates}。",
    ),
    "nothing_to_undo": (
        "There is nothing to undo: this is the first version.",
        "Make an edit first.",
        "没有可撤销的操作：这已经是最初版本。",
    ),
    "stands_on": (
        "Later edits stand on {version}: it cannot be taken back alone.",
        'Say "restore {before}" to go back to the state before it.',
        "{version} 之后的改动依赖于它，不能单独撤销。说“恢复 {before}”可以回到它之前的状态。",
    ),
    "no_such_edit": (
        'No edit that was made is called "{what}".',
        'Say "versions" for what was done, or "undo" for the last edit.',
        "没有找到“{what}”这项改动。说“版本列表”查看做过的改动，说“撤销”撤销上一步。",
    ),
    "nothing_to_redo": (
        "There is nothing to redo.",
        "Redo brings back what was undone last.",
        "没有可重做的操作。重做只能恢复刚撤销的内容。",
    ),
    "too_many_versions": (
        "The history holds {count} versions and takes no more.",
        "Start a new project from the current state.",
        "历史已有 {count} 个版本，不能再增加。请从当前状态新建项目。",
    ),
    "conflict": (
        "The timeline was changed meanwhile: the edit was made for {based_on}, now it is {current}.",
        "Nothing was overwritten. Now: {state}",
        "时间线已被修改：此编辑基于 {based_on}，而现在是 {current}。没有覆盖任何内容。当前：{state}",
    ),
    "invalid": ("This timeline cannot be used: {what}.", "{hint}", "这条时间线无法使用：{what}。{hint}"),
}  # fmt: skip


def refuse(case: str, candidates: Iterable[str | Said] = (), **values: object) -> EditError:
    """The error of this case; raise it. A `Said` is put in in its language; candidates are listed, ten at most."""
    message, hint, chinese = REFUSALS[case]
    named = [held if isinstance(held, Said) else Said(held, held) for held in candidates]
    english, own = _filled(values, named, "en"), _filled(values, named, "zh")
    return EditError(
        message.format(**english),
        hint.format(**english),
        candidates=(held.en for held in named),
        chinese=chinese.format(**own),
        chinese_candidates=(held.zh for held in named),
    )


def _filled(values: Mapping[str, object], named: list[Said], language: str) -> dict[str, str]:
    zh = language == "zh"
    shown = ("、" if zh else ", ").join(held.in_language(language) for held in named[:10])
    more = ("等" if zh else ", ...") if len(named) > 10 else ""
    filled = {"candidates": f"{shown}{more}" or ("无" if zh else "-")}
    for key, value in values.items():
        filled[key] = _short(value.in_language(language) if isinstance(value, Said) else value)
    return filled


def _short(value: object) -> str:
    text = "".join(c if c.isprintable() else " " for c in str(value))
    return text if len(text) <= 400 else f"{text[:200]}..."
