"""The recording session: a score goes in, the finished music and what goes on the film come out.

Players are rendered and shaped two at a time, a few ahead of the desk, and mixed in a fixed order, so the result does
not depend on which was ready first. With more than five minutes of music only one is in flight, and memory stays under
2 GB.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass

from reelscore.perform import band, filters, limiter, master, rides, space, strip, tape, under
from reelscore.perform.humanise import play
from reelscore.perform.loop import RING
from reelscore.perform.mix import ROOMS, Desk, Keep, Strip, melody_first, rooms, shape
from reelscore.perform.played_sounds import SHIPPED, Sounds
from reelscore.values import loudness
from reelscore.values.brief import LoudnessTarget
from reelscore.values.levels import Balance, Levels
from reelscore.values.progress import Watch, unwatched
from reelscore.values.score import Player, Score
from reelscore.values.sound import SAMPLE_RATE, Mix, PlayedNote, Samples, Stem
from reelscore.values.time import Seconds, Span, samples_in

_LONG_S = 300
_SHORT_S = 90
_AHEAD = 3  # strips begun before the desk has them: each is 23 MB for a minute


@dataclass(frozen=True, slots=True)
class Recording:
    """One take: the music alone, the notes as they were played, and the sound that goes on the film."""

    mix: Mix
    played: tuple[PlayedNote, ...]
    programme: Samples
    levels: Levels


def in_memory(_: str, samples: Samples) -> Samples:
    """Where stems lie unless somebody says otherwise."""
    return samples


def record(
    score: Score,
    duration: Seconds,
    target: LoudnessTarget,
    speech: Sequence[Span] = (),
    original: Samples | Callable[[], Samples] | None = None,
    watch: Watch = unwatched,
    stems: bool = True,
    keep: Keep = in_memory,
    like: Levels | None = None,
    sounds: Sounds = SHIPPED,
    balance: Balance | None = None,
) -> Recording:
    """Perform, mix and master a score.

    Every array has round(duration * 48000) frames. `programme` is the music under `speech` and over `original` (the
    film's own sound, on the film's clock) at the loudness target; without either it is the music itself.
    A function is asked for `original` when it is needed, at the end.
    `stems=False` leaves `mix.stems` empty and spares their memory; `keep` may store each elsewhere as it comes and give
    back where it lies. `like`: the levels of another take, so that what both play alike sounds alike. `sounds`: a
    user's, in place of the package's. `balance`: what shall be louder or quieter; that of `like` where it is not said.
    What rings past the end of a loop sounds over its beginning.
    Raises DataError, CancelledError.
    """
    frames = samples_in(duration, SAMPLE_RATE)
    played = play(score)
    watch("perform", 0.0)
    band.prepare(score, played, sounds)
    moved = balance or (like.balance if like else Balance())
    desk = Desk(score, played, frames, keep if stems else None, like, moved)
    players = melody_first(score.players)
    ringing = frames + (RING if score.loop else 0)

    def make(player: Player) -> Strip:
        dry = rides.render_player(score, player, played, ringing, sounds, moved.rides)
        return shape(player, dry, score.colour, like.of(player.name) if like else None)

    with ThreadPoolExecutor(1) as pool:
        last = pool.submit(_ready_to_finish, score)
        for done, ready in enumerate(_shaped(players, make, ringing), 1):
            desk.add(ready)
            watch("perform", done / max(1, len(players)))
        last.result()
    watch("mix", 0.0)
    unmastered = desk.finish()
    watch("master", 0.0)
    aged = unmastered
    if score.colour.lofi > 0:
        aged = unmastered.copy()
        tape.age(aged, score.colour.lofi, score.seed, score.loop)
    mastered = master.master(aged, score.colour, target, like.master if like else None, score.loop)
    del aged
    music, reached = mastered.samples, mastered.loudness
    watch("master", 0.7)
    programme, curve = music, None
    if speech or original is not None:
        own = original() if callable(original) else original
        programme, _, curve = under.lay_under(music, own, speech, target)
    watch("master", 1.0)
    stored = [(p.name, p.role) for p in score.players if p.name in desk.stems]
    stored += [(ROOMS, ROOMS)] if ROOMS in desk.stems else []
    kept = tuple(Stem(name, role, desk.stems[name], desk.headroom) for name, role in stored)
    levels = Levels(tuple(desk.levels), desk.headroom, mastered.level, moved.trims, moved.rides)
    return Recording(Mix(music, unmastered, kept, reached, curve), tuple(played), programme, levels)


def _shaped(players: Sequence[Player], make: Callable[[Player], Strip], frames: int) -> Iterator[Strip]:
    """Strips in the order of `players`, each `frames` long, made ahead by threads."""
    ahead = 1 if frames > _LONG_S * SAMPLE_RATE else _AHEAD + (frames <= _SHORT_S * SAMPLE_RATE)
    with ThreadPoolExecutor(2) as pool:
        waiting: deque[Future[Strip]] = deque()
        try:
            for player in players:
                waiting.append(pool.submit(make, player))
                if len(waiting) >= ahead:
                    yield waiting.popleft().result()
            while waiting:
                yield waiting.popleft().result()
        finally:
            pool.shutdown(wait=True, cancel_futures=True)


def _ready_to_finish(score: Score) -> None:
    """Load what is needed when all have played, while they do."""
    rooms(score.colour)
    for stage in (space, limiter, master):
        stage.warm()


def ready() -> None:
    """Load the kernels that every take needs from its first note on. Voices load their own when they play, and a take
    loads those of its end meanwhile."""
    band.ready()
    for stage in (filters, strip, loudness):
        stage.warm()


def warm() -> None:
    """Compile every kernel of this stage (or load it from the cache)."""
    ready()
    for stage in (band, space, limiter, master, tape, under):
        stage.warm()
