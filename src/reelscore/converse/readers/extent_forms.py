"""The forms of `extents.py`: what is said around a thing (F, X, M, P) and a length (Q, R), by the sense of its verb.

The verbs and the words are `words/extents.toml`; the groups of a form tell which part is meant: edge, side, side2 (the
end that goes), middle, later, sooner, way.
"""

from __future__ import annotations

import re
from functools import cache

from reelscore.converse.tables import table


def _any(words: list[str]) -> str:
    return "(?:" + "|".join(sorted(words, key=len, reverse=True)) + ")"


@cache
def verbs_of(sense: str) -> str:
    """The verbs of one sense (keep, cut, less...), as one pattern."""
    return _any(table("extents")["verbs"][sense])


@cache
def small() -> re.Pattern[str]:
    """Words that change nothing."""
    return re.compile(rf"(?<![a-z'])(?:{_any(table('extents')['around']['small'])})(?![a-z'])")


@cache
def lead() -> re.Pattern[str]:
    """What is said before a wish."""
    return re.compile(rf"^(?:(?:{_any(table('extents')['around']['lead'])})(?![a-z'])[ ,]*)+(?=[^ ])")


@cache
def tail() -> re.Pattern[str]:
    """What is said behind it."""
    return re.compile(rf"(?:[ ,]+(?:{_any(table('extents')['around']['tail'])}))+$")


_SAY = r"(?: ,)?(?: (?:you know|say|like|maybe|perhaps|about|around|roughly|let's say|to|up to|down to|so|for|i'd say|i mean|,))*"  # how an amount is named


@cache
def forms() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """(sense, form), the most telling first. Groups: edge, side, later, sooner."""
    held = table("extents")
    keep, only, cut, less, more, hold, go = map(verbs_of, ("keep", "only", "cut", "less", "more", "hold", "go"))
    words = {name: _any(said) for name, said in held["words"].items()}
    edge = f"(?P<edge>{words['first']}|{words['last']})"
    side = f"(?P<side>{words['start']}|{words['end']})"
    that, comes, later, sooner = words["stretch"], words["comes"], words["later"], words["sooner"]
    stay = r"(?: (?:only|stays?|remains?|(?:is|are) (?:enough|fine|plenty|all (?:i|we) (?:want|need))|will do|should stay))"
    t = r"(?: [FXPM](?: 's)?)?"
    of = r"(?: (?:of|off|from|off of|in|on|for|at|out of) [FXPM])?"
    rest = rf"(?: ,?(?: ?and| ?but)? ?(?:{cut}|forget|ignore|lose)(?: all)?(?: of)? {words['rest']})?"
    kept = rf" ,?(?: ?and| ?but| ?while)? ?(?:(?:{keep}|keeping|leaving|leave)(?: only)? {side}(?: part| bit)?(?: of [FXP])?(?: in| in place)?|(?:from|by (?:{cut}|(?:cutt|trimm|dropp|los|remov|tak|chopp|shav|clipp)ing)(?: off| away| out| from| something off)*) (?P<side2>{words['start']}|{words['end']}))"
    begins = rf"(?:{that} )?(?:{comes} )?"
    off = "(?:off|from|at|of|off of)(?: [FXP] 's)?"
    extra = "(?:another|extra|additional|further)"
    lasts = r"(?: (?:be|to be|last|run|stay|play|show|sit|hold|hang|linger|stick|remain|continue|take|go on|keep going|on screen|up|on|around|there|visible))*"  # it is there for so long
    enough = r"(?:(?:would|will|should|could|might|is|are|'d|'ll)(?: be)? ?(?:enough|plenty|fine|ok|okay|do|suffice|better|nicer|nice|good|great|perfect|ideal|all (?:it|i|we) needs?)|does it|suffices|max)"
    comp = "(?P<way>shorter|less|longer|more)"
    rf"{begins}(?P<later>{later}) Q(?: mark| point)?(?: (?:{words['onward']}))*{of}"
    open_left = rf"{begins}(?P<sooner>{sooner}) Q(?: mark| point)?{of}"
    onward = rf"(?:{begins})(?P<later>from|starting (?:at|from)|after|at) Q(?: mark| point)? (?:{words['onward']}){of}"
    both = r"(?:at|on|off|from|of|in) (?:both|each|either|two) (?:ends?|sides?)"
    gone = rf"(?: ,)?(?: and| so| but)? {cut} {that}(?: {comes}| 's)?"
    talks = r"(?:(?:F|we|i|he|she|they|people|P) )?(?:(?:do|should|want to|really) )?(?:only )?(?:(?:actually|really|first) )?"
    made: list[tuple[str, str]] = [
        ("cut", rf"{talks}(?:start|starts|begin|begins|open|kick off)(?: talking| speaking| F| there| properly)? (?P<sooner>at|from) Q{gone} (?:before|earlier|sooner|up to)(?: that| then| it| there| this| P)?"),
        ("cut", rf"{talks}(?:stop|stops|end|ends|finish|finishes)(?: talking| speaking| F| there)? (?P<later>at|after) Q{gone} (?:after|past|later|following|behind)(?: that| then| it| there| this| P)?"),
        ("cut", r"[a-z' ]{2,40}? (?P<sooner>at|from|after) Q (?:, )?(?:so |and )*(?:start|begin|open|cut in)(?: F| P)? (?:there|from there|at that point|then|here|at that)"),
        ("skip", r"(?:start|begin|open|pick up) [FX] (?:about )?Q (?:in|into P|into X|later)"),
        ("skip", r"[FXP] (?:(?:should|must|can|could|needs to|has to|to) )?(?:start|begin|open)s? Q (?:in|into P|later in)(?: ,.*)?"),
        ("skip", r"(?:start|begin|play|show|open|pick up) X (?P<own>from) Q(?: on| onwards?| mark)?"),
        ("skip", r"(?:start|begin) X (?P<only>at) Q(?: mark)?"),
        ("stretch", rf"{cut} (?:{that}|[a-z' ]{{2,30}}?) (?:at|from) Q (?:, )?(?:for |lasts? |it lasts? )?Q(?: long| of P| worth)?"),
        ("sooner", r"(?:[FP] )?(?:should |must |could |can |to )?(?:end|finish|stop|wrap up|be over)s?(?: F| P)? Q (?:earlier|sooner|before)"),
        ("cut", rf"[a-z' ]{{2,50}}? (?:at |from |between )?R (?:, )?(?:so |and )*{cut} P(?: out| off| away)?"),
        ("stretch back", rf"{cut} Q (?:long )?(?:starting |beginning )?(?:at|from) Q(?: on| onwards?| in)?"),
        ("keep all", rf"{cut} (?:M|everything|all|anything) (?:but|except(?: for)?|other than|apart from) {edge} Q{of}"),
        ("ends", rf"(?:{less}|{cut})(?: [FXP] 's)? {words['start']}(?: of [FXP])? by Q(?: ,)? (?:and|plus|,)(?: {cut})? {words['end']}(?: of [FXP])? by Q"),
        ("ends back", rf"(?:{less}|{cut})(?: [FXP] 's)? {words['end']}(?: of [FXP])? by Q(?: ,)? (?:and|plus|,)(?: {cut})? {words['start']}(?: of [FXP])? by Q"),
        ("cut", rf"{cut} Q (?:out of|from|off|of|in|out from) (?P<middle>middle)(?: of [FXP])?"),
        ("to", rf"(?:{cut}|{less})(?: [FXP])? (?:from|off|at) (?P<side2>{words['start']}|{words['end']}) (?:until|till|so)(?: that)? (?:it|P|F|X)(?: ?'s| is| lasts| runs)? (?:only |just )?Q(?: long)?"),
        ("cut", rf"(?:{less}|{cut}) [FP](?: ,)? (?:so|so that|such that) (?:P|F|it) (?:ends|stops|finishes|is over) (?P<later>at|after|by) Q"),
        ("to", rf"X (?:part |bit |clip )?(?:is |gets |becomes |goes |turns )?[a-z ]{{3,20}} after Q (?:, )?(?:so |and )*{cut} (?:P |X )?(?:there|then|at that point|off)"),
        ("cut", rf"(?:(?:i|we) (?:need|want) )?Q off(?: of)?(?: [FXP] 's)? {side}(?: of [FXP])?"),
        ("cut", rf"(?:{less}|{cut}) [FXM] by Q (?:at|from|off|on) {side}"),
        ("cut", r"(?:start|begin|open) (?P<sooner>at|from) Q"),
        ("more", r"Q (?:more|extra|longer) (?:for|on|of) [FXPM]"),
        ("to instead", r"[FXP] (?:is|runs|lasts|takes) Q(?: long| in length| in total)?(?: now| currently)? (?:, )?(?:but |and )*(?:i|we) (?:only |just |really )*(?:need|want|have|can use) Q"),
        ("both", rf"{cut} Q {both}(?: of [FXP])?"),
        ("both", rf"[FXP](?: is| are| runs)? Q toolong {both}"),
        ("both", rf"{cut}(?: [FXP])? (?:by )?Q {both}"),
        ("both", rf"{cut} [FXP] {both} (?:, )?(?:by )?Q"),
        ("cut", rf"[FXP](?: is| are| runs)? Q toolong (?:at|on|in|towards) {side}"),
        ("cut", rf"Q (?:toolong|toomuch|less|shorter) (?:at|on|in|off|from) {side}(?: of [FXP])?"),
        ("to", rf"(?:only )?Q (?:{enough}|enough|plenty)"),
        ("to instead", rf"[FXP] (?:(?:is|are|runs?|goes|lasts?|takes?|stays?|plays?|'s){lasts}(?: for)?|has) Q(?: long| in length| in total)?(?: now| currently)? (?:, )?(?:but |and |though |which is toolong )*(?:only |really |maybe )?Q (?:{enough}|enough|plenty)"),
        ("to", rf"[FXP] (?:is|runs?|goes|lasts?|takes?|stays?|drags?|feels?){lasts}(?: (?:toolong|tooshort|forever|for ages|long))+ ?(?:, )?(?:but |and )*(?:only |really |maybe )?Q (?:{enough}|enough|plenty)"),
        ("cut", r"(?:(?:jump|skip)|(?:go|cut|jump|skip)(?: straight| ahead| directly| forward)+) (?P<sooner>to) Q(?: as (?:start|opening|beginning|first frame))?" + rf"(?:{gone} (?:before|earlier|sooner|up to)(?: that| then| it| there| this| P)?)?"),
        ("less", r"[FXP](?: is| are| runs| goes on(?: for)?)? Q toolong"),
        ("more", r"[FXP](?: is| are)? Q tooshort"),
        ("cut", rf"[FXP] (?:loses?|sheds?|drops?|skips?|without|minus|less|can lose|should lose|gets? rid of) {edge} Q"),
        ("keep", rf"{less}(?: down| back)?{t}(?: back| down| off| away| right| in)*(?: to) (?:only )?{edge} Q{of}{rest}"),
        ("keep", rf"(?:{keep}|{only}){t} (?:for |to )?(?:only )?{edge} Q{of}(?: only)?{rest}"),
        ("keep", rf"[FXPM](?: 's)? (?:is |should be |stays? |plays? )?only (?:for |in |during )?{edge} Q"),
        ("keep", rf"{edge} Q{of}{stay}{rest}"),
        ("keep", rf"X (?:, )?{edge} Q only{rest}"),
        ("keep", rf"X (?:, )?(?:(?:is |should be |should )?(?:play |playing |heard |there |on |shown |seen )?only )?(?:from |between )?R(?: only{rest})?"),
        ("keep", rf"(?:{keep}|{only})(?: [FX])?(?: {that})?(?: from| between)? R{of}{rest}"),
        ("keep", rf"(?:{less})(?: [FXP])?(?: down)? to (?:only )?(?:{that} )?(?:from |between )?R{rest}"),
        ("keep", rf"(?:{keep}|{only}) (?:{open_left}){rest}"),
        ("keep", rf"(?:{keep}|{only}) (?:{that} (?:{comes} )?(?P<later>past|after|beyond|later than|from) Q(?: mark| point)?(?: {words['onward']})?{of}){rest}"),
        ("keep", rf"(?:{keep}|{only}) {onward}{rest}"),
        ("cut", rf"{cut}{t} {edge} Q{of}(?: off| out| away)?"),
        ("cut", rf"(?:[FX] 's )?{edge} Q{of} {go}"),
        ("cut", r"X (?:is |be |stays? |stay up |should (?:stay|be) )?(?:only |up |on )*(?P<later>until|till|up to) Q(?: only)?"),
        ("cut", rf"{cut} Q (?:off|from|at|of|off of|out of|on)(?: [FXP] 's)? {side}(?: (?:of|on|in) [FXP])?"),
        ("cut", rf"{cut} {that} (?:{comes} )?(?P<later>past|after|beyond|later than|following) Q(?: mark| point)?(?: {words['onward']})?{of}(?: out| off| away)?"),
        ("cut", rf"{cut} (?:{open_left})(?: out| off| away)?"),
        ("cut", rf"{cut} {onward}"),
        ("cut", rf"{cut}(?: [FXP])?(?: off| out| away)? (?P<later>past|after|beyond|later than) Q(?: mark| point)?"),
        ("cut", rf"(?:{that} )(?:{comes} )?(?P<later>past|after|beyond|later than|from) Q(?: mark| point)?(?: {words['onward']})?{of} {go}"),
        ("cut", rf"(?:{that} )(?:{comes} )?(?P<sooner>{sooner}) Q(?: mark| point)?{of} {go}"),
        ("cut", rf"X (?:is |be |should be |must be |goes |go |should |can |could |must |has to )?(?:gone|hidden|away|off|disappears?|vanish(?:es)?|leaves?|go(?: away)?|comes? (?:off|down)|drops? (?:out|off))(?: (?:the )?screen)? (?P<later>from|after|at|past|by) Q(?: (?:{words['onward']}))?"),
        ("cut", rf"nothing (?P<later>past|after|beyond) Q(?: mark| point)?{of}"),
        ("cut", rf"{cut}(?: {that})?(?: from| between)? R{of}(?: out| off| away)?"),
        ("cut", rf"(?:{that} )?(?:from |between )?R{of} {go}"),
        ("cut", rf"(?:from |between )?R (?:[a-z' ]{{2,40}}) (?:, )?(?:so )?{cut} P(?: out| off)?"),
        ("keep", rf"(?:{keep}|{only}|{less}(?: [FXP])?(?: down)? to)(?: [FX](?: 's)?)? (?:only )?(?P<middle>middle) Q{of}{rest}"),
        ("cut", rf"{cut}(?: [FX](?: 's)?)? (?P<middle>middle) Q{of}(?: out| away)?"),
        ("outside", rf"{cut}(?: [FXP])?(?: off| out| away)? (?:{that} )?(?:{comes} )?(?:{sooner}) Q(?: mark)?{of}(?: ,)?(?: and| plus| or| as well as)?(?: {cut})?(?: also)? (?:{that} )?(?:{comes} )?(?:past|after|beyond|from) Q(?: mark)?(?: {words['onward']})?{of}(?: off| out| away)?"),
        ("outside back", rf"{cut}(?: [FXP])?(?: off| out| away)? (?:{that} )?(?:{comes} )?(?:past|after|beyond|from) Q(?: mark)?(?: {words['onward']})?{of}(?: ,)?(?: and| plus| or| as well as)?(?: {cut})?(?: also)? (?:{that} )?(?:{comes} )?(?:{sooner}) Q(?: mark)?{of}(?: off| out| away)?"),
        ("ends", rf"{cut}(?: [FXP](?: 's)?)? first Q{of}(?: off)?(?: ,)? (?:and|plus|,)(?: also)?(?: {cut})? last Q{of}(?: off| out| away)?"),
        ("ends", rf"{cut} Q {off} {words['start']}(?: of [FXP])?(?: ,)? (?:and|plus|,)(?: also)?(?: {cut})? Q {off} {words['end']}(?: of [FXP])?"),
        ("ends", rf"[FX](?: ,)? Q (?:off|from|at) {words['start']}(?: ,)? ?(?:and|plus|,)? ?Q (?:off|from|at) {words['end']}"),
        ("ends back", rf"[FX](?: ,)? Q (?:off|from|at) {words['end']}(?: ,)? ?(?:and|plus|,)? ?Q (?:off|from|at) {words['start']}"),
        ("cut", rf"[FX](?: ,)? Q off {side}"),
        ("ends back", rf"{cut} Q {off} {words['end']}(?: of [FXP])?(?: ,)? (?:and|plus|,)(?: also)?(?: {cut})? Q {off} {words['start']}(?: of [FXP])?"),
        ("keep ends", rf"(?:{keep}|{only})(?: only)? first Q{of} (?:,|and|plus)(?: and)? last Q{of}{rest}"),
        ("cut", r"(?:(?:make|have|let) )?[FX] (?:should |must |to |needs to |has to |can |could )?(?:end|stop|finish|ends|stops|finishes|be over|cut off|cut out|go away|disappear) (?P<later>at|after|by) Q(?: mark)?"),
        ("cut", r"(?:end|stop|finish|cut off)(?: [FX])? (?P<later>at|after) Q(?: mark)?"),
        ("cut", r"(?:(?:make|have|let) )?F (?:should |must |to |needs to |has to )?(?:start|starts|begin|begins|open|kick off) (?P<sooner>at|from|after) Q(?: mark)?"),
        ("cut", r"(?:start|begin) F (?P<sooner>at|from|after) Q(?: mark)?"),
        ("to", r"(?:make|give|get|do|create|produce)(?: me)? Q (?:long )?(?:version|cut|edit|mix) (?:of|from) [FXP]"),
        ("to", r"(?:make|give|get|do|create|produce|need|want|have)(?: me| us)? (?:version|cut|edit|F) (?:under|below|of|in|shorter than|no longer than|that is|that's|at most)+ (?:at most |max |under |below )?Q(?: long)?"),
        ("to", r"[FXP] (?:should|must|needs to|has to|have to|can|to) (?:all )?(?:fit|go|squeeze)(?: in| into| inside| within| under)+ Q"),
        ("to", r"(?:fit|squeeze|cram) [FXP](?: all| down)*(?: in| into| inside| within| under)+ Q"),
        ("to", r"(?:everything|all) (?:should|must|needs to|has to|have to) (?:be|last|fit into|fit in|take) Q"),
        ("to", rf"(?:{less}){t}(?: back| down| up| in)*(?: to)? Q(?: long)?{kept}"),
        ("to", rf"(?:{less})(?: down)? [FXPM](?: back| down| in)*(?: to)? (?:under|below|within|less than|no more than|at most) Q(?: long)?"),
        ("to", rf"(?:{less}|{more}) [FXPM](?: back| down| up| out| in)* to Q"),
        ("to", r"(?:make|have|get|want|need|let) [FXPM] (?:be |run |run on |last |stay |stay on |go on |play |for |each |both |all )*Q(?: in total| in all| total| altogether)?"),
        ("to", r"[FXPM] (?:should|must|needs? to|has to|have to|can|to) (?:(?:only|both|each|all) )*(?:be|last|run|take|go for|run for|last for|stay) (?:(?:only|both|each|for) )*(?:under |below |within |less than |shorter than |no longer than |no more than |at most |max )?Q(?: long)?"),
        ("to", r"(?:(?:can|could|should|shall|may|would) )?[FXPM] (?:be|last|run) (?:only )?Q(?: long)?|M (?:(?:both|each|all|,|:) )*(?:(?:to|for|at) )?Q(?: both| each| all)?"),
        ("less", rf"(?:{less}){t}(?: back| down)*(?: by)? Q{kept}"),
        ("less", rf"(?:{less})(?: [FXPM])(?: down| back)? by Q"),
        ("more", rf"(?:{more})(?: [FXPM])(?: out)? by (?:{extra} )?Q"),
        ("more", rf"(?:{more})(?: [FXPM])(?: out)?(?: for| by)? {extra} Q"),
        ("", rf"(?:make|have|get|want|need|keep|leave|show|let|hold)(?: [FXPM]){lasts}(?: for| by)? Q {comp}(?: than (?:now|it is|that|before))?"),
        ("", rf"(?:make|have|get|want|need)(?: [FXPM])(?: be| to be| last)* {comp} by Q"),
        ("to", rf"(?:(?:(?:what )?(?:i|we)(?: (?:want|need|wish|would like)|'d like)(?: is)?(?: that| for)?|make|have|want|need|get|let|like) )?(?:[FXPM](?: part| bit| section)?(?: (?:could|should|can|must|may|might|needs?|to|has to|gets?|got|be|is|was|a|bit|little|lot|much|way|far|somewhat|slightly|last|run|stay|linger|hold|hang|play|show|sit|up|on|around|there))* (?:longer|shorter)|(?:more|less) time (?:for|on|with) [FXPM]){_SAY} Q(?: or so| max| tops| at most)?"),
        ("to", rf"[FXPM] (?:is|was|feels?|looks?|lasts?)(?: still| a bit| just)* too(?:short|long)(?: ,)? (?:hold|keep|show|leave|make|let|cut|trim|have) P(?: be| last| run| stay)?(?: to| for| down to| up to)?{_SAY} Q"),
        ("", rf"(?:last|lasts|stay|stays|run|runs|be|show|shows)(?: up| on)?(?: for)? Q {comp}"),
        ("", rf"(?:[FXPM] )?(?:(?:should|could|can|must|needs? to|ha[sv]e? to|to) (?:be|last|run|stay|take|hang|linger|go on|keep going)(?: there| up| on| around| (?:on|on the) screen)* (?:for )?)?Q {comp}(?: than (?:now|it is|that|before))?"),
        ("", rf"(?:[FXPM] )?(?:(?:should|could|can|must|needs to|has to|to) be )?{comp} by Q"),
        ("more", rf"(?:{hold})(?: [FXPM])?{lasts}(?: for)? {extra} Q(?: long| longer| more)?"),
        ("more", rf"(?:{hold}) [FXPM]{lasts}(?: for)? Q (?:longer|more|extra)"),
        ("more", rf"(?:give [FXPM]|add(?: to)? [FXPM])(?: {extra} Q| Q (?:more|extra|longer))"),
        ("more", r"add(?: to)? [FXPM] Q"),
        ("to", r"give [FXPM] (?:just |only )?Q(?: on screen| each)?"),
        ("more", rf"add (?:{extra} )?Q(?: more| extra)? to [FXPM](?: 's)?(?: length| duration| end)?"),
        ("less", rf"{cut} Q (?:off|off of|from) [FXPM](?: 's length)?"),
        ("less", r"[FXPM] minus Q"),
        ("more", r"[FXPM] plus Q"),
        ("less", r"X (?:should |must |to |can )?(?:ends?|stops?|finish(?:es)?) Q (?:earlier|sooner)"),
        ("more", r"X (?:should |must |to |can )?(?:ends?|stops?|finish(?:es)?) Q later"),
        ("more", rf"[FXPM] (?:needs?|wants?|could use|can have|should (?:have|get)|gets?|deserves?)(?: {extra})? Q (?:more|extra|longer)"),
        ("more", rf"[FXPM] (?:needs?|wants?|could use|can have|should (?:have|get)|gets?|deserves?) {extra} Q"),
        ("to", r"(?:shorter|longer) (?:, )?(?:to |say |so |i mean )?Q(?: long)?(?: total| in total)?"),
    ]  # fmt: skip
    return tuple((sense, re.compile(form)) for sense, form in made)
