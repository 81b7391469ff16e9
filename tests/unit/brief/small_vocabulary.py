"""A vocabulary small enough to hold in the head: what the catalogue of a young package would bring."""

from __future__ import annotations

from reelscore.values.vocabulary import GenreEntry, InstrumentEntry, MoodEntry, Vocabulary

_BAND = {"melody": ("felt_piano",), "chords": ("electric_piano",), "bass": ("upright_bass",), "pad": ("warm_pad",)}


def _genre(
    name: str, title: str, words: str, tempo: tuple[int, int, int], modes: str, feeling: tuple[float, float], drums: str
) -> GenreEntry:
    band = _BAND | ({"drums": (drums,)} if drums else {})
    weighted = tuple((mode, 1.0) for mode in modes.split())
    return GenreEntry(
        name, title, tuple(words.split(", ")), tempo, ("4/4", "3/4", "6/8"), weighted, feeling[0], feeling[1], band
    )


GENRES = (
    _genre(
        *("lofi", "Lo-fi", "lo-fi, lofi, chillhop, study beats, lofi hip hop, 低保真, 咖啡馆", (68, 80, 92)),
        *("dorian major minor", (0.25, -0.45), "dusty_kit"),
    ),
    _genre(
        *("pop", "Upbeat pop", "pop, indie pop, upbeat pop, 流行, 轻快流行", (96, 112, 128)),
        *("major minor", (0.6, 0.4), "pop_kit"),
    ),
    _genre(
        *(
            "cinematic",
            "Cinematic",
            "cinematic, epic, trailer, orchestral, soundtrack, 史诗, 电影感, 预告片",
            (70, 92, 140),
        ),
        *("minor major", (0.1, 0.6), "cinematic_drums"),
    ),
    _genre(
        *("ambient", "Ambient", "ambient, drone, soundscape, meditation, space, 氛围, 冥想, 太空", (50, 66, 90)),
        *("lydian major minor", (0.2, -0.75), ""),
    ),
    _genre(
        *("house", "House", "house, deep house, tech house, club, 浩室, 夜店", (118, 124, 130)),
        *("minor dorian major", (0.45, 0.55), "kit_909"),
    ),
)


def _mood(name: str, words: str, valence: float, arousal: float, major: float, tempo: float) -> MoodEntry:
    return MoodEntry(name, tuple(words.split(", ")), valence, arousal, major, tempo)


MOODS = (
    _mood("happy", "happy, cheerful, joyful, sunny, 开心, 欢快, 快乐, 阳光", 0.8, 0.45, 0.97, 1.08),
    _mood("upbeat", "upbeat, lively, fun, party, 动感, 活力, 轻快, 嗨", 0.65, 0.7, 0.9, 1.12),
    _mood("energetic", "energetic, driving, powerful, intense, action, 激情, 高能, 燃, 快节奏", 0.45, 0.9, 0.6, 1.15),
    _mood("playful", "playful, funny, cute, 俏皮, 搞笑, 可爱", 0.7, 0.4, 0.92, 1.05),
    _mood("uplifting", "uplifting, inspiring, hopeful, motivational, 励志, 希望", 0.8, 0.55, 0.95, 1.04),
    _mood("epic", "epic, grand, massive, dramatic, 史诗, 宏大, 震撼", 0.25, 0.85, 0.35, 0.98),
    _mood("confident", "confident, cool, bold, stylish, 自信, 酷, 时尚", 0.45, 0.45, 0.45, 1.0),
    _mood("calm", "calm, relaxing, relaxed, chill, mellow, soft, 平静, 放松, 舒缓, 安静", 0.45, -0.7, 0.75, 0.85),
    _mood("peaceful", "peaceful, serene, tranquil, 宁静, 治愈", 0.6, -0.8, 0.92, 0.8),
    _mood("dreamy", "dreamy, ethereal, 梦幻, 空灵", 0.4, -0.4, 0.65, 0.88),
    _mood("romantic", "romantic, love, tender, 浪漫, 甜蜜", 0.6, -0.2, 0.75, 0.88),
    _mood("warm", "warm, cozy, heartwarming, 温暖, 温馨", 0.6, -0.25, 0.88, 0.94),
    _mood("nostalgic", "nostalgic, retro, vintage, 怀旧, 复古", 0.2, -0.3, 0.55, 0.92),
    _mood("melancholic", "melancholic, melancholy, moody, rainy, emotional, 忧郁, 伤感", -0.45, -0.4, 0.12, 0.84),
    _mood("sad", "sad, sorrowful, tragic, 悲伤, 难过", -0.75, -0.55, 0.05, 0.76),
    _mood("dark", "dark, brooding, ominous, 黑暗, 暗黑", -0.6, 0.25, 0.03, 0.95),
    _mood("tense", "tense, suspense, suspenseful, 紧张, 悬疑", -0.55, 0.7, 0.05, 1.08),
    _mood("scary", "scary, creepy, 恐怖, 吓人", -0.85, 0.55, 0.02, 0.9),
    _mood("futuristic", "futuristic, sci-fi, modern, 未来感, 科技感", 0.15, 0.3, 0.45, 1.0),
    _mood("elegant", "elegant, luxury, 优雅, 高端", 0.45, -0.15, 0.7, 0.95),
    _mood("neutral", "neutral, simple, 中性", 0.2, -0.1, 0.7, 1.0),
)

INSTRUMENTS = {
    "grand_piano": ("keys", "grand piano, piano, 钢琴"),
    "felt_piano": ("keys", "felt piano, soft piano"),
    "electric_piano": ("keys", "electric piano, rhodes, 电钢琴"),
    "organ": ("keys", "organ, 管风琴"),
    "acoustic_guitar": ("guitar", "acoustic guitar, guitar, 吉他, 木吉他"),
    "clean_guitar": ("guitar", "electric guitar, 电吉他"),
    "upright_bass": ("bass", "upright bass, double bass"),
    "sub_bass": ("bass", "sub bass, 808 bass"),
    "strings": ("strings", "strings, 弦乐"),
    "cello": ("strings", "cello, 大提琴"),
    "flute": ("winds", "flute, 长笛"),
    "choir": ("voices", "choir, 合唱"),
    "warm_pad": ("synth", "warm pad, pad, pads"),
    "dusty_kit": ("drums", "dusty kit, lofi drums"),
    "pop_kit": ("drums", "drums, drum kit, 鼓, 架子鼓"),
    "kit_909": ("drums", "909"),
    "cinematic_drums": ("drums", "taiko, epic drums"),
    "light_percussion": ("percussion", "shaker, percussion, 打击乐"),
    "impact": ("fx", "impact, boom, hit"),
}

SMALL = Vocabulary(
    {genre.name: genre for genre in GENRES},
    {mood.name: mood for mood in MOODS},
    {name: InstrumentEntry(name, tuple(words.split(", ")), family) for name, (family, words) in INSTRUMENTS.items()},
)
