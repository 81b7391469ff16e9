"""Source pictures: the right frame at every time, upright, in BT.709, from whatever the file holds.

Tolerances: frames are told apart by luma 6 code values apart and must be hit within 2; colours within 4 of 255; the
tables for HDR within 1.5 code values of the encoder's own chain in the mean.
"""

from __future__ import annotations

import subprocess
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import numpy as np
import pytest
from PIL import Image as Pillow

from reelscore.errors import MediaError
from reelscore.render.colour import Encoding, to_bt709
from reelscore.render.pictures import Pictures
from reelscore.render.plan import _HDR_CURVES, _TONE_MAP
from reelscore.render.planes import Planes
from reelscore.render.run import encoder
from reelscore.render.sources import Source
from reelscore.understand.probe import probe
from tests.unit.render.painting import (
    bt709,
    flat_frame,
    level_of,
    numbered_film,
    pattern,
    rgb,
    still,
    write_film,
)


def number(planes: Planes) -> int:
    """Which frame of a numbered film this is."""
    n = (float(planes.y.mean()) - level_of(0)) / 6
    assert abs(n - round(n)) < 1 / 3
    return round(n)


@pytest.fixture(scope="module")
def film(tmp_path_factory: pytest.TempPathFactory) -> Source:
    return numbered_film(tmp_path_factory.mktemp("film") / "numbered.mp4")


def test_forwards_every_frame_comes_once(film: Source) -> None:
    pictures = Pictures(film, 100)
    assert [number(pictures.at(Fraction(n, 30))) for n in range(24)] == list(range(24))


@pytest.mark.parametrize("order", [(20, 3, 11, 0, 23, 7), (23, 22, 5, 4, 3), (0, 0, 9, 9)])
def test_any_order_of_times_gives_the_same_frames(film: Source, order: tuple[int, ...]) -> None:
    pictures = Pictures(film, 100)
    assert [number(pictures.at(Fraction(n, 30))) for n in order] == list(order)


def test_backwards_every_frame_comes_once(film: Source) -> None:
    pictures = Pictures(film, 100)
    assert [number(pictures.at(Fraction(n, 30), backwards=True)) for n in range(23, -1, -1)] == list(range(23, -1, -1))


def test_backwards_memory_is_bounded(film: Source, monkeypatch: pytest.MonkeyPatch) -> None:
    """With room for six frames only, each run is decoded again, and the frames are the same."""
    monkeypatch.setattr("reelscore.render.footage.KEPT_BYTES", 1)
    pictures = Pictures(film, 100)
    assert [number(pictures.at(Fraction(n, 30), backwards=True)) for n in range(23, -1, -1)] == list(range(23, -1, -1))
    assert pictures._footage is not None
    assert len(pictures._footage._kept) <= 6


def test_between_frames_the_earlier_one_is_shown_and_ends_are_held(film: Source) -> None:
    pictures = Pictures(film, 100)
    times = [Fraction(-1), Fraction(0), Fraction(1, 40), Fraction(59, 1000), Fraction(100)]
    assert [number(pictures.at(at)) for at in times] == [0, 0, 0, 1, 23]


def test_millisecond_containers_neither_drop_nor_repeat_frames(tmp_path: Path) -> None:
    """Matroska rounds 1/30 s to whole milliseconds; each frame is still shown once."""
    pictures = Pictures(numbered_film(tmp_path / "numbered.mkv"), 100)
    assert [number(pictures.at(Fraction(n, 30))) for n in range(24)] == list(range(24))


def test_variable_rates_are_sampled_by_presentation_time(tmp_path: Path) -> None:
    times = [0, 100, 133, 400, 433, 800]
    source = numbered_film(tmp_path / "vfr.mp4", 6, times=times, base=Fraction(1, 1000))
    pictures = Pictures(source, 100)
    expected = [max(k for k, at in enumerate(times) if at * 30 <= n * 1000) for n in range(25)]
    assert [number(pictures.at(Fraction(n, 30))) for n in range(25)] == expected


@pytest.mark.parametrize("degrees", [90, 180, 270])
def test_rotation_tags_are_applied(tmp_path: Path, degrees: int) -> None:
    plain = tmp_path / "plain.mp4"
    upright = pattern((96, 64))
    write_film(
        plain, [av.VideoFrame.from_ndarray(upright, format="rgb24").reformat(format="yuv420p") for _ in range(3)]
    )
    turned = tmp_path / "turned.mp4"
    command = [
        encoder(),
        "-v",
        "error",
        "-display_rotation",
        str(-degrees),
        "-i",
        str(plain),
        "-c",
        "copy",
        str(turned),
    ]
    subprocess.run(command, check=True)
    source = Source(turned, probe(turned))
    found = rgb(Pictures(source, 200).at(Fraction(0)))
    expected = np.rot90(upright, -degrees // 90)
    assert found.shape == expected.shape
    assert np.abs(found[8:-8, 8:-8].astype(int) - expected[8:-8, 8:-8]).mean() < 12  # chroma bleeds at the borders


@pytest.mark.parametrize(
    ("matrix", "full"), [(1, False), (1, True), (6, False), (6, True), (5, False), (9, False)], ids=str
)
def test_matrices_and_ranges_come_to_bt709(matrix: int, full: bool) -> None:
    """The same R'G'B' colours, encoded in any way, give the BT.709 limited codes of those colours."""
    weights = {1: (0.2126, 0.0722), 5: (0.299, 0.114), 6: (0.299, 0.114), 9: (0.2627, 0.0593)}
    colours = np.array([(0.2, 0.5, 0.7), (0.9, 0.9, 0.9), (0.75, 0.3, 0.2), (0.05, 0.05, 0.05)])

    def coded(kr: float, kb: float, wide: bool) -> np.ndarray:
        y = kr * colours[:, 0] + (1 - kr - kb) * colours[:, 1] + kb * colours[:, 2]
        u, v = (colours[:, 2] - y) / (2 * (1 - kb)), (colours[:, 0] - y) / (2 * (1 - kr))
        if wide:
            return np.round(np.stack((255 * y, 128 + 255 * u, 128 + 255 * v), 1))
        return np.round(np.stack((16 + 219 * y, 128 + 224 * u, 128 + 224 * v), 1))

    for given, wanted in zip(coded(*weights[matrix], full), coded(0.2126, 0.0722, False), strict=True):
        y, u, v = given.astype(np.uint8)
        planes = Planes(np.full((4, 4), y, np.uint8), np.full((2, 2), u, np.uint8), np.full((2, 2), v, np.uint8))
        found = to_bt709(planes, Encoding(matrix, full))
        codes = np.array([found.y[0, 0], found.u[0, 0], found.v[0, 0]], int)
        if matrix == 9:  # another set of primaries: greys stay, colours get stronger
            grey = np.ptp(wanted[1:]) == 0
            assert not grey or np.abs(codes - wanted).max() <= 1
        else:
            assert np.abs(codes - wanted).max() <= 2


@pytest.mark.parametrize("kind", ["pq", "hlg"])
def test_hdr_comes_out_as_through_the_encoders_own_chain(tmp_path: Path, kind: str) -> None:
    width, height = 256, 128
    y = np.tile(np.linspace(100, 760, width), (height, 1)).round().astype("<u2")
    u = np.tile(np.linspace(480, 545, height // 2)[:, None], (1, width // 2)).round().astype("<u2")
    v = np.tile(np.linspace(485, 540, width // 2)[None, ::-1], (height // 2, 1)).round().astype("<u2")
    path = tmp_path / "hdr.mkv"
    tags = f"setparams=color_trc={_HDR_CURVES[kind]}:color_primaries=bt2020:colorspace=bt2020nc:range=tv"
    raw = ["-f", "rawvideo", "-pix_fmt", "yuv420p10le", "-s", f"{width}x{height}", "-r", "25", "-i", "pipe:0"]
    command = [encoder(), "-v", "error", *raw, "-vf", tags, "-c:v", "ffv1", str(path)]
    subprocess.run(command, input=(y.tobytes() + u.tobytes() + v.tobytes()) * 2, check=True)
    chain = _TONE_MAP.format(curve=_HDR_CURVES[kind])
    command = [encoder(), "-v", "error", "-i", str(path), "-frames:v", "1", "-vf", chain, "-f", "rawvideo", "pipe:1"]
    wanted = np.frombuffer(subprocess.run(command, capture_output=True, check=True).stdout, np.uint8)
    source = Source(path, probe(path))
    assert source.info.video is not None
    assert source.info.video.hdr == kind
    planes = Pictures(source, 300).at(Fraction(0))
    found = np.concatenate([plane.reshape(-1) for plane in planes.colour])
    off = np.abs(found.astype(int) - wanted)
    assert off[: width * height].mean() < 1.5
    assert off[width * height :].mean() < 2.0


def test_interlaced_films_are_woven_the_same_from_anywhere(tmp_path: Path) -> None:
    """A moving edge has combed lines before and none after; every frame is the same by whichever way it is reached."""
    frames = []
    for n in range(20):
        rows = np.full((96, 64), 40, np.uint8)
        for field in (0, 1):
            rows[field:64:2, : 4 + 4 * n // 2 + 2 * field] = 200
        rows[64:] = 128
        frame: Any = av.VideoFrame.from_ndarray(rows, format="yuv420p")
        frames.append(frame)
    path = tmp_path / "interlaced.mp4"
    options = {"x264-params": "tff=1:interlaced=1", "g": "5", "bf": "0"}
    source = write_film(path, frames, options=options)
    assert source.info.video is not None
    assert source.info.video.interlaced
    pictures = Pictures(source, 100)
    onwards = [pictures.at(Fraction(n, 30)).y.copy() for n in range(20)]
    combed = [np.abs(np.diff(f.astype(int), axis=0)[:, 1:-1]).mean() for f in onwards]
    raw = np.abs(np.diff(frames[10].to_ndarray()[:64].astype(int), axis=0)).mean()
    assert combed[10] < raw / 2
    for n in (13, 4, 9):
        assert np.array_equal(Pictures(source, 100).at(Fraction(n, 30)).y, onwards[n])


def test_png_opacity_is_premultiplied(tmp_path: Path) -> None:
    image = np.zeros((16, 16, 4), np.uint8)
    image[:, :8] = (255, 255, 255, 128)
    planes = Pictures(still(tmp_path / "clear.png", image), 100).at(Fraction(0))
    assert planes.a is not None
    assert planes.a[0, 0] == 128
    assert abs(int(planes.y[0, 0]) - 235 * 128 / 255) <= 1
    assert planes.y[0, 12] == planes.a[0, 12] == planes.u[0, 6] == 0


def test_an_opaque_png_has_no_opacity(tmp_path: Path) -> None:
    planes = Pictures(still(tmp_path / "solid.png", pattern()), 100).at(Fraction(0))
    assert planes.a is None
    assert np.abs(rgb(planes).astype(int) - pattern())[4:20, 4:40].max() <= 4


def test_large_stills_are_made_smaller_on_loading(tmp_path: Path) -> None:
    planes = Pictures(still(tmp_path / "large.png", pattern((1200, 800))), 300).at(Fraction(0))
    assert (planes.width, planes.height) == (300, 200)


def test_photographs_are_turned_upright(tmp_path: Path) -> None:
    path = tmp_path / "turned.jpg"
    exif = Pillow.Exif()
    exif[0x0112] = 6
    Pillow.fromarray(np.rot90(pattern())).save(path, exif=exif, quality=95)
    planes = Pictures(Source(path, probe(path)), 200).at(Fraction(0))
    assert (planes.width, planes.height) == (96, 64)
    assert np.abs(rgb(planes).astype(int) - pattern())[8:24, 8:40].mean() < 6


@pytest.mark.parametrize("kind", ["webp", "gif"])
def test_animations_show_their_frames_for_their_times(tmp_path: Path, kind: str) -> None:
    path = tmp_path / f"moving.{kind}"
    images = [Pillow.new("RGB", (32, 32), (40 * n + 40,) * 3) for n in range(5)]
    times = [100, 200, 100, 300, 100]
    extra = {"lossless": True} if kind == "webp" else {}
    images[0].save(path, save_all=True, append_images=images[1:], duration=times, loop=0, **extra)  # type: ignore[arg-type]
    pictures = Pictures(Source(path, probe(path)), 100)
    seen = [float(rgb(pictures.at(Fraction(ms, 1000))).mean()) for ms in (0, 99, 150, 320, 450, 750, 5000, 0)]
    assert [round((level - 40) / 40) for level in seen] == [0, 0, 1, 2, 3, 4, 4, 0]


@pytest.mark.parametrize(
    ("name", "codec", "pixels"), [("a.mov", "prores_ks", "yuva444p10le"), ("a.webm", "libvpx-vp9", "yuva420p")]
)
def test_films_with_opacity_keep_it(tmp_path: Path, name: str, codec: str, pixels: str) -> None:
    path = tmp_path / name
    image = np.zeros((64, 64, 4), np.uint8)
    image[:, :32] = (200, 200, 200, 255)
    raw = ["-f", "rawvideo", "-pix_fmt", "rgba", "-s", "64x64", "-r", "25", "-i", "pipe:0"]
    command = [encoder(), "-v", "error", *raw, "-c:v", codec, "-pix_fmt", pixels, str(path)]
    subprocess.run(command, input=image.tobytes() * 4, check=True)
    source = Source(path, probe(path))
    planes = Pictures(source, 100).at(Fraction(2, 25))
    assert planes.a is not None
    assert planes.a[32, 8] > 250
    assert planes.a[32, 56] < 5
    assert planes.y[32, 56] < 5
    assert abs(int(planes.y[32, 8]) - (16 + 219 * 200 / 255)) < 6


def test_a_file_that_is_gone_is_named(tmp_path: Path, film: Source) -> None:
    with pytest.raises(MediaError, match="no longer there"):
        Pictures(Source(tmp_path / "gone.mp4", film.info), 100)


def test_a_playlist_is_not_followed(tmp_path: Path, film: Source) -> None:
    path = tmp_path / "list.mp4"
    path.write_text(f"ffconcat version 1.0\nfile '{film.path}'\n")
    with pytest.raises(MediaError, match="cannot be read"):
        Pictures(Source(path, film.info), 100)


def test_bt709_frames_come_through_untouched(tmp_path: Path) -> None:
    source = write_film(tmp_path / "flat.mp4", [flat_frame(77, 90, 160) for _ in range(3)], mark=bt709)
    planes = Pictures(source, 100).at(Fraction(0))
    assert [int(plane.min()) for plane in planes.colour] == [77, 90, 160]
    assert [int(plane.max()) for plane in planes.colour] == [77, 90, 160]
