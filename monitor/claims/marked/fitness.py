"""What stands around a figure: the unit lent to it, the level before a change, and what makes it no claim."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from monitor.claims.frames import SMALLEST_BARE
from monitor.claims.marked import times
from monitor.claims.marked.consensus import of_consensus
from monitor.claims.metrics import TOTALS

if TYPE_CHECKING:
    from monitor.claims.frames import Bond
    from monitor.claims.marked.ground import Ground
    from monitor.claims.numbers.model import Quantity
    from monitor.claims.tokens import Token

_BESIDE = 3
_MADE_OF = re.compile(r"\w?(?:から(?:な|成)|로 (?:구성|이뤄|이루어|된))")
"""What a cluster is made of: "3万枚からなる"."""
_INSTEAD = frozenset({"statt", "anstelle"})
_UP_TO_NOW = frozenset({"bislang", "bisher", "zuvor", "ursprünglich", "zunächst", "jusqu'ici"})
_FIRMS = re.compile(r"の[一-龠]{0,6}(?:企業|団体|組織|法人)")
_DIFFERENCE = re.compile(
    r"(?: stück| chips| einheiten)? (?:mehr|weniger|teurer|billiger) als "
    r"|(?:多い|多かった|少ない|少なかった|高い|安い|高かった|安かった)"
    r"|(?:가|이)? ?(?:많|적|비싼|비싸|싼|싸|저렴)",
    re.IGNORECASE,
)
"""Behind a number that is a difference: "40.000 mehr als ein Jahr zuvor"."""
_WAS = frozenset(
    {"war", "waren", "lag", "lagen", "betrug", "betrugen", "belief", "hatte", "hatten", "kam", "kamen", "était"}
)
"""With these, "noch" sets a figure as one of before."""
_SUM = 1_000_000
"""From here on a number without a unit, behind money, is money."""
_MODELS = 10_000
_LEADING = frozenset({"nach", "statt", "noch", "anstelle", "après", "contre", "encore"})
"""Words of before that say so only right before the figure: "nach 72 Milliarden", not "nach China"."""


def earlier(figure: Token, ground: Ground) -> bool:
    """A figure that the sentence sets as the level before, or of an earlier period."""
    quantity = figure.figure
    if quantity is not None and quantity.lead == "from":
        return True
    near = _around(figure, ground)
    return any(
        t.has("previous") or (t.period is not None and t.period.rule == "same" and (t.period.shift or 0) < 0)
        for t in near
    )


def _around(figure: Token, ground: Ground) -> list[Token]:
    """Tokens beside a figure that may say that it is of before."""
    at = figure.index
    if ground.verb_final:
        start = max([0, at - 4, *(t.index for t in ground.row[max(0, at - 4) : at] if t.kind == "figure")])
        return [t for t in ground.row[start : at + 3] if not times.of_change(t, ground)]
    past = any(t.text.lower() in _WAS for t in ground.segment(figure).tokens)
    found = [t for t in ground.row[at + 1 : at + 3] if t.clause == figure.clause and t.text.lower() not in _LEADING]
    for token in reversed(ground.row[max(0, at - 4) : at]):
        if token.clause != figure.clause or token.kind == "name":
            break
        near = token.index >= at - 3 and not any(t.period is not None for t in ground.row[token.index : at])
        if token.text.lower() == "noch" and not past:
            continue
        if not times.of_change(token, ground) and (
            token.period is not None or near or token.text.lower() not in _LEADING
        ):
            found.append(token)
    return found


def lend_unit(figure: Token, ground: Ground, last: Quantity | None) -> None:
    """ "Huawei 44, Nvidia 22 und Cambricon elf Prozent", "nach 72 Milliarden": the unit said beside it."""
    quantity = figure.figure
    if quantity is not None and quantity.noun in ("sheet", "piece"):
        told = {m for m, unit in ground.world.units.items() if unit.startswith("wafers")}
        beside = any(t.figure is not None and t.figure.unit == "wafers" for t in ground.row[: figure.index])
        carried = ground.world.entry is not None and ground.world.entry.metric in told
        if quantity.unit == "units" and (beside or carried):
            figure.figure = replace(quantity, unit="wafers")
    if quantity is not None and not quantity.per and quantity.unit in ("wafers", "units"):
        before = next((t.figure for t in reversed(ground.row[: figure.index]) if t.figure is not None), None)
        if before is not None and before.lead == "from" and before.per and before.unit == quantity.unit:
            figure.figure = quantity = replace(quantity, per=before.per)
    if quantity is None or quantity.kind != "bare":
        return
    if ground.language == "ja" and _FIRMS.match(ground.text, figure.end):
        figure.figure = replace(quantity, kind="count", unit="entities", noun="company")
        return
    if _won(figure, quantity, ground):
        figure.figure = replace(quantity, kind="money", unit="KRW")
        return
    other = _next_figure(figure, ground) if quantity.value < SMALLEST_BARE else _money_before(figure, ground, last)
    if other is not None:
        figure.figure = replace(quantity, kind=other.kind, unit=other.unit)


def _won(figure: Token, quantity: Quantity, ground: Ground) -> bool:
    """ "영업익 12.1조": Korean headlines leave the currency out where it is their own."""
    if ground.language != "ko" or not figure.text.endswith(("조", "억")):
        return False
    entries = [e for t in ground.row for e in t.entries if e.metric in TOTALS]
    return any("money" in e.fits for e in entries)


def _next_figure(figure: Token, ground: Ground) -> Quantity | None:
    """The percent figure to come with nothing but names and further such figures between."""
    for token in ground.row[figure.index + 1 :]:
        if token.figure is not None and token.figure.kind == "percent":
            return token.figure
        listed = token.figure is not None and token.figure.kind == "bare"
        if not (listed or token.kind == "name" or token.text == "," or token.has("and")):
            return None
    return None


def _money_before(figure: Token, ground: Ground, last: Quantity | None) -> Quantity | None:
    """The money told before, in the sentence or, beside a word that holds nothing but money, in the one before."""
    if figure.figure is None or figure.figure.value < _SUM:
        return None
    before = [t.figure for t in ground.row[: figure.index] if t.figure is not None and t.figure.kind == "money"]
    if before:
        return before[-1]
    entries = [e for t in ground.segment(figure).tokens for e in t.entries if e.metric]
    return last if entries and all("money" in e.fits and not e.fits & {"units", "wafers"} for e in entries) else None


def unfit(figure: Token, ground: Ground) -> str:
    """Why a figure is no claim, from what stands around it; empty if it may be one."""
    quantity = figure.figure
    if quantity is None:
        return "no figure"
    return (
        _no_count(figure, quantity, ground)
        or _not_ours(figure, quantity, ground)
        or _of_before(figure, quantity, ground)
    )


def _no_count(figure: Token, quantity: Quantity, ground: Ground) -> str:
    if quantity.vague:
        return "a vague magnitude"
    if quantity.kind == "bare" and quantity.value < _MODELS and _called_so(figure, ground):
        return "a model number"
    if _within_name(figure, quantity, ground):
        return "a part of a name in quotes"
    if _continues_name(figure, quantity, ground):
        return "a model number"
    if quantity.value == 1 and quantity.unit in ("units", "wafers"):
        return "one of them"
    return "what one system is made of" if _composes(figure, ground) else ""


def _not_ours(figure: Token, quantity: Quantity, ground: Ground) -> str:
    if quantity.kind == "money" and any(t.has("convict") for t in ground.row):
        return "what a person pays"
    if quantity.conversion:
        return "a conversion into another currency"
    if quantity.kind in ("money", "multiple") and any(t.has("stock") for t in ground.row):
        return "a price of a share"
    if quantity.kind in ("count", "bare", "money") and _DIFFERENCE.match(ground.text, figure.end):
        return "how many more or fewer"
    if _joint(figure, ground):
        return "a sum for several"
    return "a price of a share" if quantity.noun == "share" else ""


def _of_before(figure: Token, quantity: Quantity, ground: Ground) -> str:
    composed = _MADE_OF.match(ground.text, quantity.number_span[1]) is not None
    if quantity.lead == "from" and not composed and not _dated(figure, ground) and not _of_capacity(ground):
        return "the level before a change"
    if any(t.text.lower() in _INSTEAD for t in ground.row[max(0, figure.index - 3) : figure.index]):
        return "what was given before"
    if _given_before(figure, ground):
        return "what was given before"
    if of_consensus(figure, ground):
        return "what others had expected"
    level = quantity.kind in ("money", "count")
    if level and quantity.lead != "from" and earlier(figure, ground) and not _told_period(figure, ground):
        return "an earlier figure without its period"
    return ""


def _given_before(figure: Token, ground: Ground) -> bool:
    """ "bisher hatte die Firma fünf Milliarden versprochen"."""
    own = ground.segment(figure).tokens
    before = any(t.text.lower() in _UP_TO_NOW for t in own if t.index < figure.index)
    return before and any(t.has("pluperfect") for t in own)


def _composes(figure: Token, ground: Ground) -> bool:
    """ "칩 16개를 묶은 '은하'": parts of a product that is named right behind."""
    for token in ground.row[figure.index + 1 : figure.index + 4]:
        if token.has("composed"):
            after = [t for t in ground.row[token.index + 1 : token.index + 4] if t.kind != "mark"]
            return bool(after) and after[0].kind == "name" and ground.world.is_thing(after[0].entity)
    return False


def _joint(figure: Token, ground: Ground) -> bool:
    """ "3社合計の営業利益は…", "삼성전자와 SK하이닉스의 합산 영업이익": what several have together."""
    for token in ground.row[: figure.index]:
        if not token.has("joint") or token.clause != figure.clause:
            continue
        near = ground.row[max(0, token.index - _BESIDE) : token.index]
        counted = any(
            t.figure is not None and t.figure.kind in ("entities", "other", "bare", "count", "people") for t in near
        )
        orgs = {t.entity for t in ground.segment(figure).tokens if t.kind == "name" and ground.world.is_org(t.entity)}
        if counted or len(orgs) > 1 or not (orgs or ground.verb_final):
            return True
    return False


def _of_capacity(ground: Ground) -> bool:
    return any(e.metric == "capacity" and e.pos == "noun" for t in ground.row for e in t.entries)


def _dated(figure: Token, ground: Ground) -> bool:
    """ "前四半期の9500台から": a level before that has its own period beside it."""
    near = [t.period for t in ground.row[max(0, figure.index - 2) : figure.index] if t.period is not None]
    return any((ground.verb_final or p.shift != 0) and p.rule not in ("years", "cumulative") for p in near)


def _told_period(figure: Token, ground: Ground) -> bool:
    """Whether the segment of an earlier figure tells its period; "a year before" is one."""
    periods = [t.period for t in ground.segment(figure).tokens if t.period is not None]
    return any(p.rule not in ("day", "week") for p in periods)


def _called_so(figure: Token, ground: Ground) -> bool:
    """ "쓰위안 690을 30만개": a number with the counted figure right behind it."""
    after = ground.row[figure.index + 1 : figure.index + 3]
    if not after:
        return False
    return after[0].kind == "figure" or (len(after) > 1 and len(after[0].text) == 1 and after[1].kind == "figure")


def _within_name(figure: Token, quantity: Quantity, ground: Ground) -> bool:
    """ "'은하 700 슈퍼칩'": digits in a short name between quotes."""
    if quantity.kind != "bare" or quantity.value >= _MODELS or not ground.verb_final:
        return False
    before, after = ground.text[: figure.start], ground.text[figure.end :]
    opened = re.search(r"[「『'‘“\"][^」』'’”\"]{1,15}$", before)
    return opened is not None and re.match(r"[^」』'’”\"「『]{0,12}[」』'’”\"]", after) is not None


def _continues_name(figure: Token, quantity: Quantity, ground: Ground) -> bool:
    """ "昇騰970", "어센드 960": digits right behind a product's name."""
    before = ground.row[figure.index - 1] if figure.index else None
    if before is None or before.kind != "name" or not ground.verb_final or quantity.kind != "bare":
        return False
    beside = not ground.text[before.end : figure.start].strip()
    return beside and quantity.value < _MODELS and ground.world.is_thing(before.entity)


def beyond(bond: Bond, before: Bond) -> bool:
    """ "102万3000枚となり、初めて100万枚を超えた": the round number that the figure told before has passed."""
    one, two = before.figure.figure, bond.figure.figure
    if one is None or two is None or bond.trigger is not bond.figure:
        return False
    return two.bound == "at_least" and one.kind == two.kind and two.value < one.value < 2 * two.value


def passed_over(before: Bond, bond: Bond, ground: Ground) -> bool:
    """ "10%를 넘어 11%를 기록": a mark on the way to the figure."""
    one, two = before.figure.figure, bond.figure.figure
    if one is None or two is None or before.trigger is not bond.trigger or not ground.verb_final:
        return False
    near = bond.figure.index - before.figure.index <= _BESIDE
    return near and one.bound == "at_least" and one.unit == two.unit and one.value < two.value < 2 * one.value


def subset(figure: Token, bond: Bond, ground: Ground) -> bool:
    """ "このうち中国企業は15社", "darunter 21 aus China": a part of what was counted before."""
    if figure.figure is None:
        return False
    if figure.figure.kind == "money":
        between = ground.row[bond.figure.index + 1 : figure.index]
        return bond.entry.metric == "investment" and any(t.has("subset") for t in between)
    if bond.entry.metric not in ("listed_entities", "shipments", "orders", "deployment", "production"):
        return False
    between = ground.row[bond.figure.index + 1 : figure.index]
    return any(t.has("subset") for t in between)
