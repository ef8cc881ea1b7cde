"""Acts that a sentence only names: what money is for, what somebody reacts to, a round that others join."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from monitor.claims.frames import Bond
    from monitor.claims.marked.ground import Ground
    from monitor.claims.tokens import Token
    from monitor.claims.who import Person

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
