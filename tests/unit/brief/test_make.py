"""A brief: option before prompt before picture before genre, every field with its reason."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import Any

import pytest

from reelscore.brief.asked import seconds_of_hit
from reelscore.brief.make import make_brief
from reelscore.brief.pulse import meter_for_cuts
from reelscore.catalogue import vocabulary
from reelscore.errors import BriefError
from reelscore.values.brief import Brief, Exclusion, Hit, Key, LoudnessTarget, Reason, Wishes
from reelscore.values.reading import AudioReading, AudioStream, MediaInfo, Reading, Shot, VideoReading, VideoStream
from reelscore.values.time import Meter, Span
from reelscore.values.vocabulary import GenreEntry
from tests.unit.brief.small_vocabulary import SMALL
from tests.unit.brief.test_from_video import film as picture

NTSC = Fraction(30_000, 1001)


def brief(prompt: str = "", reading: Reading | None = None, **wishes: Any) -> Brief:
    """A brief for a prompt and options."""
    return make_brief(prompt, replace(Wishes(), **wishes), SMALL, reading)


def reason(made: Brief, field: str) -> tuple[str, str]:
    """Source and text of the reason for a field."""
    return next((r.source, r.text) for r in made.reasons if r.field == field)


def film(
    seconds: Fraction = Fraction(20),
    arousal: float = 0.0,
    valence: float = 0.0,
    speech: bool = False,
    sound: bool = True,
) -> Reading:
    """A reading of a film with a cut every five seconds."""
    stream = VideoStream(
        0, "h264", "High", "yuv420p", 1920, 1080, 1920, 1080, 0, Fraction(25), False, int(seconds * 25), Fraction(0),
        seconds, 8, "", False, False, 4_000_000,
    )  # fmt: skip
    heard = AudioStream(1, "aac", 48_000, 2, Fraction(0), seconds) if sound else None
    info = MediaInfo("film.mp4", "mp4", 10_000_000, stream, heard, 1, int(sound), False, seconds)
    starts = [Fraction(i * 5) for i in range(int(seconds / 5))]
    shots = tuple(
        Shot(Span(at, min(at + 5, seconds)), "cut" if at else "start", 0.95 if at else 1.0, 0.8, 0.4, 0.5)
        for at in starts
    )
    steps = int(seconds * 2) or 1
    level = (0.4,) * steps
    picture = VideoReading(
        info, shots, level, level, level, level, level, (arousal,) * steps, (valence,) * steps, (), False
    )  # fmt: skip
    said = (Span(Fraction(2), Fraction(6)),) if speech else ()
    audio = AudioReading(info, -20.0, 6.0, -3.0, level, speech=said) if sound else None
    return Reading(info, picture, audio)


class TestOrderOfSay:
    """An option wins over the prompt, the prompt over the picture, the picture over what is usual."""

    def test_option_over_prompt(self) -> None:
        made = brief(
            "lofi, 80 bpm, D minor, 30 seconds, sad", genre="house", bpm=Fraction(126), key="F#m", mood="happy"
        )
        assert (made.genre, made.bpm, made.key, made.mood) == ("house", Fraction(126), Key(6, "minor"), "happy")
        assert {source for source, _ in (reason(made, f) for f in ("genre", "tempo", "key", "mood"))} == {"option"}
        assert brief("30 seconds", duration=Fraction(45)).duration == 45

    def test_prompt_over_picture(self) -> None:
        made = brief("calm ambient", film(arousal=0.9, valence=0.6))
        assert (made.genre, made.mood) == ("ambient", "calm")
        assert reason(made, "mood")[0] == "prompt"

    def test_picture_over_default(self) -> None:
        lively, quiet = brief("", film(arousal=0.7, valence=0.7)), brief("", film(arousal=-0.8, valence=0.3))
        assert (lively.genre, quiet.genre) == ("house", "ambient")
        assert reason(lively, "genre")[0] == reason(lively, "mood")[0] == "picture"
        assert lively.energy > quiet.energy + 0.3

    def test_default(self) -> None:
        made = brief("")
        assert (made.genre, made.duration, made.loudness.lufs) == ("pop", Fraction(60), -14.0)
        assert reason(made, "genre")[0] == "default"


def test_every_decided_field_has_a_reason() -> None:
    """The person sees why, whatever was said."""
    for prompt in ("", "lofi", "不要鼓的轻快音乐", "rock, 3/4, hit at 0:12"):
        fields = {r.field for r in brief(prompt).reasons}
        assert {"duration", "genre", "mood", "tempo", "key", "meter", "loudness"} <= fields
        assert all(r.text and r.value for r in brief(prompt).reasons)


def test_the_reasons_quote_the_person() -> None:
    """ "yes, it understood": the words that decided come back."""
    made = brief("slow chill lofi for studying, 一分半, no drums in the intro")
    told = " | ".join(f"{r.field} {r.value} {r.text}" for r in made.reasons)
    for words in ("“lofi”", "“slow”", "“chill”", "一分半", "“no drums”", "in the intro"):
        assert words in told


class TestLength:
    """A film decides; without one the person; else a minute."""

    def test_a_film_always_gets_music_of_its_own_length(self) -> None:
        made = brief("30 seconds of lofi", film(Fraction(1234, 100)))
        assert made.duration == Fraction(1234, 100)
        assert any("0:30" in note and "0:12.3" in note for note in made.notes)
        assert not any("asked for" in note for note in brief("20 seconds", film()).notes)

    @pytest.mark.parametrize("seconds", [Fraction(1, 2), Fraction(0), Fraction(3601), Fraction(10**9)])
    def test_outside_a_second_and_an_hour_is_refused(self, seconds: Fraction) -> None:
        with pytest.raises(BriefError, match="shortest|at most"):
            brief(duration=seconds)

    def test_two_hours_of_music_is_refused_but_a_24_hour_race_is_not(self) -> None:
        with pytest.raises(BriefError, match="2:00:00"):
            brief("two hours of music")
        made = brief("a video of the 24 hour race")
        assert made.duration == 60

    def test_the_music_ends_before_the_end(self) -> None:
        """The last chord has time to ring: whole bars that reach the end, the last downbeat before it."""
        made = brief("pop", duration=Fraction(47))
        last = made.tempo_map.seconds_at(made.tempo_map.bars[-1].start)
        assert made.tempo_map.seconds_at(made.tempo_map.end) >= 47 - Fraction(1, 2)
        assert last < 47


class TestGenre:
    """Named, nearest, or what suits."""

    @pytest.mark.parametrize(
        ("prompt", "genre"),
        [
            ("rock anthem for a skate video", "pop"),
            ("techno", "house"),
            ("jazz for a dinner", "lofi"),
            ("epic choir and drums", "cinematic"),
            ("wedding film", "cinematic"),
            ("gym workout", "house"),
            ("yoga class", "ambient"),
            ("study session", "lofi"),
            ("true crime documentary", "cinematic"),
            ("kids birthday", "pop"),
            ("健身视频", "house"),
            ("瑜伽冥想", "ambient"),
            ("写作业", "lofi"),
            ("a video of my house", "lofi"),
        ],
    )
    def test_a_prompt_leads_to_a_fitting_genre(self, prompt: str, genre: str) -> None:
        assert brief(prompt).genre == genre

    @pytest.mark.parametrize(
        ("prompt", "genre"),
        [
            ("electronic", "edm"),
            ("happy electronic", "edm"),
            ("calm electronic", "lofi"),
            ("peaceful electronic music", "ambient"),
            ("nostalgic electronic music", "synthwave"),
            ("平静的电子音乐", "lofi"),
            ("calm electronic house", "house"),
            ("calm edm", "edm"),
        ],
    )
    def test_a_word_for_a_family_of_styles_means_the_one_that_carries_the_mood(self, prompt: str, genre: str) -> None:
        assert make_brief(prompt, Wishes(), vocabulary()).genre == genre

    def test_a_style_not_written_yet_is_told_honestly(self) -> None:
        made = brief("rock")
        assert "Rock is not written yet: Upbeat pop is the nearest." in made.notes

    def test_the_nearest_style_loses_as_soon_as_the_genre_exists(self) -> None:
        rock = replace(SMALL.genres["pop"], name="rock", title="Rock", words=("rock", "indie rock"))
        grown = replace(SMALL, genres={**SMALL.genres, "rock": rock})
        made = make_brief("indie rock", Wishes(), grown)
        assert made.genre == "rock"
        assert made.notes == ()

    def test_a_refused_style_is_not_chosen(self) -> None:
        assert brief("gym workout, no house music").genre != "house"

    def test_the_nearest_keeps_some_of_the_colour(self) -> None:
        assert "acoustic_guitar" in brief("folk").instruments
        assert str(brief("a romantic waltz").meter) == "3/4"

    def test_the_seed_does_not_change_the_genre(self) -> None:
        assert {brief("wedding", seed=seed).genre for seed in range(5)} == {"cinematic"}


class TestTempo:
    """Typical for the genre, moved by mood, words and picture, within what the genre can bear."""

    def test_words_move_it_within_the_genres_range(self) -> None:
        slow, plain, fast = (brief(f"{word} house music").bpm for word in ("slow", "", "very fast"))
        low, _, high = SMALL.genres["house"].tempo
        assert low * Fraction(85, 100) <= slow < plain < fast <= high * Fraction(115, 100)

    def test_a_number_is_kept_exactly(self) -> None:
        made = brief("lofi, 97 bpm")
        assert made.bpm == 97
        assert made.bpm_locked
        assert {step.seconds_per_beat for step in made.tempo_map.steps} == {Fraction(60, 97)}

    def test_a_window_is_kept(self) -> None:
        made = brief("house at 120-124 bpm")
        assert not made.bpm_locked
        assert all(Fraction(120) <= 60 / s.seconds_per_beat <= 124 for s in made.tempo_map.steps)
        assert 76 <= brief("andante, strings").bpm <= 106

    @pytest.mark.parametrize("bpm", [Fraction(39), Fraction(241), Fraction(0), Fraction(-90)])
    def test_impossible_tempi_are_refused(self, bpm: Fraction) -> None:
        with pytest.raises(BriefError, match="40 to 240"):
            brief(bpm=bpm)
        if bpm > 100:
            with pytest.raises(BriefError, match="40 to 240"):
                brief(f"{bpm} bpm")

    def test_an_unusual_tempo_is_noted(self) -> None:
        assert any("outside what Lo-fi usually plays" in note for note in brief("lofi, 150 bpm").notes)

    def test_a_lively_picture_pulls_it_up(self) -> None:
        lively, quiet = brief("pop", film(arousal=0.9)), brief("pop", film(arousal=-0.9))
        assert lively.bpm > quiet.bpm


class TestKey:
    """Named, or the mode by mood and genre and the tonic by the seed."""

    @pytest.mark.parametrize(
        ("wish", "key"),
        [
            *(("C", 0), ("F#m", 6), ("Bb major", 10), ("a minor", 9), ("Cmin", 0), ("降E大调", 3), ("D dorian", 2)),
            *(("g# harmonic minor", 8), ("F sharp minor", 6), ("Db", 1)),
        ],
    )
    def test_a_key_option_is_read(self, wish: str, key: int) -> None:
        assert brief(key=wish).key.tonic == key

    @pytest.mark.parametrize("wish", ["H minor", "", "minor", "C##", "X", "🎵"])
    def test_an_unknown_key_is_refused(self, wish: str) -> None:
        with pytest.raises(BriefError, match="Write it like"):
            brief(key=wish)

    def test_sad_music_is_minor_and_happy_music_major(self) -> None:
        assert all(brief("sad pop", seed=seed).key.minor for seed in range(8))
        assert not any(brief("happy pop", seed=seed).key.minor for seed in range(8))

    def test_the_seed_draws_the_tonic(self) -> None:
        assert len({brief("pop", seed=seed).key.tonic for seed in range(12)}) > 3
        assert brief("pop", seed=3).key == brief("pop", seed=3).key

    def test_a_mode_alone_is_kept(self) -> None:
        assert brief("happy, in a minor key").key.mode == "minor"
        assert brief("house, dorian").key.mode == "dorian"


class TestManner:
    """A name stands for a manner, and a course of two feelings for a style that carries both."""

    def test_a_name_is_a_manner_and_nobody_is_copied(self) -> None:
        made = brief("like Hans Zimmer")
        assert (made.genre, made.mood) == ("cinematic", "epic")
        assert any("nobody's tune" in note for note in made.notes)

    def test_a_cue_sheet_divides_the_piece(self) -> None:
        sheet = brief("calm intro (0-10s), tension building (10-25s), explosive climax at 25s, soft outro until 40s")
        assert (float(sheet.duration), float(sheet.hits[0].hit.at)) == (40, 25)
        level = {float(point.at): point.energy for point in sheet.curve}
        assert level[0] < level[25] > level[40]
        clocks = brief("0:00-0:15 soft piano, 0:15-0:45 full band, 0:45-1:00 fade out")
        assert clocks.duration == 60
        spans = [(float(e.within.start), float(e.within.end), e.only) for e in clocks.entrances if e.within]
        assert spans == [(0, 15, False)]
        assert brief("house, no drums from 0:20 to 0:30").duration == 60  # one range is no cue sheet

    def test_what_is_never_made_is_said(self) -> None:
        assert any("rain sounds" in note for note in brief("lofi with rain sounds").notes)
        assert any("steady" in note for note in brief("folk, accelerating").notes)
        assert not brief("calm piano, no rain sounds").notes

    def test_a_feeling_that_turns_at_a_second(self) -> None:
        made = brief("calm, then at 0:20 it gets energetic")
        assert [float(point.at) for point in made.curve] == [0, 20, 20]
        assert made.curve[0].energy < made.curve[-1].energy - 0.3


class TestBand:
    """Who plays, who does not."""

    def test_options_leave_out_roles_families_and_instruments(self) -> None:
        made = brief("pop", without=("drums,vocals", "strings", "cello"))
        out = {"drums", "percussion", "voices", "strings", "cello"}
        assert {e.what for e in made.exclusions} == out
        assert all(e.section == "" for e in made.exclusions)

    def test_a_section_stays_a_section(self) -> None:
        assert brief("no drums in the intro").exclusions == (
            Exclusion("drums", "intro"),
            Exclusion("percussion", "intro"),
        )

    def test_the_option_leaves_out_what_the_prompt_asks_for(self) -> None:
        made = brief("lofi with piano", without=("piano",))
        assert not {"grand_piano", "felt_piano"} & set(made.instruments)
        assert any("stays out" in note for note in made.notes)

    def test_a_family_is_played_by_the_genres_own_instrument(self) -> None:
        assert brief("lofi with drums").instruments == ("dusty_kit",)
        assert brief("house with drums").instruments == ("kit_909",)

    def test_only_leaves_out_everybody_else(self) -> None:
        made = brief("sad solo piano")
        assert made.instruments
        left = {e.what for e in made.exclusions}
        assert {"drums", "bass", "strings", "synth", "organ"} <= left
        assert not {"keys", "grand_piano", "felt_piano"} & left

    def test_alone_at_the_start_is_not_alone_throughout(self) -> None:
        made = brief("epic, starts quiet with just piano, ends with huge drums and choir")
        assert {e.section for e in made.exclusions} == {"intro"}
        assert "choir" in made.instruments

    def test_singing_is_declined_kindly(self) -> None:
        assert any("nobody will sing" in note for note in brief("pop with female vocals").notes)
        made = brief("pop, no vocals")
        assert Exclusion("voices") in made.exclusions
        assert made.notes == ()

    def test_a_choir_that_was_asked_for_stays(self) -> None:
        made = brief("epic choir, no vocals")
        assert "choir" in made.instruments
        assert Exclusion("voices") not in made.exclusions


class TestLoudness:
    """Presets and numbers."""

    @pytest.mark.parametrize(
        ("wish", "lufs", "peak"),
        [
            *(("youtube", -14.0, -1.0), ("tiktok", -14.0, -1.0), ("podcast", -16.0, -1.0), ("default", -14.0, -1.0)),
            *(("broadcast-ebu", -23.0, -1.0), ("broadcast-atsc", -24.0, -2.0), ("Broadcast_EBU", -23.0, -1.0)),
            *(("-18", -18.0, -1.0), ("-16.5 LUFS", -16.5, -1.0), ("-70", -70.0, -1.0), ("-5", -5.0, -1.0)),
        ],
    )
    def test_a_wish_is_read(self, wish: str, lufs: float, peak: float) -> None:
        target = brief(loudness=wish).loudness
        assert (target.lufs, target.true_peak_dbtp) == (lufs, peak)

    @pytest.mark.parametrize("wish", ["loud", "-71", "-4.9", "14", "", "nan", "1e9", "-14; rm"])
    def test_nonsense_is_refused(self, wish: str) -> None:
        with pytest.raises(BriefError):
            brief(loudness=wish)

    def test_the_prompt_may_name_the_place(self) -> None:
        assert brief("for a podcast").loudness == LoudnessTarget("podcast", -16.0, -1.0)
        assert brief("-20 LUFS").loudness.lufs == -20.0


class TestHits:
    """Seconds, clock times and timecodes; inside the film or not at all."""

    def test_options_and_prompt_are_joined(self) -> None:
        made = brief("hit at 0:05", duration=Fraction(30), hits=("12.5", "0:20"))
        mine = [result.hit for result in made.hits if result.hit.kind == "user"]
        assert [float(hit.at) for hit in mine] == [5.0, 12.5, 20.0]
        assert all(hit.weight == 1 for hit in mine)

    @pytest.mark.parametrize(
        ("text", "rate", "seconds"),
        [
            ("12.5", None, Fraction(25, 2)),
            ("12.5s", None, Fraction(25, 2)),
            ("1:05.25", None, Fraction(261, 4)),
            ("00:00:12:15", Fraction(25), Fraction(315, 25)),
            ("00:01:00:00", NTSC, Fraction(1800 * 1001, 30_000)),
            ("00:01:00;02", NTSC, Fraction(1800 * 1001, 30_000)),
            ("00:10:00;00", NTSC, Fraction(17_982 * 1001, 30_000)),
        ],
    )
    def test_a_moment_is_exact(self, text: str, rate: Fraction | None, seconds: Fraction) -> None:
        assert seconds_of_hit(text, rate) == seconds

    @pytest.mark.parametrize("text", ["soon", "", "-3", "00:00:12:25", "1:99", "12,5,5", "99999999999999", "NaN"])
    def test_what_is_no_moment_is_refused(self, text: str) -> None:
        with pytest.raises(BriefError):
            seconds_of_hit(text, Fraction(25))

    def test_a_timecode_needs_a_film(self) -> None:
        with pytest.raises(BriefError, match="no film"):
            brief(hits=("00:00:12:15",))
        assert any(float(h.hit.at) == 12.6 for h in brief("", film(), hits=("00:00:12:15",)).hits)

    @pytest.mark.parametrize(("prompt", "hits"), [("", ("60",)), ("1 minute long, hit at 2:00", ()), ("", ("3600",))])
    def test_outside_the_piece_is_refused(self, prompt: str, hits: tuple[str, ...]) -> None:
        with pytest.raises(BriefError, match="outside the track"):
            brief(prompt, hits=hits)

    def test_a_piece_of_no_named_length_has_room_for_its_moments(self) -> None:
        assert float(brief("pop, drop at 1:20").duration) > 90

    def test_a_cut_next_to_a_wish_gives_way(self) -> None:
        made = brief("", film(), hits=("5.1",))
        near = [r.hit for r in made.hits if abs(r.hit.at - 5) < 1]
        assert [(hit.kind, float(hit.at)) for hit in near] == [("user", 5.1)]


class TestOwnSound:
    """What becomes of the film's own sound: option, prompt, or what was heard."""

    def test_speech_is_kept_unless_told_otherwise(self) -> None:
        assert brief("", film(speech=True)).original_audio == "keep"
        assert brief("replace the original audio", film(speech=True)).original_audio == "replace"
        assert brief("replace the original audio", film(speech=True), audio="keep").original_audio == "keep"

    def test_replaced_speech_needs_no_room(self) -> None:
        assert brief("", film(speech=True)).speech
        assert brief("去掉原声", film(speech=True)).speech == ()

    def test_a_silent_film_has_nothing_to_keep(self) -> None:
        assert brief("keep my audio", film(sound=False)).original_audio == "none"
        assert brief("keep my audio").original_audio == "none"


class TestCourse:
    """What the prompt says of beginning, middle and end becomes cues."""

    def test_a_build_rises(self) -> None:
        cues = brief("calm, then builds to a big finish").cues
        assert cues[0].label == "opening"
        assert cues[-1].label == "ending"
        assert cues[-1].energy - cues[0].energy > 0.4
        assert [c.energy for c in cues] == sorted(c.energy for c in cues)
        assert cues[0].span.start == 0
        assert cues[-1].span.end == 60

    def test_a_short_film_has_room_for_a_course(self) -> None:
        """Seventeen seconds seen as one scene: beginning, middle and end still differ, and the prompt leads."""
        cues = brief("calm intro, then builds", film(Fraction(17))).cues
        assert len(cues) >= 3
        assert cues[0].label == "opening"
        assert cues[-1].energy - cues[0].energy > 0.3

    def test_sad_to_hopeful_turns_the_valence(self) -> None:
        cues = brief("starts sad, ends hopeful").cues
        assert cues[0].valence < 0 < cues[-1].valence

    def test_without_a_course_the_form_is_free(self) -> None:
        assert [cue.label for cue in brief("lofi").cues] == [""]

    def test_the_prompt_bends_the_films_own_cues(self) -> None:
        plain, bent = brief("pop", film()).cues, brief("pop, big finish", film()).cues
        assert {cue.span.start for cue in plain} <= {cue.span.start for cue in bent}
        assert bent[-1].energy > plain[-1].energy


class TestWrongNames:
    """A mistake gets one clear line with what was probably meant."""

    @pytest.mark.parametrize(
        ("wishes", "hint"),
        [
            ({"genre": "hause"}, '"house"'),
            ({"genre": "rock"}, "Rock is not written yet"),
            ({"mood": "hapy"}, '"happy"'),
            ({"instruments": ("pianno",)}, "Known"),
            ({"without": ("drumz",)}, '"drums"'),
            ({"loudness": "youtub"}, '"youtube"'),
            ({"genre": "x" * 500}, "Unknown genre"),
            ({"mood": "a\nb"}, "Unknown mood “a b”"),
            ({"audio": "maybe"}, "kept or replaced"),
        ],
    )
    def test_it_is_refused_with_a_suggestion(self, wishes: dict[str, Any], hint: str) -> None:
        with pytest.raises(BriefError) as caught:
            brief("", film(), **wishes)
        assert hint in str(caught.value)
        assert "\n" not in str(caught.value)

    @pytest.mark.parametrize(
        ("wishes", "genre", "mood"),
        [({"genre": "Lo-Fi"}, "lofi", ""), ({"genre": "低保真"}, "lofi", ""), ({"mood": "开心"}, "", "happy")],
    )
    def test_a_word_for_it_does_as_well_as_its_name(self, wishes: dict[str, Any], genre: str, mood: str) -> None:
        made = brief("", **wishes)
        assert genre in ("", made.genre)
        assert mood in ("", made.mood)


def test_same_input_same_brief() -> None:
    """A brief is a function of its input."""
    prompt = "upbeat pop for a travel vlog, hit at 0:12"
    assert brief(prompt, film(), seed=7) == brief(prompt, film(), seed=7)


def test_a_meter_the_genre_lacks_is_told() -> None:
    """No silent change."""
    straight = replace(SMALL.genres["house"], meters=("4/4",))
    vocabulary = replace(SMALL, genres={"house": straight})
    made = make_brief("house music in 3/4", Wishes(), vocabulary)
    assert made.meter == Meter(4, 4)
    assert any("3/4" in note for note in made.notes)


def test_a_title_is_carried_not_obeyed() -> None:
    """Quoted text names the piece."""
    made = brief('calm ambient called "Heavy Metal Thunder"')
    assert (made.genre, made.mood, made.title) == ("ambient", "calm", "Heavy Metal Thunder")


def test_nothing_understood_is_said() -> None:
    """An honest word where the prompt held nothing for us."""
    assert any("named a style" in note for note in brief("xyzzy plugh").notes)
    assert any("English and Chinese" in note for note in brief("спокойная музыка").notes)


def test_an_empty_catalogue_is_a_clear_error() -> None:
    """Never a traceback from deep inside."""
    genres: dict[str, GenreEntry] = {}
    with pytest.raises(BriefError, match="no genre"):
        make_brief("lofi", Wishes(), replace(SMALL, genres=genres))


@pytest.mark.parametrize(
    ("gap", "source", "meters", "meter"),
    [
        (2, "genre", ("4/4", "2/4"), "2/4"),
        (4, "genre", ("4/4", "2/4"), "4/4"),
        (2, "genre", ("4/4", "3/4"), "4/4"),
        (2, "prompt", ("4/4", "2/4"), "4/4"),
        (2, "option", ("4/4", "2/4"), "4/4"),
    ],
)
def test_fast_cuts_ask_for_half_bars(gap: int, source: str, meters: tuple[str, ...], meter: str) -> None:
    """Shots near a bar's length: 2/4, if the genre plays it and nobody named a meter."""
    hits = [Hit(Fraction(gap * k), 0.8, "cut") for k in range(1, 9)]
    given = Reason("meter", "4/4", source, "why")
    found, reason = meter_for_cuts(Meter(4, 4), given, meters, Fraction(110), hits)
    assert str(found) == reason.value == meter
    assert reason.source == ("picture" if meter == "2/4" else source)


def test_a_few_cuts_do_not_change_the_meter() -> None:
    """Three fast cuts say nothing about a film's pace."""
    hits = [Hit(Fraction(k), 0.8, "cut") for k in range(1, 4)]
    given = Reason("meter", "4/4", "genre", "why")
    assert meter_for_cuts(Meter(4, 4), given, ("4/4", "2/4"), Fraction(110), hits) == (Meter(4, 4), given)


def test_a_film_that_bars_of_four_serve_badly_gets_half_bars() -> None:
    """Shots of 2 to 6 s at a slow tempo, none of them a whole number of bars: 2/4, and the reason says why."""
    seen = picture(60, [3.1, 8.4, 12.2, 14.9, 20.3, 23.0, 27.7, 31.1, 36.8, 40.2, 43.1, 48.7, 52.5])
    reading = Reading(seen.info, seen, None)
    made = make_brief("", Wishes(genre="cinematic"), vocabulary(), reading)
    four = make_brief("", Wishes(genre="cinematic", meter="4/4"), vocabulary(), reading)
    assert four.fit
    assert made.fit
    assert (str(made.meter), reason(made, "meter")[0]) == ("2/4", "picture")
    assert made.fit.beat_rate >= min(0.9, four.fit.beat_rate)
    assert made.fit.downbeat_rate >= min(0.7, four.fit.downbeat_rate + 0.08)


@pytest.mark.parametrize(("said", "at"), [("0:05", 5.48), ("0:05.3", 5.3), ("0:06", 6.0)])
def test_an_entrance_at_a_whole_second_is_on_the_cut_that_is_meant(said: str, at: float) -> None:
    """A player shows 0:05 from 5.00 s on: drums then come in with the cut at 5.48 s, and the reasons say so."""
    seen = picture(20, [1.2, 3.04, 5.48, 7.48, 9.68])
    made = make_brief(f"pop, drums come in at {said}", Wishes(), vocabulary(), Reading(seen.info, seen, None))
    drums = next(one for one in made.entrances if one.within)
    assert drums.within
    assert float(drums.within.start) == at
    own = [result for result in made.hits if result.hit.kind == "user"]
    assert [(float(result.hit.at), float(result.error)) for result in own] == [(at, 0.0)]
    told = [r for r in made.reasons if r.field == "entrance" and r.source == "picture"]
    assert bool(told) == (at == 5.48)


def test_a_hit_asked_for_at_a_second_stays_there() -> None:
    """A hit is exact: "hit at 0:05" is at 5.00 s, and drums that come in then come in there."""
    seen = picture(20, [1.2, 3.04, 5.48, 7.48, 9.68])
    reading = Reading(seen.info, seen, None)
    made = make_brief("pop, hit at 0:05, drums come in at 0:05", Wishes(), vocabulary(), reading)
    assert {float(result.hit.at) for result in made.hits if result.hit.kind == "user"} == {5.0}
