"""Every example of every edit command looks and sounds as it did.

An example whose picture (or sound) is the same as before is stored as "as before", and must be so to the last pixel
(sample); of the others three pictures and the levels of the sound (or "silence", exact too) are stored. Of music that
is asked for, the request is.

    PICTURE   SSIM of every tile of every picture at least `LIKE`, and its mean colour within `COLOUR` steps of 255
    SOUND     every level within `SOUND_DB`, where it is above -60 dB of full scale
    LENGTH    pictures and samples exact

After a change that is meant: `python -m tests.golden.test_commands` renews the files in `data/commands` and prints what
became different; look at them, and commit them on their own, saying why.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import cv2
import numpy as np
import pytest

from reelscore.edit.registry import commands
from reelscore.edit.samples import SAMPLES
from reelscore.values.sound import SAMPLE_RATE, Samples
from reelscore.values.time import frames_in, samples_in
from reelscore.values.timeline import Request, Timeline
from tests.golden.examples import Case, Image, Levels, Studio, cases, differing_moments, levels, small
from tests.golden.footage import Footage
from tests.unit.render.painting import likeness

LIKE = 0.98
COLOUR = 2.0
TILES = (5, 3)  # of a picture, across and down: a caption is small beside a whole picture
SOUND_DB = 0.5

pytestmark = pytest.mark.slow

DATA = Path(__file__).parent / "data" / "commands"
SAMES = "samples"  # the golden of the timelines that the examples start from
AS_BEFORE, SILENCE = "as before", "silence"
RENEW = "look at it, then renew it with: python -m tests.golden.test_commands"
Golden = dict[str, Any]


@pytest.fixture(scope="module")
def studio(tmp_path_factory: pytest.TempPathFactory) -> Studio:
    return Studio(Footage(tmp_path_factory.mktemp("footage")).sources)


@pytest.mark.parametrize("name", [SAMES, *commands()])
def test_every_example_looks_and_sounds_as_it_did(name: str, studio: Studio) -> None:
    stored, strips = read(name)
    made = made_of(name, studio)
    assert [one["says"] for one in stored] == [golden["says"] for golden, _ in made], RENEW
    faults = [
        f"{golden['says']}: {fault}"
        for (golden, strip), known, image in zip(made, stored, strips, strict=True)
        for fault in differences(golden, strip, known, image)
    ]
    assert faults == []


@pytest.mark.parametrize("name", commands())
def test_what_was_before_an_edit_does_not_pass_for_what_is_after(name: str, studio: Studio) -> None:
    """The tolerances are finer than what any command does."""
    for case in cases(commands()[name]):
        golden, strip = of_case(case, studio)
        if strip is not None:
            assert unlike(strip, side_by_side(studio.strip(case.before, case.moments))), golden["says"]
        if isinstance(golden["sound"], dict):
            assert louder(levels(studio.sound(case.before)), golden["sound"]), golden["says"]


def test_nothing_is_stored_of_commands_that_are_no_more() -> None:
    assert {path.stem for path in DATA.iterdir()} == {SAMES, *commands()}


# ---- what is stored --------------------------------------------------------------------------------------------------


def made_of(name: str, studio: Studio) -> list[tuple[Golden, Image | None]]:
    """Golden and strip of every example of a command; of every sample."""
    if name != SAMES:
        return [of_case(case, studio) for case in cases(commands()[name])]
    found: list[tuple[Golden, Image | None]] = []
    for title, make in SAMPLES.items():
        timeline = make()
        moments = differing_moments(timeline, timeline)
        golden = {"says": title, **extent(timeline), "moments": list(map(str, moments))}
        strip = side_by_side(studio.strip(timeline, moments))
        found.append((golden | {"sound": heard(studio.sound(timeline))}, strip))
    return found


def of_case(case: Case, studio: Studio) -> tuple[Golden, Image | None]:
    """What is stored of an example, and its strip where the picture is another."""
    before, after = case.before, case.after
    golden: Golden = {"says": case.example.en, **extent(after)}
    strip = side_by_side(studio.strip(after, case.moments))
    same = np.array_equal(strip, side_by_side(studio.strip(before, case.moments)))
    golden["picture"] = AS_BEFORE if same else "changed"
    golden["moments"] = list(map(str, case.moments))
    sound = studio.sound(after)
    golden["sound"] = AS_BEFORE if np.array_equal(sound, studio.sound(before)) else heard(sound)
    if after.requests != before.requests:
        golden["requests"] = [told(request) for request in after.requests]
    if after.markers != before.markers:
        golden["markers"] = [f"{marker.at} {marker.kind} {marker.label}".strip() for marker in after.markers]
    if after.title != before.title:
        golden["title"] = after.title
    return golden, None if same else strip


def extent(timeline: Timeline) -> Golden:
    canvas = timeline.canvas
    return {
        "canvas": f"{canvas.width}x{canvas.height} {canvas.frame_rate}",
        "frames": frames_in(timeline.duration, canvas.frame_rate),
        "samples": samples_in(timeline.duration, SAMPLE_RATE),
    }


def told(request: Request) -> Golden:
    """A request without what is as usual."""
    usual = Request("", "", "")
    names = [name for name in Request.__dataclass_fields__ if getattr(request, name) != getattr(usual, name)]
    return {name: getattr(request, name) for name in names if name != "wishes"} | {"wishes": dict(request.wishes)}


def heard(sound: Samples) -> Levels | str:
    return levels(sound) if np.any(sound) else SILENCE


def side_by_side(pictures: Sequence[Image]) -> Image:
    return np.hstack([small(picture) for picture in pictures])


def differences(made: Golden, strip: Image | None, stored: Golden, image: Image | None) -> list[str]:
    """Everything in which an example is not as stored."""
    faults = [
        f"{key} was {stored.get(key)!r}, is {made.get(key)!r}"
        for key in sorted({*made, *stored} - {"sound"})
        if made.get(key) != stored.get(key)
    ]
    if strip is not None and image is not None:
        faults += unlike(strip, image)
    if isinstance(made["sound"], dict) and isinstance(stored["sound"], dict):
        return faults + louder(made["sound"], stored["sound"])
    if made["sound"] != stored["sound"]:
        was, now = (one["sound"] if isinstance(one["sound"], str) else "levels" for one in (stored, made))
        faults.append(f"its sound was stored as {was}, is {now}")
    return faults


def unlike(strip: Image, image: Image) -> list[str]:
    if strip.shape != image.shape:
        return [f"the strip is {strip.shape}, was {image.shape}"]
    faults = []
    for n, (new, old) in enumerate(zip(np.split(strip, 3, 1), np.split(image, 3, 1), strict=True), 1):
        pairs = list(zip(tiles(new), tiles(old), strict=True))
        like = min(likeness(a, b) for a, b in pairs)
        away = max(float(np.abs(a.mean((0, 1)) - b.mean((0, 1))).max()) for a, b in pairs)
        if like < LIKE or away > COLOUR:
            faults.append(f"picture {n} has a tile with an SSIM of {like:.4f}, one whose colour is {away:.1f} away")
    return faults


def tiles(image: Image) -> list[Image]:
    return [tile for row in np.array_split(image, TILES[1], 0) for tile in np.array_split(row, TILES[0], 1)]


def louder(new: dict[str, list[float]], old: dict[str, list[float]]) -> list[str]:
    faults = []
    for name in old:
        if len(new[name]) != len(old[name]):
            faults.append(f"{name} has {len(new[name])} levels, not {len(old[name])}")
            continue
        away = np.abs(np.subtract(new[name], old[name]))
        if away.size and away.max() > SOUND_DB + 1e-6:
            at = int(away.argmax())
            faults.append(f"{name} level {at} is {new[name][at]} dB, was {old[name][at]} dB")
    return faults


def read(name: str) -> tuple[list[Golden], list[Image | None]]:
    """What is stored of a command. Fails where nothing is."""
    path = DATA / f"{name}.json"
    if not path.exists():
        pytest.fail(f"{name} has no golden: {RENEW}")
    stored: list[Golden] = json.loads(path.read_text(encoding="utf-8"))
    pictured = [one.get("picture") != AS_BEFORE for one in stored]
    picture = path.with_suffix(".png")
    image: Any = cv2.imread(str(picture)) if picture.exists() else None
    rows = iter(np.split(image[..., ::-1], sum(pictured)) if image is not None else ())
    return stored, [next(rows) if shown else None for shown in pictured]


def write(name: str, made: Sequence[tuple[Golden, Image | None]]) -> None:
    rows = [strip for _, strip in made if strip is not None]
    lines = ",\n".join("  " + json.dumps(golden, ensure_ascii=False) for golden, _ in made)
    (DATA / f"{name}.json").write_text(f"[\n{lines}\n]\n", encoding="utf-8", newline="\n")
    picture = DATA / f"{name}.png"
    picture.unlink(missing_ok=True)
    if rows:
        cv2.imwrite(str(picture), np.vstack(rows)[..., ::-1], [cv2.IMWRITE_PNG_COMPRESSION, 9])


def renew() -> None:
    """Write every golden anew and say what became different."""
    DATA.mkdir(parents=True, exist_ok=True)
    for path in DATA.iterdir():
        if path.stem not in {SAMES, *commands()}:
            path.unlink()
    with TemporaryDirectory() as folder:
        studio = Studio(Footage(Path(folder)).sources)
        for name in (SAMES, *commands()):
            made = made_of(name, studio)
            known = {}
            if (DATA / f"{name}.json").exists():
                stored, strips = read(name)
                known = {one["says"]: (one, strip) for one, strip in zip(stored, strips, strict=True)}
            faults = []
            for golden, strip in made:
                old = known.get(golden["says"])
                faults += differences(golden, strip, *old) if old else ["new"]
            if faults or len(known) != len(made):
                write(name, made)
                print(f"{name}: {'; '.join(faults) or 'fewer examples'}", file=sys.stderr)


if __name__ == "__main__":
    renew()
