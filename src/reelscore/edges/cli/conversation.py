"""A project that is talked to in a terminal: each line is read, carried out, saved and answered before the next.

What was said last ("a bit more") and an open question are kept beside the project, so that a conversation goes on
another day. A stop ends the work under way and nothing else: the project is saved whole after every line, and music or
a film that was being made leaves nothing behind.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from reelscore import conversing
from reelscore.edges.agent import ask
from reelscore.edges.cli.display import minutes
from reelscore.edges.cli.files_named import MEDIA, TEXTS, is_here, is_known, path_of, without_folders, words_and_files
from reelscore.edges.storage.project import SUFFIX, Project
from reelscore.errors import CancelledError, OutputError, ReelscoreError, shown
from reelscore.values.codec import from_json, to_json
from reelscore.values.command import Said, Step
from reelscore.values.message import Action, Context, Meaning, Reply
from reelscore.values.progress import Watch
from reelscore.values.timeline import Media, Timeline

if TYPE_CHECKING:
    from reelscore.conversing import Turn

Watching = Callable[[int], AbstractContextManager[Watch]]  # of so many frames
_LARGEST_TEXT = 4_000_000  # bytes
_KEPT = "conversation.json"
_BRINGS = re.compile(r"(?:please\s+)?(?:upload|import|open|add|load|use)|(?:请)?(?:上传|导入|添加|打开|加入|加)", re.I)
_STOPPED = Said("Stopped. Nothing was changed.", "已停止，没有任何改动。")


class Conversation:
    """One project, and what its conversation remembers."""

    def __init__(
        self, project: Project, watching: Watching, planner: ask.Planner | None = None, language: str = "en"
    ) -> None:
        self.project, self.watching, self.planner, self.language = project, watching, planner, language
        self.context = self._remembered()
        self.media = {medium.id: medium for medium in project.brought()}  # whether on the timeline or not
        self.texts: dict[str, str] = {}

    @property
    def timeline(self) -> Timeline:
        return self.project.history.timeline

    def opening(self) -> Reply:
        """How things stand."""
        meaning = Meaning(self.context.language or self.language, (Action("status"),))
        facts = self.project.facts()
        turn = conversing.carry_out(meaning, self.project.history, facts, context=self.context)
        return conversing.answer(turn, meaning, facts=facts)

    def said(self, line: str) -> Reply:
        """Do what the line says, and answer. Never raises for what goes wrong in doing it."""
        try:
            with self.project.alone():
                turn, meaning, notes = self._carried_out(line)
            results: dict[int, Said | str] = {}
            for n, (action, early) in enumerate(zip(turn.pending, turn.early, strict=True)):
                if action.name != "status":
                    at = early if early is not None and not early.requests else self.timeline
                    results[n] = self._done(action, at, meaning.language)
            return conversing.answer(turn, meaning, notes=notes, results=results, facts=self.project.facts())
        except (KeyboardInterrupt, CancelledError):
            return self._told(_STOPPED)
        except ReelscoreError as error:
            return self._told(conversing.said_of(error))
        except OSError as fault:
            why = fault.strerror or type(fault).__name__
            return self._told(Said(f"The disk says: {why}.", f"磁盘错误：{why}。"))

    def _carried_out(self, line: str) -> tuple[Turn, Meaning, tuple[str, ...]]:
        """Everything that changes the project; saved when this returns."""
        files, rest = self._brought(line)
        media, faults = self._taken(files)
        self.media |= {medium.id: medium for medium in media}
        context = replace(self.context, uploaded=(*self.context.uploaded, *(medium.id for medium in media)))
        known = tuple(self.media.values())
        history = conversing.knowing(self.project.history, known)
        facts = self.project.facts(self.texts, known)
        besides = rest.strip(" ,，;；&.。")
        if files and (not besides or _BRINGS.fullmatch(besides)):
            meaning = Meaning(context.language or self.language, tuple(Step("add", (("media", m.id),)) for m in media))
        else:
            meaning = ask.meaning(without_folders(line, files), history.timeline, context, facts, self.planner)
        turn = conversing.carry_out(meaning, history, facts, line, context=context, media=known)
        turn, notes = self._with_music(turn, meaning, line, context, known)
        self.project.change(turn.history)
        self.context = turn.context
        self._remember()
        missing = tuple(self._missing(word, meaning.language) for word in rest.split() if self._gone(word))
        return turn, meaning, (*notes, *faults, *missing)

    def _with_music(
        self, turn: Turn, meaning: Meaning, line: str, context: Context, known: Sequence[Media]
    ) -> tuple[Turn, tuple[str, ...]]:
        """The music that the edits ask for, written; where it cannot be, the rest of the line stands."""
        if not turn.music:
            return turn, ()
        from reelscore.editing import fulfil

        try:
            with self.watching(0) as watch:
                done = fulfil(turn.history.timeline, self.project, watch)
            return conversing.with_music(turn, done.timeline), done.notes
        except (KeyboardInterrupt, CancelledError):
            why = Said("stopped", "已停止")
        except ReelscoreError as error:
            why = conversing.said_of(error)
        facts = self.project.facts(self.texts, known)
        history = conversing.knowing(self.project.history, known)
        return conversing.carry_out(
            meaning, history, facts, line, context=context, media=known, no_music=why
        ), ()  # fmt: skip

    # What the terminal does for actions.

    def _done(self, action: Action, timeline: Timeline, language: str) -> str:
        try:
            if action.name == "export":
                return self._export(action, timeline, language)
        except (KeyboardInterrupt, CancelledError):
            return conversing.frame("stopped", language)
        except ReelscoreError as error:
            told = conversing.said_of(error).in_language("zh" if language == "zh" else "en")
            return conversing.frame("not_exported", language, told)
        return conversing.frame({"credits": "free", "cancel": "idle", "upload": "bring"}[action.name], language)

    def _export(self, action: Action, timeline: Timeline, language: str) -> str:
        from reelscore.edges.jobs.targets import filename_of, music_suffix, target_of
        from reelscore.editing import EXCHANGED, exchanged, plan, render, write_music_file, write_text

        args = dict(action.args)
        form = str(args.get("format") or "").lower().lstrip(".")
        if f".{form}" in EXCHANGED:
            out = self._free(f".{form}", str(args.get("name") or ""))
            write_text(out, exchanged(timeline, out.suffix, self.project.urls()))
            return _made(out, "", language)
        if suffix := music_suffix(args):
            named = filename_of(args, timeline, suffix) if args.get("name") else ""
            out = self._free(suffix, named)
            with self.watching(1) as watch:
                done = write_music_file(timeline, self.project, out, watch)
            return _made(out, minutes(float(done.duration)), language)
        target = target_of(args, timeline)
        made = plan(timeline, self.project, target)
        named = filename_of(args, timeline, target.suffix) if args.get("name") else ""
        out = self._free(target.suffix, named)
        with self.watching(made.frames) as watch:
            render(made, out, watch, work=self.project.folder / "chunks")
        return _made(out, minutes(float(made.duration)), language)

    def _free(self, suffix: str, name: str) -> Path:
        """A name beside the project that nothing has yet."""
        stem = Path(name).stem if name else self.project.folder.stem
        folder = self.project.folder.absolute().parent
        names = (f"{stem}{suffix}", *(f"{stem} {n}{suffix}" for n in range(2, 10_000)))
        for wanted in names:
            if not (folder / wanted).exists():
                return folder / wanted
        raise OutputError(f"There are too many files called {stem}{suffix}.", "Name the export: export as NAME.")

    # Files that a line names.

    def _brought(self, line: str) -> tuple[list[Path], str]:
        """The files that lie on this machine and are named in the line, and the line without them; texts are read."""
        whole = path_of(line)
        words = [line] if is_here(whole) and is_known(whole) else words_and_files(line)
        known = {medium.name for medium in self.timeline.media}
        files: list[Path] = []
        rest: list[str] = []
        for word in words:
            path = path_of(word)
            if not is_known(path) or not is_here(path) or (path.name == word and word in known):
                rest.append(word)
            elif path.suffix.lower() in TEXTS:
                self._read_text(path)
                rest.append(path.name)
            else:
                files.append(path)
        return files, " ".join(rest)

    def _gone(self, word: str) -> bool:
        """Is it the name of a file that is neither here nor known?"""
        path = path_of(word)
        if path.suffix.lower() not in MEDIA or not path.stem or word.startswith("."):
            return False
        return not is_here(path) and path.name not in {medium.name for medium in self.media.values()}

    def _missing(self, word: str, language: str) -> str:
        name = shown(Path(word))
        return Said(f"There is no file {name} in {Path.cwd()}.", f"{Path.cwd()} 中没有文件 {name}。").in_language(
            language
        )

    def _read_text(self, path: Path) -> None:
        if path.stat().st_size > _LARGEST_TEXT:
            raise OutputError(f"{shown(path)} is too large for a text.", "At most 4 MB are read.")
        self.texts[path.name] = path.read_text(encoding="utf-8-sig", errors="replace")

    def _taken(self, files: Sequence[Path]) -> tuple[list[Media], list[str]]:
        """The files that can be read, and what is wrong with the others."""
        media: list[Media] = []
        faults: list[str] = []
        for path in files:
            try:
                with self.watching(0) as watch:
                    media.append(self.project.take(path, watch))
            except ReelscoreError as error:
                if isinstance(error, CancelledError):
                    raise
                faults.append(str(error))
        return media, faults

    # What is remembered.

    def _remembered(self) -> Context:
        place = self.project.folder / _KEPT
        try:
            return from_json(Context, json.loads(place.read_text(encoding="utf-8"))["context"], _KEPT)
        except (OSError, ValueError, KeyError, TypeError, ReelscoreError):  # none yet, or of another version
            return Context()

    def _remember(self) -> None:
        place = self.project.folder / _KEPT
        draft = place.with_name(f".{_KEPT}.{os.getpid()}")
        draft.write_text(json.dumps({"schema": 1, "context": to_json(self.context)}, ensure_ascii=False), "utf-8")
        draft.replace(place)

    def _told(self, said: Said) -> Reply:
        language = self.context.language or self.language
        text = said.in_language("zh" if language == "zh" else "en")
        return Reply(language, failed=(text,), text=text)


def opened(files: Sequence[Path], name: str, watching: Watching) -> tuple[Project, bool]:
    """The project to talk about, and whether it is new: the one of this name, or the one that was made of these files
    before, or a new one beside them (in this folder where that one may not be written to)."""
    place = Path(name) if name else _default(files)
    folder = place if place.suffix == SUFFIX else place.with_name(place.name + SUFFIX)
    if folder.is_dir():
        return Project.open(folder.absolute()), False
    with watching(0) as watch:
        return Project.create(folder.absolute(), files, watch), True


def _default(files: Sequence[Path]) -> Path:
    first = files[0].absolute() if files else Path.cwd() / "film"
    folder = first.parent if os.access(first.parent, os.W_OK) else Path.cwd()
    wanted = {str(path.absolute()) for path in files}
    for n in range(1, 10_000):
        place = folder / (first.stem if n == 1 else f"{first.stem} {n}")
        project = place.with_name(place.name + SUFFIX)
        if not project.exists() or (wanted and wanted <= _sources(project)):
            return place
    raise OutputError(f"There are too many projects called {first.stem}.", "Give another name: --project NAME.")


def _sources(project: Path) -> set[str]:
    """Where the files of a project lie."""
    try:
        return {str(kept["path"]) for kept in json.loads((project / "media.json").read_text(encoding="utf-8"))}
    except (OSError, ValueError, KeyError, TypeError):
        return set()


def leave(project: Project) -> bool:
    """Remove a project in which nothing was ever done; was it so?"""
    if len(project.history.versions) > 1 or project.history.timeline.tracks or project.history.timeline.media:
        return False
    for name in ("history.json", "media.json", _KEPT):
        (project.folder / name).unlink(missing_ok=True)
    try:
        project.folder.rmdir()
    except OSError:
        return False
    return True


def _made(out: Path, length: str, language: str) -> str:
    size = out.stat().st_size
    told = f"{size / 1e6:.1f} MB" if size >= 100_000 else f"{size / 1e3:.1f} kB"
    inside = ", ".join(filter(None, (length, told)))
    return conversing.frame("exported", language, out, inside)
