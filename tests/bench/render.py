"""What a render costs, against the floor and its rivals, all in one run: `python -m tests.bench.render [CLIP]`.

    plain transcode      one ffmpeg: decode and encode the same clip at the same settings, no filter
    composed export      ours: the clip scaled to 110 %, a title over it, music mixed under its sound, encoded
    one ffmpeg command   the same work, written by hand: scale, crop, drawtext, amix
    MoviePy 2            the same work again, with `--moviepy PYTHON` (an interpreter that has it)
    copy                 ours: the whole clip with new sound; beside one ffmpeg that encodes that sound and remuxes

Everything is measured from outside, as a process of its own, by its own CPU seconds and those of all its children;
peak memory is the largest sum over the processes that ran at one moment. Wall times are only fair on a machine that
does nothing else; ratios of CPU seconds nearly always are. Each is run `--runs` times in turn; medians are shown.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import threading
import time
from dataclasses import dataclass
from pathlib import Path
from statistics import median

import imageio_ffmpeg

from reelscore.understand.read import look_over
from reelscore.values.codec import dumps
from tests.bench.cuts import made
from tests.media.truth import film

FFMPEG = imageio_ffmpeg.get_ffmpeg_exe()
RATE_TAGS = ("-colorspace", "bt709", "-color_primaries", "bt709", "-color_trc", "bt709", "-color_range", "tv")
PICTURE = (
    "-c:v",
    "libx264",
    "-preset",
    "superfast",
    "-crf",
    "20",
    "-profile:v",
    "high",
    "-pix_fmt",
    "yuv420p",
    "-g",
    "120",
)
SOUND = ("-c:a", "aac", "-b:a", "256k")
TITLE = "A day in the city"

OURS = """
import json, os, sys
from fractions import Fraction
from pathlib import Path
from reelscore.render.sources import Source
from reelscore.render.timeline_plan import plan_timeline
from reelscore.render.timeline_run import render_timeline
from reelscore.values.codec import from_json
from reelscore.values.reading import MediaInfo
from reelscore.values.timeline import Canvas, Media, Picture, Segment, Sound, Text, Timeline, Track
way, told, title, out = sys.argv[1:]
found = {name: from_json(MediaInfo, data) for name, data in json.loads(Path(told).read_text()).items()}
sources = {name: Source(Path(info.path), info) for name, info in found.items()}
video = sources["film"].info.video
length = video.frame_count / video.frame_rate
picture = Picture(scale=1.1) if way == "compose" else None
tracks = [
    Track("v", "video", items=(Segment("f", length, "film", picture=picture, sound=Sound(gain_db=-3.0)),)),
    Track("m", "audio", items=(Segment("m", length, "song", sound=Sound(gain_db=-9.0)),)),
]
if way == "compose":
    tracks.append(Track("t", "text", items=(Segment("t", length, text=Text(title)),)))
media = tuple(Media(n, "video" if n == "film" else "audio", n, s.info.duration) for n, s in sources.items())
canvas = Canvas(video.width, video.height, video.frame_rate)
before = os.times()
done = render_timeline(plan_timeline(Timeline(canvas, tuple(tracks), media), sources), Path(out), force=True)
print(sum(os.times()[:4]) - sum(before[:4]))
assert done.way == way and done.frames == video.frame_count and not done.notes, done
"""

MOVIEPY = """
import sys
from moviepy import AudioFileClip, CompositeAudioClip, CompositeVideoClip, TextClip, VideoFileClip
from moviepy.audio.fx import MultiplyVolume
clip, song, title, font, out = sys.argv[1:]
film = VideoFileClip(clip)
look = {"font_size": 90, "color": "white", "stroke_color": "black", "stroke_width": 3, "margin": (20, 30)}
words = TextClip(font=font, text=title, **look)
words = words.with_duration(film.duration).with_position(("center", 0.45), relative=True)
both = CompositeVideoClip([film.resized(1.1).with_position("center"), words], size=film.size)
sound = [film.audio.with_effects([MultiplyVolume(0.7)])] if film.audio else []
music = AudioFileClip(song).subclipped(0, film.duration).with_effects([MultiplyVolume(0.35)])
both.with_audio(CompositeAudioClip([*sound, music])).write_videofile(
    out, preset="superfast", ffmpeg_params=["-crf", "20", "-profile:v", "high", "-g", "120"], pixel_format="yuv420p",
    audio_codec="aac", audio_bitrate="256k", audio_fps=48000, logger=None)
"""


@dataclass(frozen=True)
class Cost:
    """What one run took. `peak` in bytes. `inner`: CPU without starting Python, where the program told it."""

    cpu: float
    wall: float
    peak: int
    inner: float


def measured(command: list[str]) -> Cost:
    """Run a command to its end."""
    peak = 0
    before, start = os.times(), time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)

    def look() -> None:
        nonlocal peak
        while process.poll() is None:
            peak = max(peak, sum(resident(pid) for pid in family(process.pid)))
            time.sleep(0.1)

    looker = threading.Thread(target=look)
    looker.start()
    said = process.communicate()[0].strip()
    code = process.returncode
    looker.join()
    after = os.times()
    if code:
        raise SystemExit(f"failed: {' '.join(command[:3])} ...")
    used = after.children_user + after.children_system - before.children_user - before.children_system
    return Cost(used, time.perf_counter() - start, peak, float(said) if said else used)


def family(pid: int) -> list[int]:
    """A process and all it started (Linux)."""
    found = [pid]
    for one in found:
        try:
            tasks = list(Path(f"/proc/{one}/task").iterdir())
            for task in tasks:
                found += [int(child) for child in (task / "children").read_text().split()]
        except (OSError, ValueError):
            continue
    return found


def resident(pid: int) -> int:
    """Bytes of memory that are this process' own, shared ones in proportion."""
    try:
        rows = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return next((int(row.split()[1]) * 1024 for row in rows if row.startswith("Pss:")), 0)


def transcode(clip: Path, out: Path) -> list[str]:
    return [
        FFMPEG,
        "-v",
        "error",
        "-y",
        "-i",
        str(clip),
        *PICTURE,
        *RATE_TAGS,
        *SOUND,
        "-movflags",
        "+faststart",
        str(out),
    ]


def by_hand(clip: Path, song: Path, font: Path, size: tuple[int, int], seconds: float, out: Path) -> list[str]:
    """The composed export as one filter graph."""
    width, height = size
    words = f"drawtext=fontfile={font}:text='{TITLE}':fontsize={height // 12}:fontcolor=white:borderw=3"
    words += ":x=(w-tw)/2:y=(h-th)/2"
    grown = f"{int(width * 1.1) // 2 * 2}:{int(height * 1.1) // 2 * 2}"
    graph = f"[0:v]scale={grown}:flags=bicubic,crop={width}:{height},{words}[v];"
    graph += "[0:a]volume=-3dB[a];[1:a]volume=-9dB[b];[a][b]amix=inputs=2:normalize=0:duration=first[s]"
    inputs = ["-i", str(clip), "-t", f"{seconds:.3f}", "-i", str(song)]
    mapped = ["-filter_complex", graph, "-map", "[v]", "-map", "[s]", *PICTURE, *RATE_TAGS, *SOUND]
    return [FFMPEG, "-v", "error", "-y", *inputs, *mapped, "-movflags", "+faststart", str(out)]


def remux(clip: Path, song: Path, seconds: float, out: Path) -> list[str]:
    """The floor of a copy: the same two sounds mixed and encoded, the picture taken over."""
    graph = "[0:a]volume=-3dB[a];[1:a]volume=-9dB[b];[a][b]amix=inputs=2:normalize=0:duration=first[s]"
    inputs = ["-i", str(clip), "-t", f"{seconds:.3f}", "-i", str(song)]
    mapped = ["-filter_complex", graph, "-map", "0:v", "-map", "[s]", "-c:v", "copy", *SOUND]
    return [FFMPEG, "-v", "error", "-y", *inputs, *mapped, "-movflags", "+faststart", str(out)]


def with_sound(clip: Path, folder: Path, seconds: float) -> Path:
    """The clip with a tone for its sound, where it has none."""
    import av

    with av.open(str(clip)) as container:
        if container.streams.audio:
            return clip
    out = folder / "clip.mp4"
    tone = ["-f", "lavfi", "-t", f"{seconds:.3f}", "-i", "sine=f=330:r=48000", "-ac", "2"]
    subprocess.run([FFMPEG, "-v", "error", "-y", "-i", str(clip), *tone, "-c:v", "copy", *SOUND, str(out)], check=True)
    return out


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("clip", nargs="?", type=Path, help="a clip of your own; else one of 1080p is made")
    parser.add_argument("--seconds", type=int, default=30, help="length of the clip that is made")
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--moviepy", help="a Python that has MoviePy 2")
    parser.add_argument("--font", type=Path, help="font file for the rivals")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        compare(options, Path(name))


def compare(options: argparse.Namespace, folder: Path) -> None:
    import av

    name = f"render{options.seconds}"
    clip = options.clip or made(film(options.seconds, 1920, 1080, seed=11), name, "h264", ("-b:v", "12M"))
    with av.open(str(clip)) as container:
        stream = container.streams.video[0]
        size, seconds = (stream.width, stream.height), float((container.duration or 0) / 1_000_000)
    clip = with_sound(clip, folder, seconds)
    song = folder / "song.m4a"
    noise = [
        "-f",
        "lavfi",
        "-t",
        f"{seconds:.3f}",
        "-i",
        "anoisesrc=c=pink:a=0.3:r=48000,aformat=channel_layouts=stereo",
    ]
    subprocess.run([FFMPEG, "-v", "error", "-y", *noise, *SOUND, str(song)], check=True)
    told = folder / "found.json"  # what the files are was found out when they were brought in
    told.write_text(dumps({"film": look_over(clip), "song": look_over(song)}), encoding="utf-8")
    font = options.font or a_font()
    python = [sys.executable, "-c"]
    commands = {
        "plain transcode": transcode(clip, folder / "plain.mp4"),
        "composed export": [*python, OURS, "compose", str(told), TITLE, str(folder / "ours.mp4")],
        "one ffmpeg command": by_hand(clip, song, font, size, seconds, folder / "hand.mp4"),
        "copy with new sound": [*python, OURS, "copy", str(told), TITLE, str(folder / "copied.mp4")],
        "encode sound, remux": remux(clip, song, seconds, folder / "remuxed.mp4"),
    }
    if options.moviepy:
        rival = [str(clip), str(song), TITLE, str(font), str(folder / "moviepy.mp4")]
        commands["MoviePy 2"] = [options.moviepy, "-c", MOVIEPY, *rival]
    for what in ("copy with new sound", "composed export"):  # compiled kernels are loaded from here on
        subprocess.run(commands[what], check=True)
    runs: dict[str, list[Cost]] = {what: [] for what in commands}
    for _ in range(options.runs):
        for what, command in commands.items():
            runs[what].append(measured(command))
            print(f"  {what}: {runs[what][-1].cpu:.2f} s CPU", file=sys.stderr, flush=True)
    print(f"{size[0]}x{size[1]}, {seconds:.1f} s; median of {options.runs}; load {os.getloadavg()[0]:.1f}\n")
    for what, costs in runs.items():
        cpu, wall = median(cost.cpu for cost in costs), median(cost.wall for cost in costs)
        print(f"{what:22}{cpu:8.2f} s CPU{wall:8.2f} s wall{max(cost.peak for cost in costs) / 2**20:8.0f} MB")
    print()
    for one, other, most in RATIOS:
        if one in runs and other in runs:
            pairs = list(zip(runs[one], runs[other], strict=True))
            cpu, wall = median(a.cpu / b.cpu for a, b in pairs), median(a.wall / b.wall for a, b in pairs)
            inner = median(a.inner / b.cpu for a, b in pairs)
            figures = f"CPU {cpu:5.2f}, {inner:5.2f} in a program that runs already; wall {wall:5.2f}"
            print(f"{one} / {other:20} {figures}  (at most {most:.2f})")


RATIOS = (
    ("composed export", "plain transcode", 1.15),
    ("composed export", "one ffmpeg command", 1.05),
    ("composed export", "MoviePy 2", 1 / 3),
    ("copy with new sound", "encode sound, remux", 1.3),
)


def a_font() -> Path:
    """A font file of this machine for the rivals, which bring none."""
    places = [Path("/usr/share/fonts"), Path(sys.prefix), Path.home() / ".fonts"]
    found = (path for place in places if place.is_dir() for path in place.rglob("*.[ot]tf"))
    for path in found:
        return path
    raise SystemExit("No font file found; name one with --font.")


if __name__ == "__main__":
    main()
