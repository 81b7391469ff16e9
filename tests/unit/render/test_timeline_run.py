"""A rendered film holds every frame once, at its time, and every sample; a stopped render goes on where it was."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import numpy as np
import pytest
from PIL import Image

from reelscore.errors import CancelledError, MediaError, OutputError
from reelscore.render.chunk_store import ChunkStore
from reelscore.render.run import decode_sound
from reelscore.render.sources import Source, Sources
from reelscore.render.targets import Target
from reelscore.render.timeline_plan import plan_timeline
from reelscore.render.timeline_run import Rendered, render_timeline, shared_out
from reelscore.render.worker import Frames, Look
from reelscore.understand.probe import probe
from reelscore.values.sound import SAMPLE_RATE
from reelscore.values.time import Span
from reelscore.values.timeline import Canvas, Gap, Item, Media, Picture, Segment, Sound, Timeline, Track
from tests.unit.render.looking import declared_sound_length, sound_of, top_boxes
from tests.unit.render.numbered import BROKEN, LOOK, SLOW, drawn, film_of, lumas_in, numbers_in, shown_times
from tests.unit.render.timelines import film_info, words

pytestmark = pytest.mark.slow

FILM = "sha256:film"
UNOPENED = Source(Path("film.mp4"), film_info(20, width=320, height=180, coded_width=320, coded_height=180))
DRAWN: Sources = {FILM: UNOPENED}


@pytest.fixture(scope="module")
def film(tmp_path_factory: pytest.TempPathFactory) -> Source:
    """Ten seconds of numbered frames in closed groups of 50."""
    path = film_of(tmp_path_factory.mktemp("film") / "film.mp4", 300)
    return Source(path, probe(path))


def edit(*items: Item, words: tuple[Item, ...] = (), rate: Fraction = Fraction(30)) -> Timeline:
    tracks = [Track("v1", "video", items=items)] + ([Track("t1", "text", items=words)] if words else [])
    media = (Media(FILM, "video", "film.mp4", Fraction(10), 320, 180, Fraction(30), True),)
    return Timeline(Canvas(320, 180, rate), tuple(tracks), media)


def shot(name: str, seconds: Fraction | int, start: Fraction | int = 0, **changes: Any) -> Segment:
    return Segment(name, Fraction(seconds), FILM, Fraction(start), **changes)


def painted(name: str, seconds: Fraction | int, start: Fraction | int = 0) -> Segment:
    """A stretch of a film that must be composed. Its file is never opened: the look draws numbers instead."""
    return shot(name, seconds, start, picture=Picture(opacity=0.9))


def render(
    timeline: Timeline, out: Path, sources: Sources, target: Target | None = None, look: Look = LOOK, **how: Any
) -> Rendered:
    plan = plan_timeline(timeline, sources, target or Target(out.suffix))
    return render_timeline(plan, out, look=look, **how)


def assert_whole(out: Path, frames: list[int], rate: Fraction = Fraction(30)) -> None:
    """These frames, one tick apart from 0 on, and the sound that goes with them."""
    assert numbers_in(out) == frames
    assert shown_times(out) == [n / rate for n in range(len(frames))]
    start, samples = sound_of(out)
    assert start == 0
    assert abs(declared_sound_length(out) - len(frames) / rate) <= Fraction(1, SAMPLE_RATE)
    heard = samples[4800:9600, 0]
    expected = 0.5 * np.sin(2 * np.pi * 440 * np.arange(4800, 9600) / 48_000)
    assert np.abs(heard - expected).max() < 0.03  # in step to the sample


@pytest.mark.parametrize("rate", [Fraction(30), Fraction(30_000, 1001)], ids=["30", "29.97"])
def test_chunks_join_without_a_seam(tmp_path: Path, rate: Fraction) -> None:
    """Eight chunks by two workers: every frame once, one tick apart, the sound in step; tagged as HD video."""
    timeline = edit(*(painted(f"c{n}", 60 / rate, 60 * n / rate) for n in range(8)), rate=rate)
    made = render(timeline, tmp_path / "a.mp4", DRAWN, workers=2)
    assert (made.way, made.frames, made.composed, made.reused, made.encoder) == ("compose", 480, 480, 0, "software")
    assert_whole(tmp_path / "a.mp4", list(range(480)), rate)
    assert top_boxes(tmp_path / "a.mp4").index("moov") < top_boxes(tmp_path / "a.mp4").index("mdat")
    with av.open(str(tmp_path / "a.mp4")) as container:
        context: Any = container.streams.video[0].codec_context
        assert (context.profile, context.pix_fmt) == ("High", "yuv420p")
        assert (context.color_primaries, context.color_trc, context.colorspace, context.color_range) == (1, 1, 1, 1)
        assert container.streams.video[0].average_rate == rate
        assert (container.streams.audio[0].codec_context.name, container.streams.audio[0].rate) == ("aac", 48_000)
    assert [path.name for path in tmp_path.iterdir()] == ["a.mp4"]


def test_chunks_look_like_one_pass(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Decoded frames of a film in chunks and of the same in one piece are alike (SSIM >= 0.99)."""
    timeline = edit(painted("c", 10))
    render(timeline, tmp_path / "chunks.mp4", DRAWN)
    monkeypatch.setattr("reelscore.render.chunks.LONGEST_S", Fraction(100))
    render(timeline, tmp_path / "one.mp4", DRAWN)
    chunks, one = lumas_in(tmp_path / "chunks.mp4"), lumas_in(tmp_path / "one.mp4")
    assert min(ssim(a, b) for a, b in zip(chunks, one, strict=True)) >= 0.99
    truth = [drawn(n, 320, 180)[:180] for n in range(300)]
    worth = [np.mean([ssim(a, b) for a, b in zip(made, truth, strict=True)]) for made in (chunks, one)]
    assert worth[0] >= worth[1] - 0.001  # chunks are as true to what was drawn as one piece is


def ssim(a: Any, b: Any) -> float:
    """Mean structural similarity (Wang et al. 2004) over windows of 8x8."""
    height, width = a.shape[0] // 8 * 8, a.shape[1] // 8 * 8
    x, y = (v[:height, :width].reshape(height // 8, 8, -1, 8).astype(float) for v in (a, b))
    mx, my = x.mean((1, 3)), y.mean((1, 3))
    vx, vy = x.var((1, 3)), y.var((1, 3))
    cov = (x * y).mean((1, 3)) - mx * my
    c1, c2 = 6.5025, 58.5225
    return float((((2 * mx * my + c1) * (2 * cov + c2)) / ((mx**2 + my**2 + c1) * (vx + vy + c2))).mean())


def test_a_later_edit_composes_only_what_it_touches(tmp_path: Path) -> None:
    """With a work folder, chunks and sound made before are taken again; what is composed is told."""
    shots = [painted(f"s{n}", 4, n) for n in range(4)]
    work = tmp_path / "work"
    first = render(edit(*shots), tmp_path / "a.mp4", DRAWN, work=work)
    assert (first.composed, first.reused) == (480, 0)
    again = render(edit(*shots), tmp_path / "b.mp4", DRAWN, work=work)
    assert (again.composed, again.reused) == (0, 480)
    assert (tmp_path / "a.mp4").read_bytes() == (tmp_path / "b.mp4").read_bytes()
    quiet = [replace(s, sound=Sound(gain_db=-20.0)) for s in shots]
    assert render(edit(*quiet), tmp_path / "c.mp4", DRAWN, work=work).composed == 0
    titled = edit(*shots, words=(Gap(Fraction(13)), words("t", 1)))
    assert render(titled, tmp_path / "d.mp4", DRAWN, work=work).composed == 240
    assert_whole(tmp_path / "d.mp4", [n % 120 + n // 120 * 30 for n in range(480)])


def test_a_damaged_chunk_is_made_anew(tmp_path: Path) -> None:
    work = tmp_path / "work"
    render(edit(painted("c", 6), painted("d", 6, 6)), tmp_path / "a.mp4", DRAWN, work=work)
    chunks = sorted(path for path in work.iterdir() if path.suffix == ".mp4")
    chunks[0].write_bytes(chunks[0].read_bytes()[:5000])
    made = render(edit(painted("c", 6), painted("d", 6, 6)), tmp_path / "b.mp4", DRAWN, work=work)
    assert made.composed == 360
    assert_whole(tmp_path / "b.mp4", list(range(360)))


def test_cancelling_leaves_finished_chunks_and_no_process(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A render stopped in its second chunk: nothing at the target, no process left, one chunk kept, then resumed."""
    sign = tmp_path / "sign"
    monkeypatch.setenv("NUMBERED_SIGN", str(sign))
    timeline = edit(*(painted(f"c{n}", 2, 2 * n) for n in range(5)))
    monkeypatch.setattr("reelscore.render.chunks.LONGEST_S", Fraction(2))

    def watch(stage: str, share: float) -> None:
        if sign.exists():
            raise CancelledError

    with pytest.raises(CancelledError):
        render(timeline, tmp_path / "a.mp4", DRAWN, look=SLOW, work=tmp_path / "work", watch=watch, workers=1)
    assert {path.name for path in tmp_path.iterdir()} == {"work", "sign"}
    assert not os.path.exists(f"/proc/{sign.read_text()}")
    kept = [path for path in (tmp_path / "work").iterdir() if path.suffix == ".mp4" and "part" not in path.name]
    assert len(kept) == 1
    made = render(timeline, tmp_path / "a.mp4", DRAWN, work=tmp_path / "work")
    assert (made.composed, made.reused) == (240, 60)
    assert_whole(tmp_path / "a.mp4", list(range(300)))


def test_a_killed_render_goes_on_where_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Killed without warning: worker and encoder end too, finished chunks are taken up by the next render."""
    sign, work = tmp_path / "sign", tmp_path / "work"
    timeline = edit(*(painted(f"c{n}", 2, 2 * n) for n in range(5)))
    monkeypatch.setattr("reelscore.render.chunks.LONGEST_S", Fraction(2))
    code = (
        "from pathlib import Path; from fractions import Fraction; from reelscore.render import chunks\n"
        "chunks.LONGEST_S = Fraction(2)\n"
        "from tests.unit.render.test_timeline_run import *\n"
        "timeline = edit(*(painted(f'c{n}', 2, 2 * n) for n in range(5)))\n"
        f"render(timeline, Path({str(tmp_path / 'a.mp4')!r}), DRAWN, look=SLOW, work=Path({str(work)!r}), workers=1)\n"
    )
    environment = {**os.environ, "NUMBERED_SIGN": str(sign), "PYTHONPATH": str(Path(__file__).parents[3])}
    child = subprocess.Popen([sys.executable, "-c", code], env=environment)
    deadline = time.monotonic() + 240
    while not sign.exists() and time.monotonic() < deadline:
        time.sleep(0.05)
    child.kill()
    child.wait()
    worker = Path(f"/proc/{sign.read_text()}")
    while worker.exists() and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not worker.exists()
    assert not (tmp_path / "a.mp4").exists()
    made = render(timeline, tmp_path / "a.mp4", DRAWN, work=work)
    assert (made.composed, made.reused) == (240, 60)
    assert_whole(tmp_path / "a.mp4", list(range(300)))


def test_progress_rises_to_one_and_names_the_stage(tmp_path: Path) -> None:
    seen: list[tuple[str, float]] = []
    render(edit(painted("c", 4)), tmp_path / "a.mp4", DRAWN, watch=lambda stage, share: seen.append((stage, share)))
    shares = [share for _, share in seen]
    assert {stage for stage, _ in seen} == {"render"}
    assert shares == sorted(shares)
    assert shares[-1] == 1.0
    assert len(set(shares)) > 20


def test_a_fault_in_a_worker_is_one_readable_error(tmp_path: Path) -> None:
    with pytest.raises(MediaError, match="The media of this timeline cannot be rendered: ValueError: no more paint"):
        render(edit(painted("c", 4)), tmp_path / "a.mp4", DRAWN, look=BROKEN)
    assert list(tmp_path.iterdir()) == []


def test_the_source_is_never_overwritten(tmp_path: Path, film: Source) -> None:
    with pytest.raises(OutputError, match="is the film itself"):
        render(edit(shot("a", 10)), film.path, {FILM: film}, force=True)


# ---- the cheaper ways ----------------------------------------------------------------------------------------------


def test_a_whole_film_is_copied_and_gets_new_sound(tmp_path: Path, film: Source) -> None:
    made = render(edit(shot("a", 10)), tmp_path / "a.mp4", {FILM: film})
    assert (made.way, made.composed, made.frames, made.notes) == ("copy", 0, 300, ())
    assert_whole(tmp_path / "a.mp4", list(range(300)))
    pairs = zip(lumas_in(tmp_path / "a.mp4"), lumas_in(film.path), strict=True)
    assert all(np.array_equal(a, b) for a, b in pairs)


def test_a_trimmed_film_is_copied_between_its_groups(tmp_path: Path, film: Source) -> None:
    """Frames 30..200 and 230..290 of closed groups of 50: 50..200 and 250..290's group cannot be whole."""
    timeline = edit(shot("a", Fraction(170, 30), 1), shot("b", 2, Fraction(230, 30)))
    made = render(timeline, tmp_path / "a.mp4", {FILM: film})
    assert (made.way, made.notes, made.frames) == ("smart", (), 230)
    assert made.composed == 20 + 60
    assert_whole(tmp_path / "a.mp4", [*range(30, 200), *range(230, 290)])
    result, source = lumas_in(tmp_path / "a.mp4"), lumas_in(film.path)
    assert all(np.array_equal(result[n - 30], source[n]) for n in range(50, 200))
    assert all(ssim(result[n - 30], source[n]) > 0.95 for n in range(30, 50))


def test_groups_may_come_in_another_order(tmp_path: Path, film: Source) -> None:
    timeline = edit(shot("b", 4, 5), shot("a", 5, 0))
    made = render(timeline, tmp_path / "a.mp4", {FILM: film})
    assert (made.way, made.notes) == ("smart", ())
    assert_whole(tmp_path / "a.mp4", [*range(150, 270), *range(150)])


@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        (("-c:v", "libx264", "-x264-params", "open-gop=1:keyint=50:min-keyint=50:bframes=3"), "too few places"),
        (("-c:v", "libx264", "-g", "1000"), "too few places"),
        (("-c:v", "libx264", "-g", "50", "-bf", "2", "-pix_fmt", "yuv444p"), "8-bit 4:2:0"),
    ],
)
def test_what_cannot_be_cut_is_composed_with_a_note(tmp_path: Path, arguments: tuple[str, ...], why: str) -> None:
    path = film_of(tmp_path / "film.mp4", 150, *arguments)
    timeline, sources = edit(shot("a", 4, Fraction(1, 2))), {FILM: Source(path, probe(path))}
    made = render(timeline, tmp_path / "a.mp4", sources)
    assert made.way == "compose"
    assert why in (made.notes[0] if made.notes else plan_timeline(timeline, sources).why)
    assert_whole(tmp_path / "a.mp4", list(range(15, 135)))


# ---- other formats -------------------------------------------------------------------------------------------------


def test_webm_holds_vp9_and_opus(tmp_path: Path) -> None:
    render(edit(painted("c", 3), painted("d", 3, 3)), tmp_path / "a.webm", DRAWN)
    assert numbers_in(tmp_path / "a.webm") == list(range(180))
    with av.open(str(tmp_path / "a.webm")) as container:
        assert [stream.codec_context.name for stream in container.streams] == ["libvpx-vp9", "opus"] or [
            stream.codec_context.name for stream in container.streams
        ] == ["vp9", "opus"]
    times = shown_times(tmp_path / "a.webm")
    assert max(abs(at - Fraction(n, 30)) for n, at in enumerate(times)) <= Fraction(1, 1000)  # Matroska counts in ms


def test_mkv_and_mov_hold_the_same(tmp_path: Path) -> None:
    for name in ("a.mkv", "a.mov"):
        render(edit(painted("c", 2)), tmp_path / name, DRAWN, work=tmp_path / "work")
        assert numbers_in(tmp_path / name) == list(range(60))


def test_a_gif_counts_hundredths_and_repeats(tmp_path: Path) -> None:
    made = render(edit(painted("c", 2)), tmp_path / "a.gif", DRAWN)
    assert made.frames == 40
    with Image.open(tmp_path / "a.gif") as image:
        count = getattr(image, "n_frames", 0)
        assert (image.size, count, image.info["duration"], image.info["loop"]) == ((320, 180), 40, 50, 0)
    assert numbers_in(tmp_path / "a.gif") == list(range(40))


@pytest.mark.parametrize("suffix", [".wav", ".flac", ".mp3", ".m4a", ".ogg"])
def test_sound_alone_is_exact_to_the_sample(tmp_path: Path, suffix: str) -> None:
    made = render(edit(painted("c", 2)), tmp_path / f"a{suffix}", DRAWN)
    assert (made.frames, made.samples) == (0, 96_000)
    heard = np.frombuffer(decode_sound(tmp_path / f"a{suffix}"), "<f4").reshape(-1, 2)
    assert 0 <= len(heard) - 96_000 <= 1152
    expected = 0.5 * np.sin(2 * np.pi * 440 * np.arange(24_000, 48_000) / 48_000)
    assert np.abs(heard[24_000:48_000, 0] - expected).max() < 0.05


@pytest.mark.parametrize("suffix", [".png", ".jpg"])
def test_a_poster_shows_its_moment_in_true_colours(tmp_path: Path, suffix: str) -> None:
    target = Target(suffix, span=Span(Fraction(1), Fraction(1)))
    render(edit(painted("c", 2)), tmp_path / f"a{suffix}", DRAWN, target)
    with Image.open(tmp_path / f"a{suffix}") as image:
        assert image.size == (320, 180)
        grey = np.asarray(image.convert("L")).astype(int)
    assert abs(grey[10, 10] - round((30 - 16) * 255 / 219)) <= 3  # frame 30 is 0b11110: the first block is dark
    assert abs(grey[10, 30] - round((220 - 16) * 255 / 219)) <= 3


def test_a_preview_is_small_and_shows_its_range(tmp_path: Path) -> None:
    target = Target(quality="draft", size=(160, 90), span=Span(Fraction(1), Fraction(2)))
    made = render(edit(painted("c", 4)), tmp_path / "a.mp4", DRAWN, target)
    assert made.frames == 30
    assert numbers_in(tmp_path / "a.mp4") == list(range(30, 60))


# ---- parts ---------------------------------------------------------------------------------------------------------


def test_workers_get_neighbours_and_about_as_much() -> None:
    pieces = [Frames(n * 100, 100, (), (), "") for n in range(10)]
    parts = shared_out(pieces, 3)
    assert [piece for part in parts for piece in part] == pieces
    assert [len(part) for part in parts] == [3, 4, 3]
    assert shared_out([], 3) == []


def test_a_store_forgets_what_waited_longest(tmp_path: Path) -> None:
    store = ChunkStore(tmp_path, ".mp4")
    for age, key in enumerate(("old", "kept", "new")):
        store.place(key).write_bytes(b"x" * 100)
        os.utime(store.place(key), (1000 + age, 1000 + age))
    assert store.missing(["old", "gone"]) == ["gone"]  # and now old counts as used
    store.prune({"kept"}, most_bytes=200)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["kept.mp4", "old.mp4"]


def test_two_renders_may_share_a_work_folder(tmp_path: Path) -> None:
    """Both write the same chunks at the same time; both are whole."""
    faults: list[BaseException] = []

    def one(name: str) -> None:
        try:
            render(edit(painted("c", 3)), tmp_path / name, DRAWN, work=tmp_path / "work")
        except BaseException as fault:
            faults.append(fault)

    threads = [threading.Thread(target=one, args=(name,)) for name in ("a.mp4", "b.mp4")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert faults == []
    assert numbers_in(tmp_path / "a.mp4") == numbers_in(tmp_path / "b.mp4") == list(range(90))
