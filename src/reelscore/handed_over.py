"""What a take hands over at its end: the result, its report, its bundle with the proof of where all came from."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING

from reelscore.catalogue import version
from reelscore.takes import Session, Take, as_stage
from reelscore.values.brief import Brief
from reelscore.values.codec import dumps
from reelscore.values.piece import Piece
from reelscore.values.progress import Watch
from reelscore.values.reading import Reading
from reelscore.values.score import Score

if TYPE_CHECKING:
    from reelscore.deliver.report import Report
    from reelscore.render.sound_files import Written

USED = ("av", "imageio-ffmpeg", "numba", "numpy", "scipy", "soundfile")


@dataclass(frozen=True, slots=True)
class Delivery:
    """One finished result, and everything known about it."""

    output: Path
    brief: Brief
    score: Score
    report: Report
    bundle: Path | None = None


def deliver(
    take: Take,
    at_work: Session,
    written: Written,
    watch: Watch,
    reading: Reading | None = None,
    video: Path | None = None,
) -> Delivery:
    from reelscore.deliver.report import Rates, make_report

    brief, fit = at_work.brief, at_work.brief.fit
    hits = bool(brief.hits and fit)
    report = make_report(
        brief,
        at_work.score,
        result=take.place.name,
        loudness=written.loudness,
        reading=reading,
        heard_ms=at_work.heard_ms,
        chance=Rates(fit.chance_beat_rate, fit.chance_downbeat_rate) if fit and hits else None,
        fixed_120=Rates(fit.fixed_beat_rate, fit.fixed_downbeat_rate) if fit and hits else None,
        ducking_db=at_work.recording.mix.ducking_db,
        encoding_rounds=written.rounds,
        picture=written.picture,
        picture_copied=written.picture_copied,
        notes=(*written.notes, *_missed(written, brief)),
    )
    if take.bundle is not None:
        _write_bundle(take, at_work, report, reading, video, watch)
    if take.report is not None:
        _write_report(take.report, report, take.order.force)
    return Delivery(take.place, brief, at_work.score, report, take.bundle)


def _missed(written: Written, brief: Brief) -> tuple[str, ...]:
    if written.on_target:
        return ()
    reached = f"{written.loudness.integrated_lufs:.1f} LUFS, {written.loudness.true_peak_dbtp:.1f} dBTP"
    return (f"The loudness asked for ({brief.loudness.lufs:g} LUFS) could not be met: the file has {reached}.",)


def _write_bundle(
    take: Take, at_work: Session, report: Report, reading: Reading | None, video: Path | None, watch: Watch
) -> None:
    from reelscore.deliver.bundle import Bundle, write_bundle
    from reelscore.deliver.provenance import Software, Sound, hashed, make_provenance
    from reelscore.perform.soundbanks import programs

    assert take.bundle is not None
    banks = at_work.sounds.banks_of(player.instrument for player in at_work.score.players)
    proof = make_provenance(
        at_work.brief,
        version(),
        inputs=[hashed(video, video.name)] if video else [],
        outputs=[hashed(take.place, take.place.name)],
        sounds=[Sound(bank.title, bank.licence, bank.source) for bank in banks],
        software=[Software(name, metadata.version(name)) for name in USED],
        command=_command(take, video),
    )
    cuts = tuple(shot.span.start for shot in reading.video.cuts) if reading and reading.video else ()
    bundle = Bundle(
        mix=at_work.recording.mix,
        score=at_work.score,
        duration=at_work.brief.duration,
        frame_rate=at_work.brief.frame_rate,
        programs=programs(),
        report=report,
        provenance=proof,
        piece=Piece(at_work.brief, at_work.score, at_work.recording.levels),
        hits=at_work.brief.hits,
        cuts=cuts,
        picture=take.place.name if video else "",
    )
    write_bundle(take.bundle, bundle, as_stage(watch, "bundle"), force=take.order.force)


def _write_report(place: Path, report: Report, force: bool) -> None:
    from reelscore.deliver.report_text import as_text
    from reelscore.render.destination import drafted

    text = dumps(report) if place.suffix.lower() == ".json" else as_text(report)
    with drafted(place, force=force) as draft:
        draft.path.write_text(text, encoding="utf-8", newline="\n")


def _command(take: Take, video: Path | None) -> list[str]:
    """The command line that makes this take again."""
    wishes, words = take.order.wishes, ["reelscore", "score" if video else "compose"]
    words += [video.name] if video else []
    words += [take.order.prompt] if take.order.prompt or not video else []
    options = {
        "--seed": take.seed,
        "--duration": None if wishes.duration is None else float(wishes.duration),
        "--bpm": None if wishes.bpm is None else float(wishes.bpm),
        "--key": wishes.key,
        "--genre": wishes.genre,
        "--mood": wishes.mood,
        "--instruments": ",".join(wishes.instruments) or None,
        "--no": ",".join(wishes.without) or None,
        "--meter": wishes.meter,
        "--curve": wishes.curve,
        "--energy": wishes.energy,
        "--density": wishes.density,
        "--loudness": wishes.loudness,
        "--output": take.place.name,
    }
    for name, value in options.items():
        words += [] if value is None else [name, str(value)]
    words += [word for hit in wishes.hits for word in ("--hit", hit)]
    words += [f"--{wishes.audio}-audio"] if wishes.audio else []
    words += ["--loop"] if wishes.loop else []
    words += ["--sounds", take.order.sounds] if take.order.sounds else []
    return words
