"""One round: work is asked for, processes are killed at random moments, and then everything must be right.

A round asks for all kinds of work in two sessions: a film that is read, filtered, scored and rendered, and a short
piece of music that is written, turned down and rendered.
"""

from __future__ import annotations

import random
import subprocess
import time
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path

from sqlalchemy import func, select

from reelscore.edges.accounts import ledger
from reelscore.edges.accounts.plans import plan, price
from reelscore.edges.api.arriving import admit
from reelscore.edges.api.auth import Caller
from reelscore.edges.jobs import jobs, messages
from reelscore.edges.storage import sessions
from reelscore.edges.storage.media import StoredMedia
from reelscore.edges.storage.media import media as media_of
from reelscore.edges.storage.tables import entries, events
from reelscore.editing import medium_of, unpack_music
from reelscore.errors import ReelscoreError
from reelscore.pipeline import inspect_media
from reelscore.values.reading import MediaInfo
from tests.faults.house import House
from tests.media.make import ffmpeg

PATIENCE_S = 600.0  # on a machine that does much else; a job that is lost never ends
MUSIC_S = 3
FILM_S = 24


@dataclass
class Outcome:
    """What became of a round. `wrong` is empty when everything is as it must be."""

    number: int
    kills: list[str] = field(default_factory=list)
    took_s: float = 0.0
    after_s: float = 0.0  # from the last kill to the end of the last job
    wrong: list[str] = field(default_factory=list)

    def line(self) -> str:
        said = "; ".join(self.wrong) or "ok"
        return f"{self.number:4}  {self.took_s:6.1f}  {self.after_s:6.1f}  {', '.join(self.kills) or '-':40}  {said}"


class Stage:
    """The film that every round uses, made once."""

    def __init__(self, house: House) -> None:
        self.house = house
        self.film = house.folder / "film.mp4"
        picture = f"testsrc2=size=160x90:rate=10:duration={FILM_S}"
        ffmpeg("-f", "lavfi", "-i", picture, "-pix_fmt", "yuv420p", "-g", "10", self.film)
        self.info: MediaInfo = inspect_media(self.film).info
        self.blob = house.store.blobs.put_file(self.film)
        self.versions: dict[str, int] = {}

    def ask(self, number: int) -> list[str]:
        """Two new sessions, and a script of what is said to them."""
        house = self.house
        who = Caller(house.account, frozenset({"*"}), plan(house.settings, "studio"))
        medium = medium_of(self.info, f"sha256:{self.blob}", "film.mp4")
        row = StoredMedia(medium.id, self.blob, "film.mp4", self.info.size, medium, self.info)
        with house.store.database.write() as tx:
            film = sessions.create(tx, house.account, f"film {number}").id
            score = sessions.create(tx, house.account, f"score {number}").id
            admit(tx, who, film, [row])
        music = {"prompt": "calm piano", "duration": f"{MUSIC_S}s"}
        script: list[dict[str, object]] = [
            {"session": score, "key": "music", "steps": [["generate_music", {**music, "seed": number + 1}]]},
            {"session": film, "key": "look", "steps": [["filter", {"name": "warm"}]]},
            {"session": score, "key": "quiet", "steps": [["volume", {"which": "music", "to": "40%"}]]},
            {"session": film, "key": "music", "steps": [["generate_music", {**music, "seed": number + 2}]]},
            {"session": film, "key": f"film {number}", "render": {"format": "mp4"}},
            {"session": film, "key": f"poster {number}", "render": {"format": "png"}},
            {
                "session": score,
                "key": f"more {number}",
                "steps": [["vary_music", {"which": "music", "keep": "harmony"}]],
            },
        ]
        house.say(script)
        return [film, score]


def play(stage: Stage, number: int, chance: random.Random) -> Outcome:
    """A round: ask, kill, wait, check."""
    house, outcome = stage.house, Outcome(number)
    began = time.monotonic()
    mine = stage.ask(number)
    kills = sorted(chance.uniform(0.2, 7.0) for _ in range(chance.randint(1, 3)))
    killed = began
    while True:
        now = time.monotonic() - began
        if kills and now >= kills[0]:
            kills.pop(0)
            outcome.kills.append(_strike(house, chance))
            killed = time.monotonic()
        said = house.keep_speaking()
        if said and not kills and _all_ended(house, mine):
            break
        if now > PATIENCE_S:
            outcome.wrong.append(_what_hangs(house, mine))
            break
        time.sleep(0.1)
    outcome.took_s, outcome.after_s = time.monotonic() - began, time.monotonic() - killed
    outcome.wrong += check(stage, mine)
    return outcome


def _strike(house: House, chance: random.Random) -> str:
    kinds = ["worker", "child", "child", "speaker", "all", *(["database"] if house.postgres else [])]
    kind = chance.choice(kinds)
    if kind == "worker":
        house.kill_worker(chance.randrange(len(house.workers)))
    elif kind == "child":
        return "child" if house.kill_child(chance.choice) else "(no child)"
    elif kind == "speaker":
        house.kill_speaker()
    elif kind == "database":
        house.kill_database()
    else:
        house.kill_everything()
    return kind


def _all_ended(house: House, mine: list[str]) -> bool:
    try:
        with house.store.database.read() as tx:
            talk = [one for session in mine for one in messages.unfinished(tx, session)]
            work = [one for session in mine for one in jobs.listed(tx, session=session, states=jobs.OPEN)]
    except ReelscoreError:  # the database is away
        return False
    return not talk and not work


def _what_hangs(house: House, mine: list[str]) -> str:
    with house.store.database.read() as tx:
        talk = [f"message {m.key} {m.state}" for session in mine for m in messages.unfinished(tx, session)]
        work = [f"job {j.kind} {j.state}" for s in mine for j in jobs.listed(tx, session=s, states=jobs.OPEN)]
    return f"LOST after {PATIENCE_S:.0f} s: {', '.join(talk + work) or 'the speaker hangs'}"


# What must be true.


def check(stage: Stage, mine: list[str]) -> list[str]:
    """Everything that is not as it must be."""
    wrong = [*_talk(stage.house, mine), *_money(stage.house), *_files(stage.house, mine)]
    orphans = stage.house.orphans()
    return wrong + ([f"orphans {orphans}"] if orphans else [])


def _talk(house: House, mine: list[str]) -> list[str]:
    """Every message was answered once, every job ended well, every edit is one version."""
    wrong = []
    with house.store.database.read() as tx:
        for session, versions in zip(mine, (4, 4), strict=True):
            talk = messages.history(tx, session)
            wrong += [f"message {m.key} is {m.state}: {m.reply and m.reply.text}" for m in talk if m.state != "done"]
            work = jobs.listed(tx, session=session)
            wrong += [f"job {j.kind} is {j.state}: {j.error}" for j in work if j.state != "completed"]
            made = len(sessions.load(tx, session).history.versions)
            wrong += [] if made == versions else [f"{made} versions instead of {versions}"]
            for message in talk:
                ended = select(func.count()).where(events.c.message == message.id, events.c.kind == "end")
                count = tx.execute(ended).scalar_one()
                wrong += [] if count == 1 else [f"message {message.key} ended {count} times"]
    return wrong


def _money(house: House) -> list[str]:
    """The ledger sums to zero, nothing stays frozen, and each piece of music cost what it costs, once."""
    with house.store.database.read() as tx:
        whole = tx.execute(select(func.sum(entries.c.amount))).scalar() or 0
        held = ledger.balance(tx, house.account)
        written = [j for j in jobs.listed(tx, house.account, kind="music", limit=100_000) if j.state == "completed"]
    due = sum(price(plan(house.settings, "studio"), "music", int(job.params["pieces"])) for job in written)
    wrong = [] if whole == 0 else [f"the ledger sums to {whole}"]
    wrong += [] if held.frozen == 0 else [f"{held.frozen} credits stay frozen"]
    return wrong + ([] if held.consumed == due else [f"charged {held.consumed} instead of {due}"])


def _files(house: House, mine: list[str]) -> list[str]:
    """Every output is there, is what its hash says, and decodes to its whole length; so does the music."""
    wrong = []
    with house.store.database.read() as tx:
        renders = [j for session in mine for j in jobs.listed(tx, session=session, kind="render")]
        music = [row for session in mine for row in media_of(tx, session) if row.origin == "composed"]
    for job in renders:
        if job.result:
            wrong += _decoded(
                house, str(job.result["blob"]), str(job.result["filename"]), float(job.result["duration"])
            )
    for row in music:
        try:
            samples = unpack_music(house.store.blobs.path(row.blob))
            house.store.blobs.get_bytes(row.blob)
        except ReelscoreError as fault:
            wrong.append(f"music: {fault}")
            continue
        if Fraction(len(samples), 48_000) != row.medium.duration:
            wrong.append(f"music of {len(samples)} samples instead of {row.medium.duration} s")
    return wrong


def _decoded(house: House, blob: str, name: str, duration: float) -> list[str]:
    place = house.folder / f"decoded{Path(name).suffix}"
    try:
        place.write_bytes(house.store.blobs.get_bytes(blob))
        ffmpeg("-xerror", "-i", place, "-f", "null", "-")
        found = inspect_media(place).info if place.suffix != ".png" else None
    except (ReelscoreError, subprocess.CalledProcessError, OSError) as fault:
        return [f"{name}: {fault}"]
    if found is not None and abs(float(found.duration) - duration) > 0.15:
        return [f"{name} lasts {float(found.duration):.2f} s instead of {duration:.2f} s"]
    return []
