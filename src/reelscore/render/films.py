"""A film with new sound: the sound is encoded, and a picture that is copied joins it while its loudness is proven.

Where the proof asks for another round of sound, the film is put together anew; a picture to encode waits for the proof.

Copied pictures keep their time stamps (`-copyts`), moved so that the first shown frame stands at 0, where the sound's
first sample stands too. Frames before it, which only an edit list hides, stay hidden by an edit list.
"""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor, wait
from dataclasses import replace
from pathlib import Path

from reelscore.errors import EncoderError
from reelscore.render.arguments import exact, local, of_stranger
from reelscore.render.destination import drafted
from reelscore.render.edit_list import cut_shown_length
from reelscore.render.formats import FILM_CONTAINERS, MUXERS, film_sound, title_of
from reelscore.render.plan import FilmPlan, describe, plan_film, still
from reelscore.render.run import Limits, encode, packet_count
from reelscore.render.sound_files import Aim, Tags, Written, fitted, verified_sound
from reelscore.values.progress import Watch, part_of, unwatched
from reelscore.values.reading import MediaInfo
from reelscore.values.sound import SAMPLE_RATE, Samples
from reelscore.values.time import samples_in

_H264 = ("-c:v", "libx264", "-preset", "superfast", "-crf", "20", "-profile:v", "high", "-flags:v", "+bitexact")
_VP9 = ("-c:v", "libvpx-vp9", "-deadline", "realtime", "-cpu-used", "6", "-row-mt", "1", "-crf", "30", "-b:v", "0")
_COLOURS = ("-color_range", "tv", "-colorspace", "bt709", "-color_primaries", "bt709", "-color_trc", "bt709")
# Camera, place and date stand in keys of QuickTime's own; without these they would be lost, with them the brands that
# the muxer writes by itself would be written twice.
_BRANDS = ("major_brand=", "minor_version=", "compatible_brands=")
_QUICKTIME_KEYS = ("-movflags", "+faststart+use_metadata_tags", *(w for b in _BRANDS for w in ("-metadata", b)))
_SOUND_SHARE = 0.5  # of the progress, when the picture is copied


def write_film(
    source: Path,
    info: MediaInfo,
    programme: Samples,
    out: Path,
    plan: FilmPlan,
    watch: Watch = unwatched,
    *,
    aim: Aim | None = None,
    bitrate_kbps: int | None = None,
    tags: Tags | None = None,
    force: bool = False,
    limits: Limits | None = None,
) -> Written:
    """Write the film with this sound alone, as planned; `programme` starts at the first shown frame.

    The sound is cut or filled up to exactly `plan.duration`. A picture that cannot be copied after all is encoded,
    and a note says so. The file appears complete or not at all. Raises OutputError, EncoderError.
    """
    length = samples_in(plan.duration, SAMPLE_RATE)
    share = _SOUND_SHARE if plan.copied else 0.1
    with drafted(out, force=force, source=source) as draft, ThreadPoolExecutor(1) as beside:

        def film(sound: Path) -> tuple[FilmPlan, tuple[str, ...]]:
            return _written(source, info, sound, draft.path, plan, part_of(watch, "write", share, 1.0), tags, limits)

        begun: dict[Path, Future[tuple[FilmPlan, tuple[str, ...]]]] = {}

        def begin(sound: Path) -> None:
            if plan.copied and not begun:
                begun[sound] = beside.submit(film, sound)

        sound, loudness, rounds, reached = verified_sound(
            fitted(programme, length),
            draft,
            film_sound(FILM_CONTAINERS[out.suffix.lower()]),
            part_of(watch, "write", 0.0, share),
            aim=_fitting(aim, length),
            kbps=bitrate_kbps,
            limits=limits,
            encoded=begin,
        )
        wait(begun.values())
        made, notes = begun[sound].result() if sound in begun else film(sound)
    return Written(out, loudness, rounds, reached, made.copied, describe(made), notes)


def _written(
    source: Path, info: MediaInfo, sound: Path, out: Path, plan: FilmPlan, watch: Watch, tags: Tags | None,
    limits: Limits | None,
) -> tuple[FilmPlan, tuple[str, ...]]:  # fmt: skip
    """Write the film at a path of our own: the plan that worked, and why others did not."""
    notes: list[str] = []
    for attempt in _attempts(info, plan):
        try:
            arguments = film_arguments(source, info, sound, out, attempt, tags)
            check_shown(out, encode(arguments, attempt.duration, watch, limits=limits), info, attempt)
        except EncoderError as fault:
            notes.append(fault.message)
            continue
        return attempt, tuple(notes)
    raise EncoderError(notes[-1], "Convert the film to an ordinary mp4 and try again.")


def film_arguments(
    source: Path, info: MediaInfo, sound: Path | tuple[list[str], str], out: Path, plan: FilmPlan,
    tags: Tags | None = None,
) -> list[str]:  # fmt: skip
    """The encoder's arguments for one film. `out` is a path of our own, and so is `sound`: an encoded file.

    Or `sound` is (input arguments, a filter graph that ends in [sound]), encoded here.
    """
    muxer = MUXERS[plan.container]
    iso = plan.container in ("mp4", "mov")
    arguments = ["-copyts"]
    if plan.start:
        arguments += ["-itsoffset", exact(-plan.start)]
    arguments += [*_timing(info), *of_stranger(source, info.container)]
    if isinstance(sound, Path):
        arguments += ["-i", local(sound), "-map", f"0:{plan.stream}", "-map", "1:a:0", "-c:a", "copy"]
    else:
        inputs, graph = sound
        arguments += [*inputs, "-filter_complex", graph, "-map", f"0:{plan.stream}", "-map", "[sound]"]
        made = film_sound(plan.container)
        arguments += [*made.codec, "-b:a", f"{made.kbps}k", "-flags:a", "+bitexact"]
    if plan.copied:
        arguments += ["-map", "0:s?", "-c:s", "copy"] if plan.subtitles else []
        arguments += ["-c:v", "copy", *_copying(info, plan)]
    else:
        arguments += ["-vf", plan.filters, "-frames:v", str(plan.frames), "-pix_fmt", "yuv420p", *_COLOURS]
        arguments += [*(_VP9 if plan.picture == "vp9" else _H264)]
        arguments += ["-tune", "stillimage"] if still(info) and plan.picture == "h264" else []
    arguments += ["-map_metadata", "0", "-fflags", "+bitexact", *(tags or Tags()).arguments()]
    keys = _QUICKTIME_KEYS if info.container == plan.container == "mov" else ()
    arguments += [*(keys or ("-movflags", "+faststart")), "-movie_timescale", str(SAMPLE_RATE)] if iso else []
    return [*arguments, "-f", muxer, local(out)]


def _timing(info: MediaInfo) -> list[str]:
    """Input options: frames of animations that show for no time are shown as browsers show them; AVI has no times."""
    if info.container == "gif":
        return ["-min_delay", "2", "-default_delay", "10"]
    if info.container == "webp" and not still(info):
        return ["-min_delay", "20", "-default_delay", "100"]
    return ["-fflags", "+genpts"] if info.container == "avi" else []


def _copying(info: MediaInfo, plan: FilmPlan) -> list[str]:
    """Output options that keep what a copied picture carries: Dolby Vision data, the codec names players expect."""
    options = ["-strict", "unofficial"]
    if info.container == "avi":  # it keeps no times: those made up start one frame late when frames are reordered
        unpacked = "mpeg4_unpack_bframes," if plan.source_codec == "mpeg4" else ""
        options += ["-bsf:v", f"{unpacked}setts=pts=PTS-STARTPTS:dts=DTS-STARTPTS"]
    iso = plan.container in ("mp4", "mov")
    if plan.source_codec == "hevc" and iso and info.container not in ("mp4", "mov"):
        options += ["-tag:v", "hvc1"]
    return options


def _attempts(info: MediaInfo, plan: FilmPlan) -> Iterator[FilmPlan]:
    """The plan; without subtitles; and at last with the picture encoded, over the same length."""
    yield plan
    if plan.subtitles:
        yield replace(plan, subtitles=False)
    if plan.copied:
        yield plan_film(info, plan.suffix, plan.duration, copy=False)


def check_shown(path: Path, pictures: int, info: MediaInfo, plan: FilmPlan) -> None:
    """Every picture is there, and what the source's edit list hides stays hidden; else EncoderError."""
    if pictures < plan.frames:
        raise EncoderError(f"Only {pictures} of {plan.frames} pictures could be written.")
    if not plan.copied:
        return
    if plan.container in ("mp4", "mov"):
        cut_shown_length(path, plan.duration)
    elif info.container in ("mp4", "mov") and packet_count(path) != plan.frames:
        raise EncoderError(f"The edit list of the film has no place in {title_of(plan.container)}.")


def _fitting(aim: Aim | None, length: int) -> Aim | None:
    if aim is None:
        return None
    return Aim(aim.target, lambda gain_db, ceiling: fitted(aim.remaster(gain_db, ceiling), length))
