"""What could be said next: a few useful steps for the timeline as it is, worded so that they can be sent as a message.

The table is in order of use: what is still missing comes first (a film, its music, a title), refinements of what was
just done next, the export last. Whoever calls may leave out what would not work.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from reelscore.values.command import Step
from reelscore.values.facts import Facts
from reelscore.values.message import Asked
from reelscore.values.timeline import Segment, Timeline, Track

LANGUAGES = ("en", "zh", "es", "fr", "de", "pt", "ja", "ko")


@dataclass(frozen=True, slots=True)
class Scene:
    """What the suggestions depend on."""

    timeline: Timeline
    facts: Facts
    just: frozenset[str]  # names of the commands and actions that were carried out with this message

    def segments(self, kind: str) -> list[tuple[Track, Segment]]:
        return [(track, segment) for track, _, segment in self.timeline.placed() if track.kind == kind]

    @property
    def music(self) -> list[Segment]:
        return [segment for track, segment in self.segments("audio") if track.role == "music"]

    @property
    def composed(self) -> bool:
        waiting = {request.segment for request in self.timeline.requests}
        return any(segment.piece or segment.id in waiting for segment in self.music)

    @property
    def clips(self) -> list[Segment]:
        film = next((t for t in self.timeline.tracks if t.kind == "video" and t.role != "background"), None)
        return [segment for _, segment in film.placed()] if film else []

    @property
    def speech(self) -> bool:
        return any(self.facts.of(segment.media).speech for segment in self.clips)

    @property
    def faded(self) -> bool:
        return any(segment.sound and segment.sound.fade_out for segment in self.music)

    @property
    def ducked(self) -> bool:
        return any(segment.sound and segment.sound.duck_db for segment in self.music)

    @property
    def ends_early(self) -> bool:
        """Is there more film, by a second at least, than music?"""
        sounding = [span.end for track, span, _ in self.timeline.placed() if track.role == "music"]
        film = sum((segment.duration for segment in self.clips), Fraction(0))
        return bool(sounding) and not self.timeline.requests and film - max(sounding) >= 1

    @property
    def wide(self) -> bool:
        return self.timeline.canvas.width > self.timeline.canvas.height

    @property
    def linked(self) -> bool:
        return any(track.transitions for track in self.timeline.tracks if track.kind == "video")


_WRITES = {"generate_music", "regenerate_music", "vary_music", "music_length", "refit_music"}
_WORDS = {"title", "text_style"}
# when, and en, zh, es, fr, de, pt, ja, ko
_STEPS: tuple[tuple[Callable[[Scene], bool], tuple[str, ...]], ...] = (
    (
        lambda scene: scene.just == {"undo"},
        ("redo", "重做", "rehacer", "rétablir", "wiederholen", "refazer", "やり直し", "다시 실행"),
    ),
    (
        lambda scene: bool(scene.clips) and not scene.music,
        (
            "add music that fits", "加上合适的配乐", "añade música", "ajoute de la musique", "füge Musik hinzu",
            "adiciona música", "音楽を追加", "음악 추가",
        ),
    ),
    (
        lambda scene: not scene.clips and any(medium.kind == "video" for medium in scene.timeline.media),
        ("use all the clips", "把素材都放进来", "", "", "", "", "", ""),
    ),
    (
        lambda scene: not scene.clips and {medium.kind for medium in scene.timeline.media} in ({"image"}, {"image", "audio"}),
        ("make a slideshow", "把照片都放进来", "", "", "", "", "", ""),
    ),
    (
        lambda scene: not scene.clips and not scene.music,
        (
            "compose 30 seconds of calm piano", "创作30秒舒缓的钢琴曲", "añade música", "ajoute de la musique",
            "füge Musik hinzu", "adiciona música", "音楽を追加", "음악 추가",
        ),
    ),
    (
        lambda scene: "volume" in scene.just and bool(scene.music),
        (
            "a bit quieter", "音乐小一点", "un poco más bajo", "un peu moins fort", "etwas leiser",
            "um pouco mais baixo", "もう少し小さく", "조금 작게",
        ),
    ),
    (
        lambda scene: scene.ends_early,
        ("make the music as long as the film", "音乐和影片一样长", "", "", "", "", "", ""),
    ),
    (
        lambda scene: scene.composed and bool(_WRITES & scene.just or not scene.just),
        (
            "make the music darker", "音乐暗一点", "la música más oscura", "la musique plus sombre", "Musik dunkler",
            "música mais escura", "音楽を暗く", "음악을 더 어둡게",
        ),
    ),
    (
        lambda scene: bool(_WORDS & scene.just) and bool(scene.segments("text")),
        ("move the title up a bit", "标题往上挪一点", "", "", "", "", "", ""),
    ),
    (
        lambda scene: scene.composed and "change_music" in scene.just,
        ("a variation of the music", "来一个变奏",
         "deshacer", "annuler", "rückgängig", "desfazer", "元に戻す", "실행 취소"),
    ),
    (
        lambda scene: bool(scene.music) and scene.speech and not scene.ducked,
        (
            "duck the music under the voice", "说话时压低音乐", "baja la música", "baisse la musique", "Musik leiser",
            "baixa a música", "音楽を小さく", "음악을 작게",
        ),
    ),
    (
        lambda scene: bool(scene.clips) and not scene.segments("text"),
        (
            'add a title "My film"', "加个标题“我的影片”",
            "añade un título «Mi película»", "ajoute un titre « Mon film »",
            "füge einen Titel „Mein Film“ hinzu", "adiciona um título “Meu filme”", "タイトル「私の映像」を追加",
            "제목 “내 영상” 추가",
        ),
    ),
    (
        lambda scene: bool(scene.music) and not scene.faded and len(scene.just) > 0,
        (
            "fade out the music", "音乐淡出", "", "", "", "", "", "",
        ),
    ),
    (
        lambda scene: scene.composed and not scene.clips and "export" in scene.just,
        ("export the stems", "导出分轨", "", "", "", "", "", ""),
    ),
    (
        lambda scene: len(scene.clips) > 1 and not scene.linked,
        ("crossfade between the clips", "片段之间加叠化转场", "", "", "", "", "", ""),
    ),
    (
        lambda scene: "export" in scene.just and bool(scene.clips) and scene.wide,
        ("make it vertical", "改成竖屏", "", "", "", "", "", ""),
    ),
    (
        lambda scene: bool(scene.clips or scene.music) and "export" not in scene.just,
        ("export", "导出", "exportar", "exporter", "exportieren", "exportar", "書き出し", "내보내기"),
    ),
    (lambda scene: True, ("help", "帮助", "ayuda", "aide", "Hilfe", "ajuda", "ヘルプ", "도움말")),
)  # fmt: skip


def suggestions(timeline: Timeline, facts: Facts, done: Sequence[Asked], language: str) -> Iterator[str]:
    """Useful next messages, the most useful first; more than are shown."""
    n = LANGUAGES.index(language) if language in LANGUAGES else 0
    just = frozenset(step.command if isinstance(step, Step) else step.name for step in done)
    scene = Scene(timeline, facts, just)
    yield from dict.fromkeys(words[n] for when, words in _STEPS if words[n] and when(scene))
