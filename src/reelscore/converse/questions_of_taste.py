"""What is asked where it is only told that something is not liked, or shall be better."""

from __future__ import annotations

from reelscore.converse import patterns
from reelscore.converse.answers import words
from reelscore.converse.clause import Clause
from reelscore.values.command import Said, Step
from reelscore.values.message import Action, Option, Question

_DISLIKES = (
    r"(?:don'?t|do not|didn'?t)(?: really)? like|hate|dislike|not (?:really )?(?:my (?:thing|taste|style)|feeling it|what i (?:wanted|had in mind|meant))"
    r"|(?:is|'s|sounds?|feels?) (?:(?:so|a bit|kinda|kind of|really|just|pretty|still|too) )*(?:bad|awful|wrong|terrible|horrible|off|weird|generic|cheap|meh|crap(?:py)?|annoying|ugly|lame|chees(?:y|ier)|cringe(?:y)?|tacky|kitschy|not (?:good|great|right|nice))"
    r"|(?:doesn'?t|does not|don'?t|isn'?t)(?: really)? (?:fit|match|work|suit|go(?: with| well)?|sound (?:good|right|great|nice)|feel right|fitting|good|great|right)(?![a-z])|^meh[.! ]*$|(?<![a-z])(?:(?:so|too|really|pretty|gets?|getting|sounds?|feels?|is|'s)(?: a (?:bit|little)| kinda| very| so| rather)? (?:repetitive|monotonous|samey|old|tacky|cheesy)|same (?:thing|loop|bit) over and over|over and over|keeps? repeating)(?![a-z])|(?:老是?|总是?|一直|太|反复)重复|单调|廉价|不喜欢|不好听|难听|不太?搭|不太?合适|不怎么(?:合适|搭|好听)|不太?配|不太?行|[太好有]点?[俗土](?![豆地])|太俗|太土"
)


def disliked(c: Clause) -> Question | None:
    """ "I don't like the music", "it sounds bad" after music was written: another take, a variation, something else?"""
    if not c.scene.composed or not patterns.search(_DISLIKES, c.text) or words(c) > 12:
        return None
    last = c.context.steps[-1] if c.context.steps else None
    of_music = isinstance(last, Step) and last.command in (
        "generate_music",
        "regenerate_music",
        "vary_music",
        "change_music",
    )
    named = [m for m in c.mentions if m.kind not in ("pronoun", "film", "music")]
    if named or not (c.mention("music") or of_music or patterns.search(r"(?<![a-z])sounds?(?![a-z])|听", c.text)):
        return None
    options = (
        Option(Said("another take", "重新写一版"), (Step("regenerate_music"),)),
        Option(Said("a variation", "写一个变奏"), (Step("vary_music"),)),
        Option(Said("new music", "换一首新的"), (Step("generate_music"),)),
    )
    return Question(Said("What would you like instead?", "想换成什么样的？"), options)


def to_be_better(c: Clause) -> Question | None:
    if not patterns.search(_VAGUE, c.text) or not c.scene.clips or words(c) > 14:
        return None
    several, music = c.scene.clips > 1, bool(c.scene.music)
    linked = any(track.transitions for track in c.scene.timeline.tracks)
    options = [
        Option(Said("richer colours", "颜色更浓"), (Step("filter", (("name", "vivid"),)),)),
        *(
            [Option(Said("soft transitions", "柔和的转场"), (Step("transition", (("kind", "crossfade"),)),))]
            * (several and not linked)
        ),
        *([Option(Said("music that fits", "配上合适的音乐"), (Step("generate_music"),))] * (not music)),
        *(
            [Option(Said("livelier music", "音乐更有活力"), (Step("change_music", (("direction", "livelier"),)),))]
            * c.scene.composed
        ),
        Option(Said("a slow zoom in", "缓慢推近"), (Step("zoom", (("kind", "in"),)),)),
    ]
    return Question(Said("What shall be better?", "想改进哪方面？"), tuple(options[:3]))


_VAGUE = (
    r"(?<![a-z])(?:make|create|edit|produce|cut) (?:me )?(?:a|an|my|this into an?) (?:[a-z]+ ){0,3}(?:video|film|movie|reel|ad|advert|commercial|vlog|trailer|teaser|promo|short|montage|story)(?![a-z])|better|nicer|improve|more (?:professional|interesting|exciting|fun|dynamic|inviting|appealing|attractive|engaging|polished|beautiful|welcoming)|spice (?:it|this) up|liven (?:it|this) up|fix (?:it|this)$|edit (?:this|it|my video|the video)|do something|make it (?:good|cool|pop|nice|fun|interesting)"
    r"|(?<![a-z])(?:boring|bland|lame|lifeless|amateur(?:ish)?|unprofessional|ugly)(?![a-z])|^(?:it|this|that|it'?s|kinda|a bit|so|really|looks?|is|'s| )*(?:dull|meh|flat|bad|cheap)[.! ]*$|(?:doesn'?t|does not) look (?:good|right|great|nice|professional)|not (?:very |that |so |really )?(?:good|great|nice|professional|exciting|interesting)"
    r"|(?<!很)(?<!真)(?<!太)(?<!挺)好看(?![!！。,，]|$|了)|改进|优化|更好|高级一?点|高级感|大气一?点|洋气|有质感|弄好|剪(?:一)?下|帮我剪|处理一下|美化|无聊|单调|平淡|不够?(?:好看|专业|精彩)|why is|too (?:boring|dull)|resolution|分辨率|too long.*too"
)


def to_be_saved(c: Clause) -> Question | None:
    if not patterns.search(r"^\s*(?:please )?save(?: it| this)?(?: please)?[.!]?\s*$|^\s*保存(?:一下|吧)?\s*$", c.text):
        return None
    export = Option(Said("export the film", "导出影片"), (Action("export"),))
    keep = Option(Said("name this version", "给这个版本命名"), (Action("name_version", (("name", "saved"),)),))
    return Question(
        Said("Export it, or keep this version under a name?", "导出影片，还是给这个版本命名？"), (export, keep)
    )
