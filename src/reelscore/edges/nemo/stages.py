"""What work under way is called, in the person's language: "Playing the music: 40%, about 12 s left".

The stages are those of `values.progress`, as the core names them; an unknown one is told as plain work.
"""

from __future__ import annotations

from reelscore.values.command import Said

STAGES = {
    "queued": Said("Waiting for its turn", "排队中"),
    "waiting": Said("Waiting for its turn", "排队中"),
    "understand": Said("Looking at the media", "正在分析素材"),
    "read": Said("Looking at the media", "正在分析素材"),
    "picture": Said("Looking at the picture", "正在分析画面"),
    "sound": Said("Listening to the sound", "正在分析声音"),
    "compose": Said("Writing the music", "正在谱曲"),
    "generate": Said("Writing the music", "正在谱曲"),
    "align": Said("Fitting the music", "正在对齐音乐"),
    "perform": Said("Playing the music", "正在演奏"),
    "mix": Said("Mixing the music", "正在混音"),
    "master": Said("Mastering the music", "正在母带处理"),
    "render": Said("Rendering", "正在渲染"),
    "write": Said("Rendering", "正在渲染"),
    "bundle": Said("Packing the files", "正在打包"),
}
_WORK = Said("Working on it", "正在处理")


def told_progress(stage: str, share: float, left_s: float | None, language: str) -> str:
    """One line on how far the work is. `share` is 0 to 1; a time left under a second is not worth telling."""
    named = STAGES.get(stage, _WORK).in_language(language)
    percent = f"{round(100 * min(1.0, max(0.0, share)))}%"
    zh = language == "zh"
    if left_s is None or left_s < 1:
        return f"{named}：{percent}" if zh else f"{named}: {percent}"
    left = round(left_s)
    return f"{named}：{percent}，约剩 {left} 秒" if zh else f"{named}: {percent}, about {left} s left"
