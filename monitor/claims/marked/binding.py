"""Which word holds a figure, wherever it stands in the sentence."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from monitor.claims.frames import SMALLEST_BARE, Bond, figure_kind
from monitor.claims.lexicon import Entry
from monitor.claims.marked.segments import closes, verbish
from monitor.claims.metrics import LEVELS, SINGLY

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from monitor.claims.marked.segments import Segment
    from monitor.claims.tokens import Token
    from monitor.claims.world import World
    from monitor.model import Field

MOST_COST = 24
_PREFIX = "class:sep_"
"""Classes of the separated prefix of a verb, which stands in the verb's own clause."""
_LINKERS = 3
"""Tokens that may lie between a figure and the noun behind it."""
_QUOTED_OBJECT = re.compile(r"[「『'‘“\"][^」』'’”\"]{2,20}[」』'’”\"](?:を|을|를)")
"""A product named in quotes as what is done something with: "'아틀라스 960 슈퍼팟'을 선보였다"."""
_CODE = re.compile(r"[A-Z]{1,5}[- ]?\d{1,5}[A-Za-z]{0,3}$")
"""A product's code of no watchlist: BR30, DX-M1."""
_TOPICS = frozenset("は은는")
_ARROWS = {"↑": 1, "▲": 1, "↓": -1, "▼": -1}
_RATES = frozenset("率幅률율폭")
"""What a word for a change ends in that stands before its figure: "増加率は7%"."""
_LEVEL = re.compile(r"\b(?:unter|über)\b|die marke von")
"""Bounds of a level: "unter die Marke von 60 Prozent gerutscht"."""
_NEAR = 6
_GENITIVE = re.compile(r"(?:の|의 )$")
"""Between a figure and its noun: "3300만달러의 순이익"."""
_OBLIQUE = re.compile(r"で(?!は|の|も)|에서 ")
"""Behind a noun that only tells where: "サーバー調達で10億元を受注した"."""
_NOUN_NEXT = re.compile(r"[るうくすつぶむいたっだんてきれ]{0,4}(?=[一-龠ァ-ヶA-Za-z「『])[^、。]*[はがも]")
_ADNOMINAL = re.compile(
    r"(?:した|する|している|してきた|された|される|って(?:いる|きた)|った|んだ|いた|た)(?!と|こと|ため|ところ|が、|。)[^、。]*[はがもの]"
    r"|(?:한|했던|하는|된|되는|해온|던|시킨|할 수 있는| 수 있는) [^,.]*[은는이가] "
)
"""What stands behind a verb that describes a noun, up to that noun's particle."""


@dataclass(frozen=True, slots=True)
class Ground:
    """A sentence as binding sees it."""

    row: Sequence[Token]
    segments: Sequence[Segment]
    world: World
    verb_final: bool
    text: str = ""
    """Of the whole field; the offsets of tokens count in it."""
    language: str = ""
    field: Field = "text"

    @property
    def headline(self) -> bool:
        """Whether it is a headline whose pieces may share a subject: "TSMC決算　純利益3割増"."""
        return self.field == "title" and self.language == "ja"

    def segment(self, token: Token) -> Segment:
        return self.segments[token.clause]


def bind(figure: Token, ground: Ground) -> Bond | None:
    """The cheapest bond of a figure; a change is bound to what changes."""
    kind = figure_kind(figure)
    sign = direction(figure, ground)
    if sign is not None:
        base = _base(figure, ground) or _spoken_of(figure, ground)
        if base is None or base.entry.metric is None:
            return base
        entry = replace(base.entry, metric="growth", id=f"growth/{base.entry.id}", status=None)
        return replace(base, entry=entry, change=sign or 1)
    if kind == "money" and figure.figure is not None and figure.figure.each:
        return _self_evident(figure, kind, ground)
    best: Bond | None = None
    for token, entry in _candidates(figure, ground):
        if kind not in entry.fits or (kind == "bare" and not weighty(figure) and not _of_machines(figure, ground)):
            continue
        cost = _cost(figure, token, entry, ground)
        if cost is not None and cost <= MOST_COST and (best is None or cost < best.cost):
            best = Bond(figure, token, entry, cost, reversed=token.index > figure.index)
    return (
        best
        or _self_evident(figure, kind, ground)
        or _topic(figure, kind, ground)
        or _headline_gift(figure, kind, ground)
    )


def _headline_gift(figure: Token, kind: str, ground: Ground) -> Bond | None:
    """ "アマゾン、アンソロピックに追加で40億ドル": a headline without a verb, of who pays whom."""
    if ground.field != "title" or kind != "money" or not ground.verb_final:
        return None
    names = [t for t in ground.row[: figure.index] if t.kind == "name" and ground.world.is_org(t.entity)]
    if len(names) < 2 or ground.text[names[-1].end : names[-1].end + 1] not in ("に", "에"):
        return None
    ruler = ground.world.is_ruler(names[0].entity)
    metric = "investment" if ruler else "deal"
    subject = frozenset({"government", "agency"} if ruler else {"company", "fund"})
    entry = Entry(id=f"{metric}:headline", metric=metric, pos="verb", fits=frozenset({"money"}), subject=subject)
    return Bond(figure, figure, entry, MOST_COST)


def _topic(figure: Token, kind: str, ground: Ground) -> Bond | None:
    """ "歩留まりは非公表だが、取引先は「75%を超えた」と話す": the topic of the sentence, however far before."""
    if not ground.verb_final:
        return None
    for token in reversed(ground.row[: figure.index]):
        if ground.text[token.end : token.end + 1] not in _TOPICS and token.text[-1:] not in _TOPICS:
            continue
        for entry in token.entries:
            fitting = kind in entry.fits and entry.pos == "noun" and allowed(entry, token, ground)
            fitting = fitting and (kind != "bare" or weighty(figure))
            if fitting and ground.segments[token.clause].part == ground.segment(figure).part:
                return Bond(figure, token, entry, MOST_COST)
    return None


def _spoken_of(figure: Token, ground: Ground) -> Bond | None:
    """A change of what the sentence before was about: "7〜9月は2割増を計画する"."""
    entry = ground.world.entry
    if entry is None or entry.metric not in LEVELS or figure_kind(figure) != "percent":
        return None
    return Bond(figure, figure, entry, 10)


def _self_evident(figure: Token, kind: str, ground: Ground) -> Bond | None:
    """A compute rate needs no word; money "each" is a price, wafers a month beside "mass production" are made."""
    if kind == "compute":
        entry = Entry(id="performance:unit", metric="performance", pos="adjunct", fits=frozenset({"compute"}))
        return Bond(figure, figure, entry, 5)
    made = any(e.metric == "mass_production" for t in ground.row for e in t.entries)
    rate = figure.figure is not None and figure.figure.per in ("month", "year", "week")
    if kind == "wafers" and rate and not made and not ground.verb_final:
        entry = Entry(id="capacity:rate", metric="capacity", pos="adjunct", fits=frozenset({"wafers"}))
        return Bond(figure, figure, entry, 5)
    if kind == "wafers" and made and figure.figure is not None and figure.figure.per in ("month", "year", "week"):
        entry = Entry(id="production:rate", metric="production", pos="adjunct", fits=frozenset({"wafers"}))
        return Bond(figure, figure, entry, 5)
    if kind == "money" and figure.figure is not None and figure.figure.each:
        entry = Entry(id="price:each", metric="price", pos="adjunct", fits=frozenset({"money"}))
        return Bond(figure, figure, entry, 5)
    return None


def rated(bond: Bond, ground: Ground) -> Bond:
    """What can be made in a month or year is capacity: "월 4만장을 생산할 수 있다", "kann … Wafer fertigen"."""
    quantity, entry = bond.figure.figure, bond.entry
    if entry.metric != "production" or quantity is None or quantity.per not in ("day", "week", "month", "year"):
        return bond
    tokens = ground.segment(bond.figure).tokens
    if not any(t.has("able") or any(e.metric == "capacity" and e.pos == "noun" for e in t.entries) for t in tokens):
        return bond
    return replace(bond, entry=replace(entry, metric="capacity", id=f"capacity/{entry.id}"))


def _of_machines(figure: Token, ground: Ground) -> bool:
    """ "16 EUV-Systeme": few are news of what is sold singly."""
    after = ground.row[figure.index + 1] if figure.index + 1 < len(ground.row) else None
    return after is not None and after.entity in SINGLY


def weighty(figure: Token) -> bool:
    return figure.figure is not None and abs(figure.figure.value) >= SMALLEST_BARE


def direction(figure: Token, ground: Ground) -> int | None:
    """+1 or -1 of a change, 0 of a multiple without a word of change; None where the figure is a level."""
    quantity, kind = figure.figure, figure_kind(figure)
    if (
        quantity is None
        or kind not in ("percent", "multiple")
        or (kind == "percent" and quantity.lead in ("to", "from"))
    ):
        return None
    row, spaced = ground.row, not ground.verb_final
    bound = ground.text[quantity.start : figure.start].lower()
    if (spaced and _LEVEL.search(bound)) or (not spaced and portion(figure, ground)):
        return None
    behind = row[figure.index + 1 : figure.index + 4]
    for near in (behind, row[max(0, figure.index - 4) : figure.index][::-1]):
        for token in near:
            if token.text in _ARROWS and near is behind:
                return _ARROWS[token.text]
            rate = spaced or near is behind or token.text[-1:] in _RATES
            if token.has("rise", "fall") and rate:
                return 1 if token.has("rise") else -1
            if token.kind == "figure" or ((token.kind == "name" or token.text == ",") and near is not behind):
                break
    if kind == "multiple":
        return None if _compares(figure, row, spaced=spaced) else 0
    return None


def portion(figure: Token, ground: Ground) -> bool:
    """ "在庫の7割は既に使い切った": a part of something, not a change of it."""
    if (
        ground.language != "ja"
        or figure_kind(figure) != "percent"
        or ground.text[max(0, figure.start - 1) : figure.start] != "の"
    ):
        return False
    after = ground.row[figure.index + 1] if figure.index + 1 < len(ground.row) else None
    return after is None or not after.has("rise", "fall")


def _compares(figure: Token, row: Sequence[Token], *, spaced: bool) -> bool:
    before = () if spaced else row[max(0, figure.index - 4) : figure.index]
    near = (*before, *row[figure.index + 1 : figure.index + 4])
    return any(t.has("than") for t in near) and not any(t.period is not None and t.period.rule == "same" for t in row)


def _candidates(figure: Token, ground: Ground) -> Iterator[tuple[Token, Entry]]:
    own = ground.segment(figure)
    for token in ground.row:
        if not token.entries or token.kind == "figure":
            continue
        there = ground.segments[token.clause]
        if (there.part != own.part and not ground.headline) or (
            there.mode not in (own.mode, "main") and own.mode != "aside"
        ):
            continue
        for entry in token.entries:
            if allowed(entry, token, ground):
                yield token, entry


def allowed(entry: Entry, trigger: Token, ground: Ground) -> bool:
    """Whether in the trigger's segment the classes stand that its entry asks for, and none that it bars."""
    if not entry.object and not entry.unless and not entry.also:
        return True
    near = classes(trigger, ground)
    barred = near if ground.verb_final or not entry.unless else classes(trigger, ground, beside=False)
    return (
        (not entry.object or bool(entry.object & near))
        and (not entry.also or bool(entry.also & near))
        and not entry.unless & barred
    )


def classes(trigger: Token, ground: Ground, *, beside: bool = True) -> set[str]:
    """Classes of the words of a trigger's clause; `beside`: and of the clauses beside it, where commas cut clauses."""
    found: set[str] = set()
    own = ground.segments[trigger.clause]
    for token in ground.row:
        there = ground.segments[token.clause]
        if (
            token is trigger
            or there.part != own.part
            or (there.clause != own.clause and (ground.verb_final or not beside))
        ):
            continue
        own_verb = token.clause == trigger.clause and closes(ground.row, token)
        found.update(c[6:] for c in token.cues if c.startswith("class:") and (own_verb or not c.startswith(_PREFIX)))
        if token.kind == "word" and _CODE.match(token.text):
            found.add("codename")
        if token.entity:
            found |= {f"entity:{ground.world.kind(token.entity)}", f"entity:{token.entity}"}
            before = ground.row[token.index - 1] if token.index else None
            into = before is not None and before.text.lower() in ("in", "bei") and not ground.verb_final
            if into and ground.world.kind(token.entity) == "company":
                found.add("intoname")
    if ground.verb_final and _QUOTED_OBJECT.search(ground.text[ground.row[own.first].start : trigger.start + 1]):
        found.add("quoted")
    return found | {cue[6:] for cue in trigger.cues if cue.startswith("class:")}


def _cost(figure: Token, trigger: Token, entry: Entry, ground: Ground) -> int | None:
    first, last = sorted((figure.index, trigger.index))
    between = ground.row[first + 1 : last]
    behind = trigger.index > figure.index
    cost = sum(_weight(token) for token in between)
    if entry.fits == {"nm"} and entry.pos == "trap" and not behind:
        return None
    if entry.pos == "trap" and behind and any(t.kind == "name" or t.has("prep") for t in between):
        return None
    if entry.pos == "trap" and "units" in entry.fits and not ground.verb_final and len(between) > (1 if behind else 3):
        return None
    if entry.pos == "adjunct" and (not behind or len(between) > _LINKERS):
        return None
    if entry.pos == "noun" and ground.verb_final and not behind and _OBLIQUE.match(ground.text, trigger.end):
        cost += 4
    if entry.pos == "verb":
        far = 3 if relates(trigger, figure, ground) else 12
        cost += (0 if behind else far) if ground.verb_final else 2
        if behind and any(t.kind == "figure" for t in between):
            cost += 2
    elif behind and _GENITIVE.match(ground.text[figure.end : trigger.start]):
        cost = -1
    elif behind:
        cost += 2 if len(between) <= _LINKERS and not any(verbish(t) or t.text == "," for t in between) else 9
    if trigger.clause != figure.clause:
        cost += 5
    return cost - bool(entry.object)


def relates(trigger: Token, figure: Token, ground: Ground) -> bool:
    """Whether a verb before the figure describes the noun that is counted: "発注したH20は20万個", "주문한 물량은"."""
    if not ground.verb_final or trigger.index >= figure.index or trigger.clause != figure.clause:
        return False
    between = ground.text[trigger.end : figure.start]
    if ground.language == "ja" and "ぁ" <= trigger.text[-1] <= "ん":
        return _NOUN_NEXT.match(between) is not None
    return _ADNOMINAL.match(between) is not None or (
        ground.language == "ko" and trigger.text.endswith("기로") and between.startswith(" 한 ")
    )


def _weight(token: Token) -> int:
    if token.kind == "mark":
        return 4 if token.text == "," else 1
    if token.kind == "figure":
        return 5
    return 3 if verbish(token) and not token.has("aux") else 1


def _base(figure: Token, ground: Ground) -> Bond | None:
    """The nearest word of what changes, or a trap."""
    best: Bond | None = None
    for token, entry in _candidates(figure, ground):
        if entry.metric is None and not entry.fits & {"percent", "multiple"}:
            continue
        if entry.metric is not None and entry.fits <= {"wafers"}:
            continue
        if entry.metric is not None and (entry.metric not in LEVELS or (entry.pos == "verb" and "money" in entry.fits)):
            continue
        cost = sum(_weight(t) for t in ground.row[min(token.index, figure.index) + 1 : max(token.index, figure.index)])
        cost += (4 if token.index > figure.index else 0) + (5 if token.clause != figure.clause else 0)
        cost += 4 if entry.pos == "verb" else 0
        if cost <= MOST_COST and (best is None or cost < best.cost):
            best = Bond(figure, token, entry, cost, reversed=token.index > figure.index)
    return best


def level_of(bond: Bond, bonds: Sequence[Bond]) -> Token | None:
    """The level told of what has changed, if there is one."""
    if bond.entry.metric != "growth":
        return None
    metric = bond.entry.id.removeprefix("growth/").split(":")[0]
    for other in bonds:
        if other.entry.metric == metric and (
            other.trigger is bond.trigger or abs(other.figure.index - bond.figure.index) <= _NEAR
        ):
            return other.figure
    return None
