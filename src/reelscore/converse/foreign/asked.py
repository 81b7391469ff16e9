"""Questions and verdicts in Spanish, French, German, Portuguese, Japanese and Korean: "¿qué música es esta?", "was kannst
du?", "je n'aime pas". They are answered, and never carried out as if they were wishes. Read as they were typed: put into
English word by word, a question looks like a request.
"""

from __future__ import annotations

import re

from reelscore.values.message import Action, Context

_LONGEST = 90
_WHO = r"youtube|tiktok|instagram|facebook|twitch|spotify"
_RIGHTS = {  # may it be used?
    "es": rf"(?:lo |la |los |las )?(?:puedo|podemos|se puede|podré|es legal|tengo que|necesito|hace falta|tiene|tienen|hay|est[aá]|es|son|puede)(?![a-zñ]).*(?:(?:us|sub|public|vend|monetiz|compart)[a-zé]*.*(?:{_WHO}|comercial|redes|client|anuncio)|derechos|copyright|licencia|regal[ií]as|vender|monetizar)",
    "fr": rf"(?:est-ce que |je |on |c'est |puis-je |peut-on |est-elle |est-il |y a-t-il |dois-je |faut-il |ai-je )+.*(?:(?:utilis|mettre|publi|vend|monétis|partag)[a-zéè]*.*(?:{_WHO}|commercial|réseaux|client|pub)|droits? d'auteur|libre de droits|copyright|licence|monétis|redevance)",
    "de": rf"(?:darf|kann|können|dürfen|muss|ist|sind|hat|brauche|gibt es)(?![a-zäöü]).*(?:(?:{_WHO}|kommerziell|kunden|werbung).*(?:nutzen|verwenden|benutzen|hochladen|veröffentlichen|posten|zeigen|verkaufen)|(?:nutzen|verwenden|hochladen|veröffentlichen).*(?:{_WHO})|urheberrecht|gemafrei|gema|lizenz|copyright|monetarisier|verkaufen)",
    "pt": rf"(?:eu )?(?:posso|podemos|pode-se|dá para|da pra|dá pra|é legal|preciso|tem|têm|há|é|são|está)(?![a-zãéç]).*(?:(?:us|public|post|vend|monetiz|colo|subi|envi)[a-zé]*.*(?:{_WHO}|comercial|redes|client)|direitos|copyright|licença|royalt|vender|monetizar)",
    "ja": rf"(?:著作権|商用|ライセンス|収益化|(?:{_WHO}|ユーチューブ|インスタ|ティックトック).*(?:使|投稿|載せ|アップ|公開)).*(?:か|？|\?)",
    "ko": rf"(?:저작권|상업|라이[선센]스|수익 ?창출|(?:{_WHO}|유튜브|인스타|틱톡).*(?:써도|사용|올려도|올릴)).*(?:까|요|나|\?|돼|되)",
}  # fmt: skip
_HELP = {
    "es": r"(?:qu[eé] (?:m[aá]s )?(?:puedes|sabes|se puede|puedo) (?:hacer|decir|pedir)|ayuda|ay[uú]dame|c[oó]mo funciona)",
    "fr": r"(?:qu'?est[- ]ce que (?:tu |vous |je )(?:peux|sais|pouvez|savez) (?:faire|dire|demander)|que (?:peux-tu|sais-tu|pouvez-vous|puis-je) (?:faire|dire)|(?:tu|vous) (?:peux|sais|pouvez) faire quoi|aide(?:-moi)?|comment ça (?:marche|fonctionne))",
    "de": r"(?:was (?:kannst|könnt|kann) (?:du|ihr|ich|man)(?: (?:alles|so|denn|hier))*(?: (?:machen|tun|sagen))?|hilfe|hilf mir|wie funktioniert (?:das|es|dies)(?: hier)?)",
    "pt": r"(?:o? ?que (?:voc[eê] |tu |eu |a gente )?(?:pode|podes|consegue|sabe|posso) (?:fazer|dizer|pedir)|ajuda|me ajuda|como (?:isso |isto )?funciona)",
    "ja": r"(?:何|なに)(?:が|を)?(?:でき|言え|頼め).*|ヘルプ|助けて|使い方.*",
    "ko": r"(?:뭘|무엇을|뭐|뭐를|어떤 걸) ?(?:할 수|해 줄|말하면).*|도움말?|도와 ?줘.*|사용법.*",
}
_ASKS = {  # what is so, or was: the first words of a question
    "es": r"(?:qué|cuál(?:es)?|cuánt[oa]s?|quién|dónde|cuándo|por qué)(?! (?:tal si|no |te parece))(?![a-zñ])|(?:que|cual(?:es)?|cuant[oa]s?|donde)(?= .*\?$)",
    "fr": r"(?:quel(?:le)?s?|combien|où|qui|quand|pourquoi|qu'?est[- ]ce que c'est|c'est quoi|c'est quel)(?! (?:ne pas|pas))(?![a-zé])",
    "de": r"(?:was|welche[rsnm]?|wie(?= (?:lang|laut|viel|heißt|schnell|groß|hoch|ist|sind|wird))|wo|wer|wann|warum)(?! (?:nicht|hältst|wäre|wenn))(?![a-zäöü])",
    "pt": r"(?:qual|quais|quant[oa]s?|quem|onde|por que|o que (?:é|tem|mudou|foi)|que (?:m[uú]sica|estilo|tom|fonte|cor)(?= é))(?! (?:tal|não))(?![a-zãé])",
    "ja": r".*(?:何|なん|どの|どんな|いくつ|どれ(?:くらい|ぐらい)|どこ|いつ|誰).*(?:か|の|？|\?)",
    "ko": r".*(?:뭐|무슨|무엇|어떤|얼마나|몇|어디|언제|누구).*(?:요|까|야|지|\?)",
}
_DISLIKES = {
    "es": r"(?:no,? )?(?:(?:esto|eso|así) )?no me gusta(?: (?:nada|así|esto|eso|mucho))*",
    "fr": r"(?:non,? )?(?:je n'?aime pas(?: (?:ça|cela|du tout|trop))*|(?:ça|cela) (?:ne )?me pla[iî]t pas(?: du tout)?)",
    "de": r"(?:nein,? )?(?:(?:das|es|so) )?(?:gefällt mir (?:so |gar |überhaupt |das )*nicht|mag ich (?:gar )?nicht)|ich mag (?:das|es) (?:gar )?nicht",
    "pt": r"(?:não,? )?(?:(?:disso|assim) )?não gost(?:o|ei)(?: (?:disso|disto|assim|nada|muito))*",
    "ja": r"(?:これは?|それは?)?(?:気に入らない|気に入りません|好きじゃない|好きではありません|いまいち)(?:です|な|ね)*",
    "ko": r"(?:이건?|그건?|별로)? ?(?:마음에 안 들어요?|맘에 안 들어요?|별로(?:예요|야|네요?)?|싫어요?)",
}  # fmt: skip
_CHANGED = {  # what was done just now
    "es": r"(?:y )?qué (?:ha |has |he |se ha |hemos )?(?:cambi|hecho|hiciste|modific)[a-zóé]*.*",
    "fr": r"(?:qu'?est[- ]ce (?:qui a|que (?:tu as|vous avez|j'ai))|qu'as[- ]tu|qu'avez[- ]vous) (?:changé|fait|modifié).*|(?:tu as|vous avez) (?:changé|fait|modifié) quoi.*",
    "de": r"was (?:hast du|habt ihr|hat sich|wurde|habe ich|hab ich)(?: (?:gerade|jetzt|da|denn|eben))* (?:geändert|gemacht|verändert|getan).*",
    "pt": r"(?:o )?que (?:é que )?(?:voc[eê] |foi |se )?(?:mudou|mudaste|mudado|alterou|alterado|fez|fizeste|feito).*",
    "ja": r".*(?:何|なに|どこ)(?:が|を)(?:変|やり|し)(?:え|わ|り|ま|た).*",
    "ko": r".*(?:뭐가|뭘|뭐를?|무엇[이을]|어디가?) ?(?:바뀌|바뀐|바꿨|바꾼|변했|했).*",
}
_BALANCE = r"cr[eé]dit|guthaben|saldo|solde|クレジット|残高|크레딧|잔액"
_EDGES = " ¿¡?!？！.。…,;"


_ADVICE = {  # is it wished at all?
    "es": r"¿? ?(?:(?:crees|piensas) que )?(?:deber[ií]a(?:mos)?|tendr[ií]a que|conviene|convendr[ií]a|hace falta)(?![a-zñ]).*\?",
    "fr": r"(?:(?:tu penses|vous pensez|penses-tu) qu[e'] ?)?(?:est-ce que )?(?:devrais-je|dois-je|devrait-on|faut-il|faudrait-il|(?:je|on) (?:dois|devrais|devrait|doit))(?![a-zé]).*\?",
    "de": r"(?:meinst du,? )?(?:ich )?(?:soll|sollte|sollen|sollten) (?:ich|wir|die|der|das)(?![a-zäöü]).*\?",
    "pt": r"(?:será que )?(?:eu )?(?:devo|deveria|dever[ií]amos|devemos|é melhor)(?![a-zãç]).*\?",
    "ja": r".*(?:た(?:方|ほう)が(?:いい|良い|よい)|べき)(?:かな|です(?:か|かね)|でしょうか|と思(?:う|います|いますか))?[??か]+",
    "ko": r".*[가-힣]{0,4}(?:해|아|어|여|꺼|워|려|여)야 ?(?:할까|하나|될까|되나)[가-힣]*\??|.*는 ?게 ?(?:좋을까|나을까|좋나|낫나)[가-힣]*\??",
}


def asks_advice(text: str, language: str) -> bool:
    """Is it asked whether something should be done: "¿debería quitar la música?"?"""
    return len(text) <= _LONGEST and re.fullmatch(_ADVICE[language], text.strip(" .!")) is not None


def answer_to(text: str, language: str, context: Context) -> Action | None:
    """What answers the whole message, lower case, as it was typed; None where it asks for an edit."""
    plain = text.strip()
    words = plain.strip(_EDGES)
    if not words or len(words) > _LONGEST or re.search(r"[.!;\n。！？?] ?\S", words):
        return None
    if re.fullmatch(_HELP[language], words):
        return Action("help")
    if re.match(_RIGHTS[language], words if language not in ("ja", "ko") else plain):
        return Action("help", (("topic", "rights"),))
    if re.fullmatch(_CHANGED[language], words):
        return Action("diff")
    if re.fullmatch(_DISLIKES[language], words) and context.steps:
        return Action("undo")
    asked = plain if language in ("ja", "ko") else words + ("?" if plain.endswith("?") else "")
    if re.search(_BALANCE, words):
        return None  # what the account holds is no state of the film
    return Action("status") if re.match(_ASKS[language], asked) and _is_question(plain, language) else None


def _is_question(text: str, language: str) -> bool:
    """Has it the mark of one, or is it short enough to be one without?"""
    return text.endswith(("?", "？")) or text.startswith("¿") or (len(text) < 40 and language not in ("ja", "ko"))
