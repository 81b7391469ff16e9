"""The words people answer questions with, in eight languages: yes, no, both, the second, and what stands around."""

from __future__ import annotations

import re


def _listed(*lines: str) -> frozenset[str]:
    return frozenset(words.strip() for line in lines for words in line.split(","))


YES = _listed(
    "yes, y, yeah, yep, yup, ok, okay, sure, please, yes please, do it, do that, go ahead, right, correct, exactly",
    "fine, sounds good, of course, that one, this one, the default",
    "好, 好的, 是, 是的, 对, 对的, 嗯, 行, 可以, 没错, 确定, 就这个, 就它, 来吧, 好啊, 默认",
    "sí, si, claro, vale, sí por favor, de acuerdo, oui, d'accord, bien sûr, oui merci",
    "ja, jawohl, genau, gerne, klar, ja bitte, in ordnung, sim, claro que sim, pode ser, isso",
    "はい, うん, お願いします, ええ, それで, はいお願いします, 네, 예, 응, 좋아, 좋아요, 그래",
)
NO = _listed(
    "no, n, nope, neither, none, none of them, neither of them, never mind, nevermind, forget it, cancel, skip",
    "no thanks, no thank you, stop, nothing, leave it, leave it as it is, don't, do nothing",
    "不, 不要, 不用, 不用了, 不是, 都不是, 都不要, 算了, 那算了, 还是算了, 那不用了, 那就不用了, 先不用, 取消, 没事, 别, 不了",
    "no gracias, ninguno, ninguna, nada, non, aucun, aucune, non merci, nein, keine, keins, nein danke",
    "não, nenhum, nenhuma, não obrigado, いいえ, いや, やめて, 結構です, 아니, 아니요, 아니오, 됐어, 취소",
)
BOTH = _listed(
    "both, both of them, all, all of them, all of those, everything, every one, all three",
    "都, 都要, 全部, 全都, 两个都要, 所有, 两个都, 三个都",
    "ambos, todos, todas, les deux, tous, toutes, beide, alle, os dois, 両方, 全部で, 둘 다, 모두, 전부",
)
NTH = (
    _listed(
        "1, one, first, 1st, a, former, default, 一, 甲, primero, primera, premier, première, erste, ersten, erstes",
        "primeiro, primeira, 最初, 첫, 첫번째, 하나",
    ),
    _listed(
        "2, two, second, 2nd, b, 二, 两, 乙, segundo, segunda, deuxième, seconde, zweite, zweiten, zweites",
        "둘, 두, 두번째",
    ),
    _listed(
        "3, three, third, 3rd, c, 三, 丙, tercero, tercera, troisième, dritte, dritten, drittes, terceiro, terceira",
        "셋, 세, 세번째",
    ),
)
LAST = _listed(
    "last, latter, final, 最后, 最后一, 最后一个",
    "último, última, dernier, dernière, letzte, letzten, letztes, 最後, 마지막",
)
AROUND = re.compile(
    r"^(?:(?:yes|yeah|yep|ok|okay|hm+|um+|uh+|oh|well|so|sorry),?|i (?:think|guess|mean|meant|want|choose|pick|take)|i'?d (?:say|like|go with)|"
    r"(?:probably|maybe|definitely|just|only|obviously|actually|rather)|that(?: would be|'s)|one (?:with|where|of|from|called|showing)|it'?s|its|take|choose|pick|use|let'?s (?:do|take|go with)|go with|"
    r"make it|option|answer|number|no\.|the|an|my|choice|please|opción|opção|nummer|número|numéro|la|el|le|die|der|das|"
    r"den|o)\s+|^(?:选择?|要|我要|就|用|那就|第|答案|选项|l'|#)\s*|"
    r"\s+(?:one|option|suggestion|idea|tip|clip|photo|title|text|caption|shot|please|pls|then|i think|i guess|though|thanks|thank you|por favor|bitte|s'il (?:te|vous) plaît)$|"
    r"\s*(?:个|项|条|段|种|吧|的|那个|建议|选项|推荐|方案|番目?|つ目|번째?|번)$"
)
HEAD = re.compile(  # an answer, and what is said besides
    r"^(.{1,60}?)(?:\s*[,，;；。.!]\s*(?:and |then |and then |然后|再|并且?)?|\s+(?:and then|and|then)\s+|然后|并且)"
    r"(.+)$",
    re.DOTALL,
)
