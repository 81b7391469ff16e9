"""How Korean bends its verbs and adjectives: the stems a dictionary form is found by, and the endings behind them.

Syllables are taken apart by Unicode's own arithmetic (initial, vowel, final).
"""

from __future__ import annotations

import re

_FIRST = 0xAC00
_VOWELS = "ㅏㅐㅑㅒㅓㅔㅕㅖㅗㅘㅙㅚㅛㅜㅝㅞㅟㅠㅡㅢㅣ"
_FINALS = " ㄱㄲㄳㄴㄵㄶㄷㄹㄺㄻㄼㄽㄾㄿㅀㅁㅂㅄㅅㅆㅇㅈㅊㅋㅌㅍㅎ"
_SHORTENED = {"ㅗ": "ㅘ", "ㅜ": "ㅝ", "ㅣ": "ㅕ", "ㅡ": "ㅓ", "ㅚ": "ㅙ"}


def _parts(syllable: str) -> tuple[int, str, str]:
    n = ord(syllable) - _FIRST
    return n // 588, _VOWELS[n % 588 // 28], _FINALS[n % 28]


def _syllable(first: int, vowel: str, final: str = " ") -> str:
    return chr(_FIRST + first * 588 + _VOWELS.index(vowel) * 28 + _FINALS.index(final))


def stems(lemma: str) -> set[str]:
    """What a verb's forms begin with: 줄이다 > 줄이, 줄여, 줄인, 줄일, 줄입, 줄임, 줄였."""
    if not lemma.endswith("다"):
        return {lemma}
    stem = lemma[:-1]
    head, last = stem[:-1], stem[-1]
    if last == "하":
        return {head + end for end in ("하", "해", "한", "할", "합", "함", "했", "하여")}
    first, vowel, final = _parts(last)
    if final == " ":
        made = {stem} | {head + _syllable(first, vowel, f) for f in "ㄴㄹㅂㅁ"}
        joined = _joined(head, first, vowel)
        f2, v2, _ = _parts(joined[-1])
        return made | {joined, joined[:-1] + _syllable(f2, v2, "ㅆ")}
    open_ = "아" if vowel in "ㅏㅗ" else "어"
    made = {stem, stem + open_, stem + ("았" if open_ == "아" else "었")}
    if final == "ㄹ":
        return made | {head + _syllable(first, vowel, f) for f in " ㄴㅂ"}
    short = {head + "놔", head + "놨"} if last == "놓" else set()
    return made | {stem + "은", stem + "을"} | short


def _joined(head: str, first: int, vowel: str) -> str:
    """The form before 줘: 낮추 > 낮춰, 자르 > 잘라, 끄 > 꺼."""
    if head and vowel == "ㅡ" and first == 5:  # 르: its ㄹ goes before
        f, v, _ = _parts(head[-1])
        return head[:-1] + _syllable(f, v, "ㄹ") + ("라" if v in "ㅏㅗ" else "러")
    if head and vowel == "ㅡ" and _parts(head[-1])[1] in "ㅏㅗ":
        return head + _syllable(first, "ㅏ")
    return head + _syllable(first, _SHORTENED.get(vowel, vowel))


def looks(lemma: str) -> tuple[set[str], set[str]]:
    """An adjective's forms before a noun and before a verb: 밝다 > {밝은}, {밝게}; 어둡다 > {어두운}, {어둡게}."""
    stem = lemma[:-1]
    head, last = stem[:-1], stem[-1]
    before_verb = {
        stem + end for end in ("게", "고", "도록", "지", "네요", "네", "습니다", "아요", "어요", "은데", "잖아")
    }
    if last == "하":
        return {head + "한", head + "하면서"}, {
            head + "하게",
            head + "하고",
            head + "해",
            head + "해서",
            head + "하도록",
            head + "히",
            head + "해요",
            head + "하네요",
            head + "합니다",
        }
    first, vowel, final = _parts(last)
    if final == " ":
        joined = _joined(head, first, vowel)
        return {head + _syllable(first, vowel, "ㄴ")}, before_verb | {
            joined,
            joined + "요",
            joined + "서",
            head + _syllable(first, vowel, "ㅂ") + "니다",
            head + _syllable(first, vowel, "ㄴ") + "데",
        }
    if final == "ㅂ":
        open_ = head + _syllable(first, vowel) + "워"
        return {head + _syllable(first, vowel) + "운"}, before_verb | {open_, open_ + "서"}
    if final == "ㄹ":
        return {head + _syllable(first, vowel, "ㄴ")}, before_verb | {stem + "어", stem + "어서"}
    if last == "있":
        return {stem + "는"}, before_verb
    open_ = stem + ("아" if vowel in "ㅏㅗ" else "어")
    return {stem + "은"}, before_verb | {open_, open_ + "서"}


PARTICLES = {
    "object": ("을", "를", "을(를)"),
    "topic": ("은", "는", "이", "가", "도", "께서", "엔", "에는"),
    "of": ("의", "에 있는", "에 나오는", "에 나온"),
    "into": ("으로", "로", "으로만", "로만"),
    "at": ("에", "에다", "에다가", "에서", "에서만", "에만", "때문에", "땜에"),
    "from": ("이후로", "이후는", "이후의", "이후", "이후부터", "부터", "에서부터"),
    "until": ("이전", "이전은", "까지", "까지만"),
    "and": ("와", "과", "이랑", "랑", "하고", "및"),
    "only": ("만",),
    "said": ("이라고", "라고", "이라는", "라는", "이란", "란"),
}  # fmt: skip

# Behind a stem. What it says: not, and then, when, or a wish.
ENDINGS = re.compile(
    r"(?P<neg>지 ?(?:는|도|를)? ?(?:마|말|않|못)[가-힣]*(?: ?(?:주세요|줘요?|주라))?|면 ?(?:안 ?돼|안 ?되)[가-힣]*)"
    r"|(?P<wish>(?:아|어|여)?(?: ?주실 ?(?:수 ?있[가-힣]*|래요?)| ?(?:줬|주셨)으면 ?(?:좋겠|해|하)[가-힣]*| ?줄 ?수 ?있[가-힣]*| ?줄래요?| ?주시[가-힣]*| ?주세요| ?주세욥| ?주라| ?줘[요용욤염봐라]?| ?주십[가-힣]*| ?줍[가-힣]*| ?주면 ?[가-힣]*| ?봐요?| ?놔[가-힣]*| ?야 ?(?:돼|되|해|하|겠|할)[가-힣]*| ?달라[가-힣]*)"
    r"|면 ?(?:좋|될|돼|어떨|어때)[가-힣]*|고 ?싶[가-힣]*|으?면 ?좋겠[가-힣]*|수 ?있[가-힣]*|래요?|게요?|기로? ?(?:해|하)[가-힣]*|으?세요|으?십시오|자|라|니다|까요?|게 ?(?:해|하|만들)[가-힣]*(?: ?(?:줘요?|주세요))?|기|길|도록|어|아|요|음)"
    r"|(?P<and>으?[고며]서?(?:요| ?나서| ?나면)?|으?면서|아서|어서|서|다가|은? ?(?:다음|후|뒤)에?|은?(?=,))"
    r"|(?P<when>는? ?(?:동안|때|중에?|사이)(?:에만|에는|에|은|는|만|엔)?|ㄹ ?때)"
    r"|(?P<of>는|던)"
)
NUMBER = r"첫(?= ?번째)|\d+(?:[.,]\d+)?|(?:스물|열|스무)?(?:하나|다섯|여섯|일곱|여덟|아홉|한|두|둘|세|셋|네|넷)|열|스무|서른|[일이삼사오육칠팔구]?백[일이삼사오육칠팔구]?십?[일이삼사오육칠팔구]?|[이삼사오육칠팔구]?십[일이삼사오육칠팔구]?|[일이삼사오육칠팔구영]"
_NATIVE = {
    "첫": 1, "한": 1, "하나": 1, "두": 2, "둘": 2, "세": 3, "셋": 3, "네": 4, "넷": 4, "다섯": 5, "여섯": 6, "일곱": 7,
    "여덟": 8, "아홉": 9, "열": 10, "스무": 20, "스물": 20, "서른": 30,
}  # fmt: skip
_SINO = {letter: n for n, letter in enumerate("영일이삼사오육칠팔구")}


def number(words: str) -> float:
    """A number in digits or words."""
    if words[0].isdigit():
        return float(words.replace(",", "."))
    if words in _NATIVE:
        return _NATIVE[words]
    if words[0] in "열스":
        ten = "열" if words[0] == "열" else words[:2]
        return _NATIVE[ten] + _NATIVE[words[len(ten) :]]
    total = count = 0
    for letter in words:
        if letter in "십백":
            total += (count or 1) * (10 if letter == "십" else 100)
            count = 0
        else:
            count = _SINO[letter]
    return total + count


UNITS = {
    "seconds": ("초",), "minutes": ("분",), "percent": ("퍼센트", "프로", "%"), "times": ("배속", "배"), "order": ("번째", "째"),
    "number": ("번",), "count": ("개", "가지", "컷", "장", "편", "단계", "번만"), "degrees": ("도",), "db": ("데시벨", "db"), "pixels": ("픽셀", "px"),
    "times_done": ("회",), "beats": ("비피엠", "bpm"), "fps": ("프레임", "fps"), "bars": ("마디째", "마디"),
}  # fmt: skip
LASTING = ("동안", "간", "짜리", "길이로", "길이의", "길이")
PLACED = ("지점", "부분", "쯤", "정도", "째", "시점", "대", "즈음")
POINTS = frozenset({"지점", "부분", "째", "시점", "대"})
HALF_MORE = "반(?!복|전|대|사|영)"
CORRECTIONS = ("아니다", "아니야", "아니", "아뇨", "말고", "아니고")
