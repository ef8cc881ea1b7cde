"""Acts that a sentence only names: what money is for, what somebody reacts to, a round that others join."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from monitor.claims.frames import Bond
    from monitor.claims.lexicon import Entry
    from monitor.claims.marked.ground import Ground
    from monitor.claims.persons import Person
    from monitor.claims.tokens import Token

_PURPOSE = {
    "ko": re.compile(
        r"(?:하는|할)? ?(?:등|비용|비|용|자금)?(?:(?:과|와|이나|나|,| 및|·)[^.]{1,25}?)?"
        r"(?:(?:에|데|에만|에도|으로|로) ?(?:쓰|쓸|썼|사용|투입|충당|활용|배정|들어가|집행)"
        r"|(?:을|를)? ?위(?:한|해) ?(?:자금|재원|돈|지원금|보조금))"
    ),
    "ja": re.compile(
        r"(?:する)?(?:など|費用?|資金|用)?(?:(?:と|や|、|・|および)[^。]{1,20}?)?"
        r"(?:に|のために)(?:使|充|投|あて|振り向け|回|用い|利用|活用)"
    ),
}
"""What stands behind an act that money is spent on: "장비 도입에 쓰인다", 装置の購入や試作に充てる."""
_REACTS = {
    "ko": re.compile(
        r" ?(?:조치|강화|정책)?(?:(?:를|을) ?(?:주고받|비판|비난|둘러싸|둘러싼|우회|피하|피해|뚫|어기|어긴|위반|견디"
        r"|극복|환영|반대|우려|회피|무력화|놓고|두고|의식)|에 ?(?:반발|항의|대비|반대|대응|맞서|맞선|불만|우려|대한))"
    ),
    "ja": re.compile(
        r"(?:措置|強化|政策)?(?:を(?:めぐ|巡|批判|非難|回避|迂回|かいくぐ|逃れ|破|懸念|歓迎|乗り越え|念頭|意識|にら)"
        r"|に(?:反発|抗議|違反|備え|反対|対抗|懸念|批判|関する|対する|ついて))"
    ),
}
"""What stands behind a control, or a takeover, to which somebody only reacts: "규제에 반발했다", 規制を回避."""
_REACTED_TO = frozenset({"export_control", "acquisition"})
_LOOSER = frozenset({"granted", "eased"})
_ASKED = {
    "ko": re.compile(
        r"(?:해|하)? ?(?:달라고|줄 것을|하라고|하도록|할 것을|라고)? ?(?:을|를)? ?(?:거듭 |강력히 |계속 )?"
        r"(?:요청|요구|촉구|호소|건의|로비|신청|기다리|받아야|받기 위|대기)"
    ),
    "ja": re.compile(
        r"(?:する|を認める|し)?(?:よう(?:に)?)?(?:を|、)?[^。、]{0,8}?(?:求め|要求|要請|訴え|促し|働きかけ|呼びかけ|申請|待っ|待ち|目指)"
    ),
}
"""What stands behind a licence or an easing that is asked for, not given."""
_TO_EASE = re.compile(
    r"(?:撤回|緩和|解除|見直し?|撤廃|再開|許可|承認|免除|猶予)(?:する|を認める)?よう(?:に)?[^。、]{0,6}$"
)
"""Before a word for asking: 規制を撤回するよう求めた."""
_USED_TO = re.compile(r"(?:これまで|従来|かつて|以前)[^。]*$")
_WAS = re.compile(r"(?:さ?れ|し)?て(?:い|き)た")
_TOPIC = {
    "ja": re.compile(
        r"(?:措置|強化|政策|の動き)?(?:(?:は|も|から|より)(?![じしさせ])|で(?![きすあはもの])|が、?(?!発|施|下り|出|得|認め|決|始|強化|導入|課|実施|緩|解))"
    ),
    "ko": re.compile(r"(?: ?(?:조치|강화|정책))?(?:는|은|도|보다) "),
}
"""Behind a noun for a control of which something else is told: 半導体規制は…を狙う."""
_DESCRIBING = re.compile(r"(?:さ?れた|された|されている|してきた)(?!と|こと|もの|ため|ところ)[一-龠ァ-ヶA-Za-z「『]")
"""Behind a verb that only describes a noun: 導入された輸出規制に対応する."""
_PARTICIPLE = re.compile(
    r"(?:ein|aus|an|auf|ab|vor|her|zu|durch|um)?ge\w+(?:te|ten|ter|tes|tem|ene|enen|ener|enes|enem)$"
)
"""German participles that describe a noun: "die eingeführten Exportkontrollen"."""
_LISTED_NOUN = re.compile(r"(?:,| 및|·|과 ) ?")
_BEGUN = re.compile(r"시작|개시|돌입|착수|들어|나섰|나선|완료|마쳤|추진|계획|준비|앞당|목표|전망|예정")
_SUBJECT = re.compile(r"[가-힣A-Za-z0-9](?:이|가|은|는) ")
"""Before a Korean noun in a list that another verb closes: "삼성이 HBM 양산, AI 협력까지 갖추면서"."""
_ROUND = re.compile(r"(?:者|元|企業|先|団|比率|契約|枠|依頼|を(?:受|仰|募|得|呼)|に?は?(?:応じ|名を連ね))")
"""What stands behind 出資 where it is what a company receives."""
_JOINED = re.compile(r"に(?:は|も|加え)?(?!踏|乗|動|向け)")
_MARKED = re.compile(r"(?P<word>[一-龠ァ-ヶーA-Za-z0-9]+)(?:が|も|は)")


def for_what(token: Token, ground: Ground) -> bool:
    """Whether an act is what a sum is spent on."""
    pattern = _PURPOSE.get(ground.language)
    return pattern is not None and pattern.match(ground.text, token.end) is not None


def reacted_to(token: Token, metric: str, ground: Ground) -> bool:
    """Whether a sentence tells of a reaction to an act, not of the act."""
    pattern = _REACTS.get(ground.language)
    return metric in _REACTED_TO and pattern is not None and pattern.match(ground.text, token.end) is not None


def only_named(token: Token, entry: Entry, ground: Ground) -> bool:
    """Whether an act is only named: what somebody reacts to, asks for, or calls by a noun or a participle."""
    if reacted_to(token, entry.metric or "", ground):
        return True
    if ground.language == "de":
        return _PARTICIPLE.match(token.text.lower()) is not None and _noun_behind(token, ground)
    if ground.language == "ko" and entry.metric == "mass_production" and ground.field == "text":
        return _in_list(token, ground)
    asked = _ASKED.get(ground.language)
    if entry.metric != "export_control" or asked is None:
        return False
    if entry.act in _LOOSER and asked.match(ground.text, token.end):
        return True
    if ground.language == "ja" and _USED_TO.search(ground.text, 0, token.start) and _WAS.match(ground.text, token.end):
        return True
    if ground.language == "ja" and token.text.startswith("求め") and _TO_EASE.search(ground.text[: token.start]):
        return True
    topic = _TOPIC[ground.language].match(ground.text, token.end) is not None and ground.field == "text"
    return topic or (
        ground.language == "ja" and ground.field == "text" and _DESCRIBING.match(ground.text, token.end) is not None
    )


def _in_list(token: Token, ground: Ground) -> bool:
    first = ground.row[ground.segment(token).first].start
    listed = _LISTED_NOUN.match(ground.text, token.end) is not None
    acts = _SUBJECT.search(ground.text, first, token.start) is not None
    return listed and acts and _BEGUN.search(ground.text, token.end, ground.row[-1].end) is None


def _noun_behind(token: Token, ground: Ground) -> bool:
    after = ground.row[token.index + 1] if token.index + 1 < len(ground.row) else None
    return after is not None and after.capital and after.kind != "figure"


def of_others(bond: Bond, person: Person, ground: Ground) -> bool:
    """Whether a Japanese word for taking a stake tells of others who put money into the company spoken of."""
    trigger = bond.trigger
    if ground.language != "ja" or bond.entry.metric != "acquisition" or trigger.text != "出資":
        return False
    if _ROUND.match(ground.text, trigger.end):
        return True
    if person.how != "carried":
        return False
    return _JOINED.match(ground.text, trigger.end) is not None or _others_act(trigger, ground)


def _others_act(trigger: Token, ground: Ground) -> bool:
    """ "保険会社3社も出資した": a subject of no watchlist."""
    own = ground.segment(trigger)
    before = ground.text[ground.row[own.first].start : trigger.start]
    pronouns = {t.text for t in own.tokens if t.has("pronoun")}
    return any(not any(m["word"] in p for p in pronouns) for m in _MARKED.finditer(before))
