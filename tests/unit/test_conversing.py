"""A message carried out: one version, one undo, both halves told, and always an answer."""

from __future__ import annotations

import json
from fractions import Fraction

import pytest

from reelscore.conversing import Turn, answer, brief_of, carry_out, knowing, read, timeline_in, with_music
from reelscore.edit import timeline_json
from reelscore.edit.draft import to_draft
from reelscore.edit.history import begun, found, undo
from reelscore.edit.history import dumps as history_dumps
from reelscore.edit.registry import commands
from reelscore.edit.samples import FACTS, SAMPLES
from reelscore.edit.summary import summary
from reelscore.edit.wording import in_words
from reelscore.errors import BriefError, ReelscoreError
from reelscore.values.codec import from_json, to_json
from reelscore.values.command import Plain, Said, Step
from reelscore.values.message import Action, Asked, Context, Meaning, Missed, Option, Question
from reelscore.values.timeline import Media, Timeline


def edit(command: str, /, **args: Plain) -> Step:
    return Step(command, tuple(args.items()))


def act(kind: str, /, **args: Plain) -> Action:
    return Action(kind, tuple(args.items()))


def done(*steps: Asked, on: str = "clips", language: str = "en") -> tuple[Turn, Meaning]:
    meaning = Meaning(language, steps)
    return carry_out(meaning, begun(SAMPLES[on]()), FACTS, "said"), meaning


def test_all_edits_of_a_message_are_one_version_and_one_undo() -> None:
    turn, _ = done(edit("volume", which="music", to="30%"), edit("trim", which="clip 2", to=2))
    assert [version.id for version in turn.history.versions] == ["v1", "v2"]
    assert turn.history.now.message == "said"
    assert undo(turn.history).timeline == SAMPLES["clips"]()


@pytest.mark.parametrize("language", ["en", "zh"])
def test_sound_over_black_is_told_when_it_comes_and_what_ends_it_works(language: str) -> None:
    turn, meaning = done(edit("trim", which="music", to=20), language=language)
    (note,) = [note for note in answer(turn, meaning).notes if "6s" in note or "6秒" in note]
    said = "Make the music as long as the film" if language == "en" else "音乐和影片一样长"
    assert said in note
    meaning = read(said, turn.history.timeline, Context(), FACTS)
    after = carry_out(meaning, turn.history, FACTS, said)
    (request,) = after.history.timeline.requests
    assert dict(request.wishes)["duration"] == "14"
    assert not any("black" in note or "黑屏" in note for note in answer(after, meaning).notes)


@pytest.mark.slow
@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_edit_there_is_can_be_said_is_one_version_and_is_undone_by_one_undo(language: str) -> None:
    """The commands' own examples, said as messages."""
    for command in commands().values():
        for example in command.examples:
            before = begun(SAMPLES[example.on]())
            message = example.zh if language == "zh" else example.en
            meaning = read(message, before.timeline, Context(), FACTS)
            turn = carry_out(meaning, before, FACTS, message)
            assert turn.failed == (), message
            assert turn.history.current == "v2", message
            assert undo(turn.history).timeline == before.timeline, message


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("es", "No hecho: deshacer: no hay nada que deshacer."),
        ("fr", "Pas fait : annuler: il n’y a rien à annuler."),
        ("ja", "できませんでした：元に戻す: 元に戻すものがありません。"),
    ],
)
def test_frequent_reasons_are_told_in_the_language(language: str, line: str) -> None:
    turn, meaning = done(act("undo"), language=language)
    assert answer(turn, meaning).text.splitlines()[0] == line


def test_edits_build_on_one_another() -> None:
    turn, _ = done(edit("volume", which="music", to="50%"), edit("volume", which="music", by="-20"))
    assert turn.edited is not None
    assert in_words(turn.edited.changes) == "music: volume 100% -> 30%"


def test_an_edit_that_fails_leaves_the_others_and_both_are_told() -> None:
    turn, meaning = done(edit("unmute", which="clip 1"), edit("volume", which="music", to="900%"), edit("mute"))
    assert len(turn.failed) == 2
    reply = answer(turn, meaning)
    assert "muted" in " ".join(reply.done)
    assert len(reply.failed) == 2
    assert "400" in reply.text


def test_undo_and_an_edit_in_the_order_said() -> None:
    first, _ = done(edit("volume", which="music", to="20%"))
    meaning = Meaning("en", (act("undo"), edit("volume", which="music", to="30%")))
    turn = carry_out(meaning, first.history, FACTS, "undo that and make it 30%")
    assert turn.history.current == "v3"
    assert turn.history.now.parent == "v1"
    text = answer(turn, meaning).text
    assert "Done: music: volume 20% -> 30%" in text  # what is different now, told once


def test_undo_at_the_beginning_is_told_not_raised() -> None:
    turn, meaning = done(act("undo"))
    assert turn.history.current == "v1"
    assert "nothing to undo" in answer(turn, meaning).text
    assert "redo" not in answer(turn, meaning).text


def test_names_and_restores() -> None:
    first, _ = done(edit("mute", which="music"), act("name_version", name="quiet"), edit("title", text="Hi"))
    assert found(first.history, "quiet").id == "v2"
    assert first.context.versions == ("quiet",)
    meaning = Meaning("en", (act("restore", version="quiet"),))
    turn = carry_out(meaning, first.history, FACTS)
    assert turn.history.timeline == found(first.history, "quiet").timeline
    assert 'removed "Hi"' in answer(turn, meaning).text


def test_what_needs_the_edge_is_left_for_it_in_order() -> None:
    turn, meaning = done(edit("mute"), act("export", resolution="720p"), act("credits"), act("help"))
    assert [action.name for action in turn.pending] == ["export", "credits"]
    reply = answer(turn, meaning, results={0: Said("Made film.mp4.", "已生成 film.mp4。")})
    assert "Made film.mp4." in reply.text
    assert "cannot do that: credits" in reply.text


def test_what_is_exported_before_further_edits_is_the_film_as_it_was() -> None:
    turn, _ = done(edit("title", text="Hi"), act("export"), edit("mute", which="music"), act("export"))
    assert [version.id for version in turn.history.versions] == ["v1", "v2"]
    before, last = turn.early
    assert last is None
    assert before is not None
    assert "muted" not in summary(before)
    assert "Hi" in summary(before)


def test_a_reference_that_could_be_several_is_asked_about() -> None:
    turn, meaning = done(edit("trim", which="clip", to=2))
    assert turn.failed == ()
    assert turn.question is not None
    assert [option.steps for option in turn.question.options] == [
        ((edit("trim", which=name, to=2)),) for name in ("s1", "s2", "s3")
    ]
    assert turn.context.question == turn.question
    reply = answer(turn, meaning)
    assert reply.options[1].startswith("clip 2 (beach)")
    assert reply.next == ()


def test_a_file_that_was_not_named_is_asked_for() -> None:
    step = edit("picture_in_picture", place="top_left")
    context = Context(uploaded=(SAMPLES["clips"]().media[-1].id,))
    turn = carry_out(Meaning("en", (step,)), begun(SAMPLES["clips"]()), FACTS, context=context)
    assert turn.question is not None
    assert [option.label.en for option in turn.question.options] == ["logo.png", "sunset.jpg", "leave it as it is"]
    assert turn.question.options[-1].steps == ()
    assert read("2", turn.history.timeline, turn.context, FACTS).steps == turn.question.options[1].steps
    beach = read("the beach", turn.history.timeline, turn.context, FACTS)
    assert carry_out(beach, turn.history, FACTS).failed == ()
    assert [step.command for step in beach.edits] == ["picture_in_picture"]
    nothing = carry_out(Meaning("en", (step,)), begun(Timeline()), FACTS)
    assert nothing.question is None
    assert "upload one first" in nothing.failed[0].why.en


def test_the_question_offers_what_was_talked_about_first() -> None:
    context = Context(touched=("s3",))
    turn = carry_out(
        Meaning("en", (edit("trim", which="clip", to=2),)), begun(SAMPLES["clips"]()), FACTS, context=context
    )
    assert turn.question is not None
    assert dict(turn.question.options[0].steps[0].args)["which"] == "s3"


def test_the_context_remembers_what_was_touched_latest_first() -> None:
    turn, _ = done(edit("mute", which="clip 2"), edit("volume", which="music", to=30))
    assert turn.context.touched == ("s9", "s2")
    assert turn.context.steps == (edit("mute", which="clip 2"), edit("volume", which="music", to=30))
    later = carry_out(Meaning("en", (act("status"),)), turn.history, FACTS, context=turn.context)
    assert later.context.touched == ("s9", "s2")
    assert later.context.steps == turn.context.steps


def test_music_asked_for_waits_and_comes_into_the_same_version() -> None:
    turn, meaning = done(edit("generate_music", prompt="calm"), on="silent")
    assert turn.music
    asked = turn.history.timeline
    assert "being written" in answer(turn, meaning).timeline
    from reelscore.edit.requests import fulfilled

    medium = Media("sha256:" + "1" * 64, "audio", "Night.wav", Fraction(10), has_sound=True)
    after = fulfilled(asked, asked.requests[0].id, medium, medium.id, "Night")
    whole = with_music(turn, after)
    assert [version.id for version in whole.history.versions] == ["v1", "v2"]
    assert not whole.music
    reply = answer(whole, meaning)
    assert "music written (calm)" in reply.text
    assert "BGM: Night" in reply.timeline


def test_without_music_the_rest_of_the_message_stands() -> None:
    meaning = Meaning("en", (edit("generate_music", prompt="calm"), edit("title", text="Hi")))
    no = Said("there are too few credits", "积分不足")
    turn = carry_out(meaning, begun(SAMPLES["silent"]()), FACTS, no_music=no)
    assert not turn.music
    reply = answer(turn, meaning)
    assert 'added "Hi"' in reply.text
    assert "Not done: generate music (calm): there are too few credits" in reply.text


def test_files_are_known_without_a_version() -> None:
    medium = Media("sha256:" + "2" * 64, "video", "new.mp4", Fraction(5), 640, 360, Fraction(25))
    history = begun(SAMPLES["silent"]())
    assert knowing(history, [medium]).current == "v1"
    turn = carry_out(Meaning("en", (act("undo"), edit("add", media="new.mp4"))), history, FACTS, media=(medium,))
    assert turn.edited is not None
    assert "new" in answer(turn, Meaning("en")).timeline


@pytest.mark.parametrize("language", ["en", "zh", "es", "fr", "de", "pt", "ja", "ko", "sw"])
@pytest.mark.parametrize(
    "steps",
    [
        (),
        (edit("volume", which="music", to="30%"),),
        (edit("unmute", which="clip 1"),),
        (edit("remove", which="clip 9"),),
        *((act(name),) for name in (
            "undo", "redo", "restore", "versions", "diff", "help", "genres", "moods", "instruments", "music_video",
            "greet", "thank", "status", "export", "credits", "upload", "cancel", "name_version",
        )),
    ],
    ids=lambda steps: ",".join(getattr(s, "command", None) or s.name for s in steps) or "nothing",
)  # fmt: skip
def test_every_message_gets_text_in_every_language(steps: tuple[Asked, ...], language: str) -> None:
    turn, meaning = done(*steps, language=language)
    assert answer(turn, meaning).text.strip()


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("en", "Done: music: volume 100% -> 30%"),
        ("zh", "已完成：音乐：音量 100% → 30%"),
        ("es", "Hecho: música: volumen 100% -> 30%"),
        ("fr", "Fait : musique : volume 100% -> 30%"),
        ("de", "Erledigt: Musik: Lautstärke 100% -> 30%"),
        ("pt", "Feito: música: volume 100% -> 30%"),
        ("ja", "完了：音楽：音量 100% -> 30%"),
        ("ko", "완료: 음악: 음량 100% -> 30%"),
    ],
)
def test_a_change_of_a_number_is_told_in_the_language(language: str, line: str) -> None:
    turn, meaning = done(edit("volume", which="music", to="30%"), language=language)
    text = answer(turn, meaning).text
    assert text.splitlines()[0] == line
    assert ("Timeline (2 tracks)" in text) == (language == "en")


def test_corrections_and_what_was_withheld_are_told() -> None:
    meaning = Meaning("en", (edit("mute"),), corrected=(("exprot", "export"),), withheld=(act("export"),))
    text = answer(carry_out(meaning, begun(SAMPLES["clips"]()), FACTS), meaning).text
    assert 'Read "exprot" as "export".' in text
    assert "Left alone, as you asked: export" in text


def test_what_is_like_that_already_is_said() -> None:
    turn, meaning = done(edit("volume", which="music", to="100%"))
    assert turn.history.current == "v1"
    assert "already" in answer(turn, meaning).text


def test_a_timeline_is_read_from_whatever_holds_one() -> None:
    made = SAMPLES["clips"]()
    texts = (timeline_json.dumps(made), json.dumps(to_draft(made)), history_dumps(begun(made)))
    for text in texts:
        assert timeline_in(text).duration == made.duration


@pytest.mark.parametrize("text", ["", "{", "[]", "3", "null", '{"versions": []}', '{"schema": 99}', "[" * 100_000])
def test_what_holds_no_timeline_is_refused(text: str) -> None:
    with pytest.raises(ReelscoreError):
        timeline_in(text)


def test_new_music_has_a_brief_before_it_is_written() -> None:
    brief = brief_of(edit("generate_music", genre="house", bpm=124, duration=20), SAMPLES["silent"]())
    assert brief is not None
    assert (brief.genre, brief.duration) == ("house", Fraction(20))
    assert brief_of(edit("mute"), SAMPLES["silent"]()) is None
    with pytest.raises(BriefError):
        brief_of(edit("generate_music", genre="no such thing"), SAMPLES["silent"]())


def test_an_endless_message_is_refused_kindly() -> None:
    meaning = read("louder " * 10_000, SAMPLES["film"]())
    assert meaning.steps == ()
    assert "20000 letters" in answer(carry_out(meaning, begun(SAMPLES["film"]()), FACTS), meaning).text


def test_a_question_is_answered_in_the_next_message() -> None:
    turn, _ = done(edit("trim", which="clip", to=2))
    second = read("the second", turn.history.timeline, turn.context, FACTS)
    assert second.steps == (edit("trim", which="s2", to=2),)
    after = carry_out(second, turn.history, FACTS, "the second", context=turn.context)
    assert after.context.question is None
    other = read("mute the music", turn.history.timeline, turn.context, FACTS)
    assert [step.command for step in other.edits] == ["mute"]


def test_a_meaning_and_a_context_survive_json() -> None:
    question = Question(Said("Which?", "哪个？"), (Option(Said("a", "甲"), (edit("mute", which="s1"), act("export"))),))
    meaning = Meaning(
        "zh", (edit("volume", to=30), act("undo", count=2)), question, (Missed("x", Said("y", "z")),), (act("export"),),
        (("a", "b"),), 0.5,
    )  # fmt: skip
    assert from_json(Meaning, json.loads(json.dumps(to_json(meaning)))) == meaning
    context = Context("en", ("s1",), meaning.steps, question, ("sha256:1",))
    assert from_json(Context, json.loads(json.dumps(to_json(context)))) == context


def test_what_the_message_itself_took_away_is_not_asked_for_again() -> None:
    """ "Keep only the beach, delete the interview" says one thing twice."""
    turn, _ = done(edit("keep_range", start=4, end=8), edit("remove", which="interview"))
    assert (turn.failed, turn.question) == ((), None)
    assert [s.name for _, _, s in turn.history.timeline.placed() if s.name != "Lo-fi"] == ["beach"]


def test_the_stretch_of_a_clip_moves_with_it() -> None:
    """ "Delete the beach and keep only the interview": the interview lies elsewhere by then."""
    turn, _ = done(edit("remove", which="beach"), edit("keep_range", start=8, end=14))
    assert next((s.name, s.duration) for _, _, s in turn.history.timeline.placed()) == ("interview", Fraction(6))


def test_music_that_is_to_be_written_is_written_to_the_cut() -> None:
    """ "Add upbeat music and cut to the beat": there are no beats yet, and the cuts will lie on them."""
    turn, meaning = done(edit("generate_music", prompt="upbeat"), edit("cut_to_beat"))
    assert turn.failed == ()
    assert any("this very cut" in note for note in answer(turn, meaning).notes)
