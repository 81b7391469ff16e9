"""How Japanese bends its verbs and adjectives: the stems a dictionary form is found by, and the endings behind them."""

from __future__ import annotations

import re

_ROWS = {
    "う": ("わいえお", "っ"), "く": ("かきけこ", "い"), "ぐ": ("がぎげご", "い"), "す": ("さしせそ", "し"), "つ": ("たちてと", "っ"),
    "ぬ": ("なにねの", "ん"), "ぶ": ("ばびべぼ", "ん"), "む": ("まみめも", "ん"), "る": ("らりれろ", "っ"),
}  # fmt: skip
_ONE_STEP = frozenset("えけげせぜてでねべめれいきぎしじちにびみり")  # before る: most of them lose it
_STRONG = frozenset({"いじる", "しぼる", "はしる", "きる", "いる", "くっきり", "区切る", "区ぎる"})


def stems(lemma: str) -> set[str]:
    """What a verb's forms begin with: 下げる > 下げ; 消す > 消さ, 消し, 消せ, 消そ, 消す; 切る > 切ら ... 切っ; Xする > Xし, Xす, Xせ."""
    if lemma.endswith("する"):
        head = lemma[:-2]
        return {
            head + end
            for end in (
                "し",
                "する",
                "すれ",
                "せ",
                "させ",
                "され",
                "でき",
                "出来",
                "お願いし",
                "お願い",
                "おねがい",
                "よろしく",
            )
        }
    head, last = lemma[:-1], lemma[-1]
    if lemma.endswith("くる"):
        return {lemma, lemma[:-2] + "き", lemma[:-2] + "こ"}
    if last == "る" and (head[-1] in _ONE_STEP or lemma.endswith(("見る", "出る"))) and lemma not in _STRONG:
        return {head}
    if last not in _ROWS:
        return {lemma}
    row, joined = _ROWS[last]
    joined = "っ" if lemma.endswith("行く") else joined
    return {lemma, head + joined, *(head + letter for letter in row)}


def looks(lemma: str) -> tuple[set[str], set[str]]:
    """An adjective's forms before a noun and before a verb: 明るい > {明るい}, {明るく}; 静か > {静かな}, {静かに}."""
    if lemma.endswith("い"):
        head = lemma[:-1]
        too = {head + "すぎ" + end for end in ("", "る", "ます", "ない", "て", "です", "るので", "るから", "た")}
        return {lemma, head + "き", head + "めの"}, too | {
            head + "く",
            head + "くて",
            head + "めに",
            head + "め",
            head + "さを",
        }
    return {lemma + "な", lemma + "の", lemma + "っぽい"}, {lemma + "に", lemma + "で", lemma + "っぽく", lemma}


PARTICLES = {
    "object": ("を", "をば"),
    "topic": ("は", "が", "も", "って", "の方は", "のほうは", "の方を", "のほうを", "には", "では"),
    "of": ("の", "にある", "にいる", "に出る", "に出てくる"),
    "into": ("に", "へ", "にだけ", "にのみ", "ぐらいに", "くらいに", "ほどに"),
    "at": ("で", "だけで", "のところで", "のところに", "の所で", "の所に", "の位置で", "の位置に", "あたりで", "あたりに", "の時点で", "の部分で", "のタイミングで", "のせいで"),
    "from": ("から", "以降", "以降は", "以降を", "より後", "より後ろ", "から後", "から先", "以後", "よりあと"),
    "until": ("まで", "までの", "までを", "までで"),
    "and": ("と", "や", "および"),
    "only": ("だけ", "のみ", "だけを", "のみを"),
    "said": ("という", "っていう", "とだけ"),
}  # fmt: skip

_ASKED = r"(?:ください|下さい|くれ(?:る|ない|ます|ません)?|ほしい|欲しい|もらえ(?:る|ない|ます|ません)?|もらい(?:たい)|いただけ(?:る|ない|ます|ません)?|いただき(?:たい)|頂け(?:ます|ません)?|ちょうだい|頂戴|おいて|みて|しまって|もいい|くださ〜い)"
ENDINGS = re.compile(
    r"(?P<neg>な(?:い|く|かっ)で?(?:"
    + _ASKED
    + r"|も?いい|てい?い|ほしい|ね|よ)*(?:です|ように)?(?:か|ね|よ)*|ません|ずに|(?:ちゃ|ては)(?:だめ|ダメ|いけない)|んで(?=ください))"
    r"|(?P<after>て(?:から|の後|後|後に)|たら|だら|た後に?|(?:終わっ|おわっ)たら)"
    r"|(?P<when>(?:て|で)(?:い(?:る|た)|(?:る|た)(?=とき|時|时|間|间|あいだ|最中|ところ))(?:とき|時|时|间|間|あいだ|最中|ところ|部分)?(?:は|に|だけ|も|の)*|(?:る|う)?(?:とき|時|间|間)(?:は|に|だけ)*)"
    r"|(?P<wish>(?:[てで](?:も)?"
    + _ASKED
    + r"|た(?:い|く)|ま(?:す|しょう|した)|ろ|よ(?:う)?|られ(?:る|ます)|れ(?:る|ます)|る(?:こと|の)?|た)?(?:です|ます|ません|でしょう)?(?:か(?:な)?|けど|んだけど|んですが|が(?=[、,。]))*(?:[ねよなぁー]|な(?=$|[。!、,]))*)(?=$|[^ぁ-ん]|と|は)"
    r"|(?P<and>[てで](?:ね|さ)?|つつ|たり|し(?=[、,]))"
)
_DIGITS = {letter: n for n, letter in enumerate("〇一二三四五六七八九")} | {"零": 0}
NUMBER = r"\d+(?:[.,]\d+)?|[一二三四五六七八九]?百[一二三四五六七八九]?十?[一二三四五六七八九]?|[一二三四五六七八九]?十[一二三四五六七八九]?|[一二三四五六七八九〇零](?:点[一二三四五六七八九〇零])?"


def number(words: str) -> float:
    """A number in digits or words."""
    if words[0].isdigit():
        return float(words.replace(",", "."))
    if "点" in words:
        whole, part = words.split("点")
        return _DIGITS[whole] + _DIGITS[part] / 10
    total = count = 0
    for letter in words:
        if letter in "十百":
            total += (count or 1) * (10 if letter == "十" else 100)
            count = 0
        else:
            count = _DIGITS[letter]
    return total + count


UNITS = {
    "seconds": ("秒",), "minutes": ("分",), "percent": ("パーセント", "%", "パー"), "times": ("倍速", "倍"), "order": ("番目", "つ目", "個目", "本目", "枚目", "つめ", "番め", "カット目", "こ目"),
    "number": ("番",), "count": ("個", "つ", "本", "枚", "カ所", "箇所", "クリップ分", "件", "こ"), "degrees": ("度",), "db": ("デシベル", "db"), "pixels": ("ピクセル", "px"),
    "times_done": ("回",), "beats": ("bpm",), "fps": ("fps",), "bars": ("小節目", "小节目", "小節", "小节"),
}  # fmt: skip
LASTING = ("かけて", "をかけて", "間", "间", "の長さの", "の长さの", "くらいの", "ぐらいの", "ほどの")
PLACED = (
    "地点", "目", "あたり", "頃", "ごろ", "ちょうど", "付近", "の時点", "ぐらい", "くらい", "ほど", "の位置", "のところ", "の所",
)  # fmt: skip
POINTS = frozenset({"地点", "目", "あたり", "付近", "の時点", "の位置", "のところ", "の所"})
HALF_MORE = "半"
CORRECTIONS = ("いや", "じゃなくて", "ではなくて", "ではなく", "やっぱり", "やっぱ", "やはり", "いえ")
