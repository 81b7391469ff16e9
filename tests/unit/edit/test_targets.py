"""What a person calls a clip is found; what could be several, or is not there, is asked back with what there is."""

from __future__ import annotations

import pytest

from reelscore.edit.samples import SAMPLES
from reelscore.edit.targets import many, medium, one, track
from reelscore.errors import EditError

FOUND = [
    ("clips", "s3", ["s3"]),
    ("clips", "clip 2", ["s2"]),
    ("clips", "Clip Two", ["s2"]),
    ("clips", "the second clip", ["s2"]),
    ("clips", "2nd clip", ["s2"]),
    ("clips", "last clip", ["s3"]),
    ("clips", "the second to last clip", ["s2"]),
    ("clips", "2", ["s2"]),
    ("clips", "beach", ["s2"]),
    ("clips", "Beach.MP4", ["s2"]),
    ("clips", "the interview clip", ["s3"]),
    ("clips", "city", ["s1"]),
    ("clips", "clip at 5s", ["s2"]),
    ("clips", "clip at 0:09", ["s3"]),
    ("clips", "all clips", ["s1", "s2", "s3"]),
    ("clips", "every clip", ["s1", "s2", "s3"]),
    ("clips", "everything", ["s1", "s2", "s3", "s9"]),
    ("clips", "the music", ["s9"]),
    ("clips", "BGM", ["s9"]),
    ("clips", "lo-fi", ["s9"]),
    ("clips", "第二个片段", ["s2"]),
    ("clips", "片段3", ["s3"]),
    ("clips", "最后一个片段", ["s3"]),
    ("clips", "倒数第二个片段", ["s2"]),
    ("clips", "所有片段", ["s1", "s2", "s3"]),
    ("clips", "背景音乐", ["s9"]),
    ("clips", "5秒处的片段", ["s2"]),
    ("film", "the title", ["s10"]),
    ("film", '"Urban Dreams"', ["s10"]),
    ("film", "标题", ["s10"]),
    ("talk", "the voiceover", ["s8"]),
    ("talk", "旁白", ["s8"]),
    ("talk", "the subtitle", ["s7"]),
    ("talk", "hello there", ["s7"]),
    ("talk", "audio", ["s1", "s9", "s8"]),
    ("inset", "the small picture", ["s2"]),
    ("inset", "画中画", ["s2"]),
    ("slides", "photo 2", ["s2"]),
    ("slides", "all photos", ["s1", "s2"]),
    ("slides", "第一张照片", ["s1"]),
]


@pytest.mark.parametrize(("on", "said", "ids"), FOUND, ids=[f"{f[0]}: {f[1]}" for f in FOUND])
def test_a_reference_is_resolved_as_a_person_means_it(on: str, said: str, ids: list[str]) -> None:
    assert [place.segment.id for place in many(SAMPLES[on](), said)] == ids


def test_what_could_be_several_is_asked_back() -> None:
    with pytest.raises(EditError) as caught:
        one(SAMPLES["clips"](), "clip")
    assert caught.value.candidates == (
        "clip 1 (city timelapse) 0-4s", "clip 2 (beach) 4-8s", "clip 3 (interview) 8-14s",
    )  # fmt: skip
    assert caught.value.chinese_candidates[0] == "片段 1（city timelapse） 0-4s"


@pytest.mark.parametrize("said", ["clip 9", "clip 0", "nobody", "", "第九个片段", "clip at 99s", "..", "%s{ref}{0}"])
def test_what_is_not_there_is_told_with_what_is(said: str) -> None:
    with pytest.raises(EditError, match="There is: clip 1"):
        many(SAMPLES["clips"](), said)


def test_a_reference_to_the_wrong_kind_says_what_is_needed() -> None:
    with pytest.raises(EditError, match='"Urban Dreams" cannot be used here: it must be something with sound'):
        many(SAMPLES["film"](), "the title", ("sounding",))


def test_a_bare_number_counts_what_the_parameter_takes() -> None:
    assert [place.segment.id for place in many(SAMPLES["talk"](), "1", ("text",))] == ["s7"]


def test_files_are_found_by_name_part_of_it_number_or_hash() -> None:
    timeline = SAMPLES["film"]()
    assert medium(timeline, "sunset").name == "sunset.jpg"
    assert medium(timeline, "timelapse").name == "city timelapse.mp4"
    assert medium(timeline, "2").name == "beach.mp4"
    assert medium(timeline, "f" * 12).name == "voiceover.wav"


def test_tracks_are_found_by_name_number_and_what_is_on_them() -> None:
    timeline = SAMPLES["talk"]()
    assert [track(timeline, said).id for said in ("BGM", "3", "Voice track", "music", "t4")] == [
        "t2",
        "t3",
        "t3",
        "t2",
        "t4",
    ]
    with pytest.raises(EditError, match="There is: t1"):
        track(timeline, "none")
