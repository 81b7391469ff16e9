"""The conversation in a terminal: files, edits, music, films, undo; a stop ends the work and nothing else."""

from __future__ import annotations

import json
import os
import pty
import select
import signal
import subprocess
import time
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from reelscore import conversing
from reelscore.edges.cli import files_named
from reelscore.edges.cli.conversation import Conversation, leave, opened
from reelscore.edges.cli.talk import own_language
from reelscore.edges.storage.project import Project
from reelscore.edit.history import begun
from reelscore.edit.samples import SAMPLES
from reelscore.edit.timeline_json import dumps
from reelscore.errors import BriefError, CancelledError
from reelscore.values.command import Plain, Step
from reelscore.values.message import Action, Asked, Meaning
from reelscore.values.progress import unwatched
from tests.acceptance.command import COMMAND, frames_and_length, reelscore
from tests.media.make import ffmpeg
from tests.unit.edges.agent import servers


@contextmanager
def unseen(frames: int) -> Any:
    yield unwatched


def edit(command: str, /, **args: Plain) -> Step:
    return Step(command, tuple(args.items()))


@pytest.fixture
def talk(tmp_path: Path) -> Conversation:
    """A project with ten seconds of a city."""
    project, _ = opened([], str(tmp_path / "film"), unseen)
    project.change(begun(SAMPLES["silent"]()))
    return Conversation(project, unseen)


@pytest.fixture
def means(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Sets what the rules read in every line."""

    def put(*steps: Asked) -> None:
        monkeypatch.setattr(conversing, "read", lambda *args, **more: Meaning("en", steps))

    return put


def test_edits_are_saved_before_they_are_answered(talk: Conversation, means: Any) -> None:
    means(edit("title", text="Sea"), edit("marker", at=1))
    assert 'added "Sea"' in talk.said("a title").text
    assert Project.open(talk.project.folder).history.current == "v2"
    means(Action("undo"))
    assert "Undone (now v1)" in talk.said("undo").text
    assert Project.open(talk.project.folder).history.current == "v1"


def test_what_was_spoken_of_is_remembered_another_day(talk: Conversation, means: Any) -> None:
    means(edit("title", text="Sea"))
    talk.said("a title")
    again = Conversation(Project.open(talk.project.folder), unseen)
    assert again.context.touched == talk.context.touched != ()
    (talk.project.folder / "conversation.json").write_text("{")
    assert Conversation(Project.open(talk.project.folder), unseen).context.touched == ()


@pytest.mark.parametrize(
    ("fault", "why"),
    [(BriefError("No such genre."), "No such genre"), (CancelledError(), "stopped"), (KeyboardInterrupt(), "")],
    ids=["cannot", "cancelled", "ctrl-c"],
)  # fmt: skip
def test_music_that_is_not_written_leaves_the_rest_of_the_line(
    talk: Conversation, means: Any, monkeypatch: pytest.MonkeyPatch, fault: BaseException, why: str
) -> None:
    def fail(*args: Any) -> None:
        raise fault

    monkeypatch.setattr("reelscore.editing.fulfil", fail)
    means(edit("title", text="Sea"), edit("generate_music", prompt="calm"))
    told = talk.said("a title and music").text
    assert 'added "Sea"' in told
    assert "Not done: generate music (calm)" in told
    assert why in told
    saved = Project.open(talk.project.folder).history
    assert saved.timeline.requests == ()
    assert saved.current == "v2"


def test_a_fault_in_a_line_is_told_and_the_next_one_works(talk: Conversation, means: Any) -> None:
    (talk.project.folder / "edit.lock").write_text(str(os.getpid()))
    means(edit("title", text="Sea"))
    assert "under way" in talk.said("a title").text
    (talk.project.folder / "edit.lock").unlink()
    assert 'added "Sea"' in talk.said("a title").text


def test_actions_of_the_terminal(talk: Conversation, means: Any) -> None:
    means(Action("credits"), Action("cancel"), Action("upload"), Action("export"))
    told = talk.said("x").text
    assert "nothing costs anything" in told
    assert "Nothing is under way" in told
    assert "Type the file's path" in told
    assert "Not exported" in told  # its media are nowhere


def test_a_text_file_in_a_line_is_read(talk: Conversation, means: Any, tmp_path: Path) -> None:
    place = tmp_path / "my words.srt"
    place.write_text("1\n00:00:01,000 --> 00:00:02,000\nHello\n")
    means(edit("captions", file="my words.srt"))
    assert "Hello" in talk.said(f'add subtitles from "{place}"').timeline


@pytest.mark.parametrize("line", ["warmer " * 60, "画面整体调亮一点" * 20, "a" * 300 + ".mp4"])
def test_a_line_longer_than_a_files_name_is_read(talk: Conversation, means: Any, line: str) -> None:
    means(edit("filter", name="warm"))
    assert "filters none -> warm" in talk.said(line).text


def test_a_file_that_is_not_there_is_told(talk: Conversation, means: Any) -> None:
    means()
    assert 'There is no file "gone.mp4"' in talk.said("add gone.mp4").text


@pytest.mark.parametrize(
    "form",
    ["{}", '"{}"', "'{}'", "upload {escaped}", "{escaped} ", "file://{url}", 'add "{}"', "上传 {escaped}"],
)  # fmt: skip
def test_files_are_found_however_they_are_named(talk: Conversation, tmp_path: Path, form: str) -> None:
    place = tmp_path / "a b.mp4"
    place.write_bytes(b"x")
    text = form.format(place, escaped=str(place).replace(" ", "\\ "), url=str(place).replace(" ", "%20"))
    assert talk._brought(text)[0] == [place]


@pytest.mark.slow
def test_a_file_that_cannot_be_read_does_not_keep_the_others_out(
    talk: Conversation, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    good, bad = tmp_path / "good.png", tmp_path / "bad.mp4"
    Image.new("RGB", (64, 36), "red").save(good)
    bad.write_bytes(b"this is no film")
    told = talk.said(f'"{bad}" "{good}"')
    assert "bad.mp4" in told.text
    assert "added good" in told.text


def test_a_disk_that_fails_ends_a_line_and_not_the_chat(
    talk: Conversation, means: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*args: Any) -> None:
        raise OSError(28, "No space left on device")

    means(edit("title", text="Sea"))
    monkeypatch.setattr(Project, "save", fail)
    assert "No space left" in talk.said("a title").text
    monkeypatch.undo()
    assert Project.open(talk.project.folder).history.current == "v1"


def test_an_empty_project_is_not_left_behind(tmp_path: Path, means: Any) -> None:
    means(Action("greet"))
    talk = Conversation(opened([], str(tmp_path / "film"), unseen)[0], unseen)
    talk.said("hello")
    assert leave(talk.project)
    assert list(tmp_path.iterdir()) == []


def test_a_project_with_work_in_it_is(talk: Conversation, means: Any) -> None:
    means(edit("title", text="Sea"))
    talk.said("a title")
    means(Action("undo"))
    talk.said("undo")
    assert not leave(talk.project)
    assert talk.project.folder.is_dir()


def test_a_second_project_gets_a_name_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    first, _ = opened([], "", unseen)
    second, new = opened([], "", unseen)
    assert (first.folder.name, second.folder.name, new) == ("film.reelscore", "film 2.reelscore", True)
    assert opened([], "film", unseen)[1] is False


def test_exports_never_overwrite(talk: Conversation) -> None:
    folder = talk.project.folder.parent
    for name in ("film.mp4", "film 2.mp4"):
        (folder / name).write_bytes(b"mine")
    assert talk._free(".mp4", "").name == "film 3.mp4"
    assert talk._free(".mp4", "../../etc/x").parent == folder


def test_names_are_told_to_the_rules_without_their_folders() -> None:
    path = Path("/home/me/my films/a.mp4")
    assert files_named.without_folders(f'put "{path}" at the end', [path]) == "put a.mp4 at the end"


@pytest.mark.parametrize(
    ("environ", "language"),
    [({}, "en"), ({"LANG": "zh_CN.UTF-8"}, "zh"), ({"LANG": "de_DE", "LC_ALL": "C"}, "en"), ({"LANG": "sw_KE"}, "en")],
)
def test_it_begins_in_the_persons_language(environ: dict[str, str], language: str) -> None:
    assert own_language(environ) == language


# The installed command.


@pytest.mark.slow
@pytest.mark.parametrize("form", ["timeline", "draft", "history"])
def test_parse_takes_any_timeline_and_does_nothing(tmp_path: Path, form: str) -> None:
    from reelscore.edit import history
    from reelscore.edit.draft import to_draft

    made = SAMPLES["clips"]()
    place = tmp_path / "t.json"
    place.write_text({
        "timeline": dumps(made), "draft": json.dumps(to_draft(made)), "history": history.dumps(history.begun(made)),
    }[form])  # fmt: skip
    run = reelscore("parse", "trim clip 2 to 2 seconds", "--timeline", place, "--json", cwd=tmp_path)
    assert run.code == 0, run.err
    assert run.json["steps"][0]["command"] == "trim"
    assert dict(run.json["steps"][0]["args"])["to"] in (2, "2", "2s", "2 seconds")
    assert [path.name for path in tmp_path.iterdir()] == ["t.json"]


@pytest.mark.slow
def test_parse_shows_the_brief_of_new_music(tmp_path: Path) -> None:
    run = reelscore("parse", "compose a 20 second house track at 124 bpm", "--json", cwd=tmp_path)
    assert run.code == 0, run.err
    assert run.json["briefs"][0]["genre"] == "house"
    assert "house" in reelscore("parse", "compose a 20 second house track at 124 bpm", cwd=tmp_path).out


@pytest.mark.slow
@pytest.mark.parametrize("text", ["[]", "{", "null", '{"t": 3}', "nonsense"])
def test_parse_refuses_what_is_no_timeline(tmp_path: Path, text: str) -> None:
    (tmp_path / "t.json").write_text(text)
    run = reelscore("parse", "mute", "--timeline", "t.json", cwd=tmp_path)
    assert run.code == 2
    assert run.err.startswith("reelscore: ")
    assert len(run.err.splitlines()) == 1


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("talk")
    picture, coded = ("-f", "lavfi", "-i", "testsrc2=s=320x180:r=25:d=4"), ("-pix_fmt", "yuv420p", "-c:v", "libx264")
    ffmpeg(*picture, *coded, place / "beach.mp4")
    ffmpeg(*picture, "-vf", "negate", *coded, place / "my city.mp4")
    return place


def piped(folder: Path, *words: str, lines: str, **environ: str) -> str:
    done = subprocess.run(
        [COMMAND, "chat", *words], cwd=folder, input=lines, capture_output=True, text=True, timeout=600,
        env={**os.environ, **environ},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.mark.slow
def test_a_whole_conversation_through_a_pipe(folder: Path) -> None:
    """Files, music, a change by number, undo, another language, a film: and all of it is there the next time."""
    told = piped(
        folder, "beach.mp4", "-q",
        lines='upload my\\ city.mp4\nadd calm piano music\nmusic volume 40%\nundo\n'
        '加个标题“海边”\nexport in 360p\nquit\nmute\n',
    )  # fmt: skip
    assert "New project" in told
    assert "added my city (4-8s)" in told
    assert "music written" in told
    assert "volume 100% -> 40%" in told
    assert "Undone (now v3)" in told
    assert "已完成：添加“海边”（0-3s）" in told
    assert "muted" not in told
    assert frames_and_length(folder / "beach.mp4")[0] == 100
    assert frames_and_length(folder / "beach 2.mp4") == (200, 8.0)
    again = piped(folder, "beach.mp4", "-q", lines="versions\n")
    assert "Going on with" in again
    assert "海边" in again


@pytest.mark.slow
def test_a_language_model_is_asked_only_where_it_is_configured_and_needed(folder: Path) -> None:
    """What it proposes is put to the person, and done when they say so."""
    pytest.importorskip("pydantic_ai")
    sepia = json.dumps({"steps": [{"command": "filter", "args": {"name": "sepia"}}]})
    with servers.serving(servers.says(sepia)) as server:
        lines = "upload beach.mp4\nmy grandparents and the seagull\nyes\nmute it\n"
        told = piped(folder, "--project", "model", "-q", lines=lines, REELSCORE_LLM_URL=server.url)
        assert "Shall I do this?" in told
        assert "beach: filters none -> sepia" in told
        assert len(server.asked) == 1
    assert "Shall I" not in piped(folder, "--project", "rules", "-q", lines=lines)


@pytest.mark.slow
def test_ctrl_c_stops_the_work_and_not_the_conversation(folder: Path) -> None:
    main, side = pty.openpty()
    chat = subprocess.Popen([COMMAND, "chat", "my city.mp4", "--project", "stopped"], cwd=folder, stdin=side,
                            stdout=side, stderr=side, start_new_session=True)  # fmt: skip
    os.close(side)
    try:
        _wait(main, b"> ")
        os.write(main, b"compose 10 minutes of epic orchestra\n")
        _wait(main, b"%")
        chat.send_signal(signal.SIGINT)
        assert b"stopped" in _wait(main, b"\n> ")
        os.write(main, b'add a title "Here"\n')
        assert b'"Here"' in _wait(main, b"\n> ")
        os.write(main, b"quit\n")
        assert chat.wait(120) == 0
    finally:
        if chat.poll() is None:
            os.killpg(chat.pid, signal.SIGKILL)
            chat.wait()
        os.close(main)
    assert "BGM" not in reelscore("show", "stopped", cwd=folder).out


def _wait(handle: int, words: bytes, seconds: float = 300) -> bytes:
    """What the terminal shows until these words are there."""
    shown, end = b"", time.monotonic() + seconds
    while words not in shown:
        assert time.monotonic() < end, shown[-2000:]
        if select.select([handle], [], [], 0.2)[0]:
            shown += os.read(handle, 65_536)
    return shown
