"""Whose figure or act it is, and which product it is about."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from monitor.claims.marked.binding import relates
from monitor.claims.metrics import OPERATORS, RULER_METRICS, RULERS_TOO, TOTALS
from monitor.claims.who import Person

if TYPE_CHECKING:
    from collections.abc import Sequence

    from monitor.claims.frames import Bond
    from monitor.claims.marked.binding import Ground
    from monitor.claims.marked.roles import Named, Role
    from monitor.claims.tokens import Token
    from monitor.model import Claim

_COUNTED = frozenset(
    {"shipments", "orders", "production", "deployment", "price", "performance", "yield", "export_control", "launch",
     "mass_production", "tape_out", "tariff"}
)  # fmt: skip
_THINGS = frozenset({"shipments", "production", "deployment"})
_NEVER = frozenset({"funding", "valuation", "penalty", "ipo", "acquisition", "listed_entities", "profit"})
_NAMED_BESIDE = frozenset({"revenue", "growth", "deal"})
"""Metrics whose product must stand between the owner and the word, or right before the word."""
_BESIDE = 4
_CLEFT = re.compile(r"[ぁ-ん]{0,4}のは(?:[^、。はが]{0,12}の)?$|[가-힣]{0,2} ?(?:곳|것|회사|업체|기업|쪽)은 $")
"""Between a verb and the name that a cleft sentence sets behind it: "81万個を出荷したのはファーウェイだ"."""
_STAKE = re.compile(r"지분|株式の|株式を|持ち分")
_JOINTS = frozenset({",", "、", "·", "・", "/"})
_ZU = re.compile(r"^zu( |$)|[a-zäöü]zu[a-zäöü]{3,}n$")


class Persons:
    """The names of a sentence and what they do."""

    def __init__(self, ground: Ground, named: Sequence[Named], told: Claim | None) -> None:
        self.ground = ground
        self.world = ground.world
        self.named = named
        self.told = told
        """The claim before this sentence."""
        self.last: str | None = None
        """Whose the figure before in the sentence was."""

    def subject(self, bond: Bond) -> Person:
        """The name that the sentence gives the figure to: the nearest of a fitting role before it, else behind it."""
        entry, metric = bond.entry, bond.entry.metric or ""
        relative = relates(bond.trigger, bond.figure, self.ground)
        anchor = (
            bond.figure.index if entry.pos == "verb" and not relative else min(bond.trigger.index, bond.figure.index)
        )
        part = self.ground.segment(bond.figure).part
        near = self._own_clause([n for n in self.named if self._reaches(n.token, bond, part)], bond)
        before = [n for n in near if n.token.index < (anchor if relative else max(anchor, bond.figure.index))][::-1]
        behind = [n for n in near if n.token.index >= max(anchor, bond.figure.index)]
        if metric == "penalty":
            return self._payer(near)
        if beside := self._in_brackets(bond, near):
            return Person((beside,), "named", "the name whose bracket holds the figure")
        if entry.owner == "giver" and (giver := self._giver(near, bond) or self.world.ruler):
            return Person((giver,), "named", "the ruler who gives or takes")
        if entry.owner == "giver" and metric == "investment" and entry.pos == "noun":
            return Person((), "foreign", "who grants it is not told")
        if head := self._head_behind(near, bond):
            return Person((head.token.entity or "",), "named", "the noun that the verb describes")
        if entry.pos == "verb" and self._meant(bond, near):
            return self._carried(bond)
        if self.ground.verb_final and metric not in RULER_METRICS:
            behind = []
        if entry.owner == "buyer" and (partner := self._partner(near)):
            return Person((partner,), "named", "the listed party that buys")
        if (listed := self._respective(bond)) is not None:
            return Person((listed,), "named", "the name in the same place of its list")
        waves: tuple[tuple[Role, ...], ...] = (("subject", "agent"), ("owner", "bare"))
        if entry.pos != "verb" and metric not in ("deal", "acquisition"):
            waves = (("subject", "agent", "owner", "bare"),)
        for roles in waves:
            for name in self._first_of_clause(before, roles):
                if name.role == "foreign" and "subject" in roles and not self._acts_first(name, before, bond):
                    return Person((), "foreign", "the subject is off the watchlists")
                if self._only_made(name, bond):
                    continue
                if name.role in roles and self._fits(bond, name.token) and not self._sells(name, before, bond):
                    return Person(self._and_others(name, before), "named", f"{name.role} of {bond.trigger.text!r}")
        for name in behind:
            wanted = (
                ("subject", "agent") if entry.pos == "verb" or self.ground.verb_final else ("subject", "agent", "owner")
            )
            if name.role in wanted and self._fits(bond, name.token):
                return Person((name.token.entity or "",), "named", "subject behind the figure")
        if metric == "market_share" or metric in RULER_METRICS:
            for name in before:
                if name.role == "oblique" and self._fits(bond, name.token) and metric == "market_share":
                    return Person((name.token.entity or "",), "named", "named before the share")
        if any(t.has("analyst") for t in self.ground.row):
            meant = [n for n in before if n.role == "oblique" and self._fits(bond, n.token)]
            if meant:
                return Person((meant[0].token.entity or "",), "named", "of whom an analyst speaks")
        return (
            self._of_condition(bond)
            or self._maker_behind(behind, bond)
            or self._reporting(before, bond)
            or self._only_one(near, bond)
            or self._carried(bond)
        )

    def _first_of_clause(self, before: Sequence[Named], roles: Sequence[Role]) -> Sequence[Named]:
        """ "Qualcomm hat Intel eine Übernahme angeboten": of names without a preposition the first is the subject."""
        if self.ground.verb_final or "subject" not in roles:
            return before
        bare = [n for n in before if n.role == "subject" and not n.token.actor]
        if len(bare) < 2 or len({n.token.clause for n in bare}) > 1:
            return before
        first, last = bare[-1].token.index, bare[0].token.index
        if any(t.kind in ("mark", "figure") or t.has("and") for t in self.ground.row[first + 1 : last]):
            return before
        return [n for n in before if n not in bare[:-1]]

    def _only_made(self, name: Named, bond: Bond) -> bool:
        """ "秋にはAMDの「MI450」を導入する": the maker of what somebody else, left out, sets up or orders."""
        if name.role != "owner" or bond.entry.metric not in OPERATORS or bond.entry.pos != "verb":
            return False
        after = self.ground.row[name.token.index + 1 : name.token.index + _BESIDE]
        thing = next((t for t in after if t.kind == "name"), None)
        return thing is not None and self.world.maker(thing.entity) == name.token.entity and bool(self.world.company)

    def _sells(self, name: Named, before: Sequence[Named], bond: Bond) -> bool:
        """ "Die Bestellungen von Bytedance bei Nvidia": with whom orders are placed, where their owner is named too."""
        if bond.entry.metric != "orders" or self.ground.verb_final:
            return False
        behind_at = self.ground.row[name.token.index - 1].has("at") if name.token.index else False
        return behind_at and any(
            n is not name and n.role in ("subject", "owner") and self._fits(bond, n.token) for n in before
        )

    def _in_brackets(self, bond: Bond, near: Sequence[Named]) -> str | None:
        """ "首位のファーウェイ（81万2000個）", "Micron (22,5 Prozent)": whose the figure in a bracket is."""
        at = bond.figure.index
        if at < 2 or self.ground.row[at - 1].text != "(":
            return None
        name = next((n.token for n in self.named if n.token.index == at - 2), None)
        return name.entity if name is not None and self._fits(bond, name) else None

    def _respective(self, bond: Bond) -> str | None:
        """ "삼성전자와 마이크론은 각각 28%, 18%": of two lists of one length, the name in the figure's place."""
        row = self.ground.row
        mark = next((t for t in row if t.has("respectively")), None)
        kind = bond.figure.figure.kind if bond.figure.figure else ""
        if mark is None:
            return None
        figures = [t for t in row[mark.index :] if t.figure is not None and t.figure.kind == kind]
        if bond.figure not in figures:
            return None
        names = [n.token for n in self.named if n.token.index < mark.index and self._fits(bond, n.token)]
        run: list[Token] = names[-1:]
        for name in reversed(names[:-1]):
            between = row[name.index + 1 : run[0].index]
            if len(between) > _BESIDE or any(t.kind in ("figure", "phrase") and not t.has("and") for t in between):
                break
            run.insert(0, name)
        if len(run) < 2 or len(run) != len(figures):
            return None
        return run[figures.index(bond.figure)].entity

    def put_into_company(self, bond: Bond, person: Person) -> bool:
        """ "앤트로픽에 40억달러를 투자": money put into a named company is a deal with it."""
        pays = self.world.kind(person.entities[0] if person.entities else None) in ("company", "fund")
        if not self.ground.verb_final or not pays or bond.entry.owner == "giver":
            return False
        own = bond.figure.clause
        for name in self.named:
            into = self.ground.text[name.token.end : name.token.end + 1] in ("에", "に", "へ")
            company = self.world.kind(name.token.entity) == "company" and name.token.entity not in person.entities
            if into and company and name.role == "oblique" and name.token.clause == own:
                return True
        return _STAKE.search(self.ground.text, bond.trigger.end) is not None

    def _only_one(self, near: Sequence[Named], bond: Bond) -> Person | None:
        """ "Für ASML geht es um wenig: Gebrauchtgeräte trugen …": the one company of a German sentence."""
        if self.ground.verb_final or len({n.token.entity for n in near}) != 1 or bond.entry.metric not in TOTALS:
            return None
        name = near[0]
        before = self.ground.row[name.token.index - 1].text.lower() if name.token.index else ""
        fits = before in ("für", "bei") and self._fits(bond, name.token)
        return Person((name.token.entity or "",), "named", "the one company named") if fits else None

    def _giver(self, near: Sequence[Named], bond: Bond) -> str | None:
        """The ruler of a grant or a duty, whatever it does in the sentence: who gives it, or to whom it is paid."""
        rulers = [n for n in near if self.world.kind(n.token.entity) in ("government", "agency", "fund")]
        acting = [n for n in rulers if n.role in ("subject", "agent")]
        if acting or not rulers:
            return acting[0].token.entity if acting else None
        return min(rulers, key=lambda n: abs(n.token.index - bond.trigger.index)).token.entity

    def _head_behind(self, near: Sequence[Named], bond: Bond) -> Named | None:
        """ "5.3%を握るSMICは": the name that a verb right before it describes, where no other subject stands before."""
        goes_on = bond.trigger is bond.figure
        if not self.ground.verb_final or (bond.entry.pos != "verb" and not goes_on):
            return None
        if bond.trigger.index < bond.figure.index:
            return None
        own = bond.trigger.clause
        for name in near:
            if _CLEFT.match(self.ground.text[bond.trigger.end : name.token.start]) and self._fits(bond, name.token):
                return name
        if any(n.role == "subject" and n.token.clause == own and n.token.index < bond.figure.index for n in near):
            return None
        for name in near:
            between = self.ground.row[bond.trigger.index + 1 : name.token.index]
            reach = bond.trigger.index + (6 if goes_on else _BESIDE)
            beside = bond.trigger.index < name.token.index <= reach and name.token.clause == own
            if beside and name.role == "subject" and not any(t.kind == "mark" or t.has("say") for t in between):
                return name if self._fits(bond, name.token) else None
        return None

    def _meant(self, bond: Bond, near: Sequence[Named]) -> bool:
        """ "회사는 삼성전자 파운드리에 …": a pronoun that is the subject, before names that are none."""
        if not self.ground.verb_final:
            return False
        own = bond.figure.clause
        pronouns = [t for t in self.ground.row[: bond.figure.index] if t.has("pronoun") and t.clause == own]
        acting = [n for n in near if n.token.clause == own and n.role in ("subject", "foreign")]
        return bool(pronouns) and pronouns[0].index == self.ground.segments[own].first and not acting

    def _reporting(self, before: Sequence[Named], bond: Bond) -> Person | None:
        """ "Nach Angaben von Hygon wurden …": the company that tells of nobody else tells of itself."""
        for name in before:
            if (
                name.role == "source"
                and self.world.kind(name.token.entity) == "company"
                and self._fits(bond, name.token)
            ):
                return Person((name.token.entity or "",), "named", "the company that tells it")
        return None

    def _maker_behind(self, behind: Sequence[Named], bond: Bond) -> Person | None:
        """ "In Memphis laufen 200.000 GB200 von xAI": whose the counted things are, where nobody else acts."""
        own = bond.figure.clause
        if bond.entry.metric not in _THINGS or any(
            t.has("pronoun") and t.clause == own for t in self.ground.row[: bond.figure.index]
        ):
            return None
        for name in behind:
            if name.role == "owner" and name.token.clause == own and self._fits(bond, name.token):
                return Person((name.token.entity or "",), "named", "owner of what is counted")
        return None

    def _of_condition(self, bond: Bond) -> Person | None:
        """ "Bekommt Micron die Freigabe, steigt sein Anteil": whom only the if-clause names."""
        own = self.ground.segment(bond.figure)
        for name in self.named:
            segment = self.ground.segments[name.token.clause]
            supposed = segment.mode == "if" and segment.part == own.part
            if supposed and name.role == "subject" and self._fits(bond, name.token):
                return Person((name.token.entity or "",), "named", "subject of the condition")
        return None

    def _own_clause(self, near: list[Named], bond: Bond) -> list[Named]:
        """Where commas end clauses: the names of the figure's own, if any there can be its subject."""
        if self.ground.verb_final:
            return near
        own = {bond.figure.clause, bond.trigger.clause}
        inside = [n for n in near if n.token.clause in own]
        pronoun = any(t.has("pronoun") and t.clause in own for t in self.ground.row[: bond.trigger.index])
        earlier = [n for n in near if n.token.clause < min(own) and n.role == "subject" and self._fits(bond, n.token)]
        if pronoun and earlier:
            return earlier
        roles = ("oblique", "owner") if self._infinitive(bond) else ("oblique",)
        able = [n for n in inside if n.role == "foreign" or (n.role not in roles and self._fits(bond, n.token))]
        return inside if able else near

    def _infinitive(self, bond: Bond) -> bool:
        """ "…, bei Samsung 9.000 Chips fertigen zu lassen": a verb whose subject the clause before names."""
        tokens = self.ground.segment(bond.trigger).tokens
        return bond.entry.pos == "verb" and any(_ZU.search(t.text.lower()) for t in tokens[-4:])

    def _payer(self, near: Sequence[Named]) -> Person:
        """Who is fined: the company named, in whatever role."""
        payers = [n.token.entity for n in near if self.world.kind(n.token.entity) == "company"]
        if payers:
            return Person((payers[0] or "",), "named", "the company that is fined")
        return Person((self.world.company,) if self.world.company else (), "carried", "the last one spoken of")

    def _acts_first(self, foreign: Named, before: Sequence[Named], bond: Bond) -> bool:
        """Whether a listed subject stands before an off-list name in its segment: the latter is but an object there."""
        return any(
            n.role == "subject" and n.token.clause == foreign.token.clause and n.token.index < foreign.token.index
            and self._fits(bond, n.token)
            for n in before
        )  # fmt: skip

    def _reaches(self, token: Token, bond: Bond, part: int) -> bool:
        segment = self.ground.segments[token.clause]
        own = self.ground.segment(bond.figure)
        if segment.mode == "if" and own.mode != "if":
            return False
        held = segment.mode == "aside" and self.ground.text[token.end : token.end + 1] in (")", "）")
        near = segment.part == part or self.ground.headline
        return near and (segment.mode != "aside" or segment is own or (held and self.ground.verb_final))

    def _fits(self, bond: Bond, token: Token) -> bool:
        kind = self.world.kind(token.entity)
        metric = bond.entry.metric
        owns = metric in ("market_share", "tariff") and bond.entry.pos == "noun"
        acting = ("subject", "agent", "owner") if owns else ("subject", "agent")
        if token.actor and not any(n.token is token and n.role in acting for n in self.named):
            return False
        if bond.entry.subject:
            return kind in bond.entry.subject
        if kind in ("agency", "government"):
            return metric in RULER_METRICS or (metric in RULERS_TOO and not token.actor)
        return kind in ("company", "fund") and metric not in RULER_METRICS

    def _and_others(self, name: Named, before: Sequence[Named]) -> tuple[str, ...]:
        return (name.token.entity or "",)

    def _partner(self, near: Sequence[Named]) -> str | None:
        """Whom the subject signs with, where that is a company of the watchlists."""
        others = [n for n in near if n.role == "oblique" and self.world.kind(n.token.entity) == "company"]
        return others[0].token.entity if others else None

    def _carried(self, bond: Bond) -> Person:
        metric = bond.entry.metric
        told = {cue for t in self.ground.row for cue in t.cues}
        if metric == "tariff" and "class:salesword" in told and not told & {"class:tariffword", "class:stateword"}:
            return Person((), "foreign", "a share of sales that goes to no ruler named")
        entity = self.world.ruler if metric in RULER_METRICS else self.last or self.world.company
        told = self.told
        if metric in RULERS_TOO and told is not None and told.metric == metric and self.world.is_ruler(told.subject):
            entity = told.subject
        return Person((entity,) if entity else (), "carried", "the last one spoken of")

    def thing(self, bond: Bond, person: Person) -> str | None:
        """The product that the sentence ties to the figure, else the one spoken of before."""
        metric = bond.entry.metric or ""
        if metric in _NEVER:
            return None
        clauses = {self.ground.segments[n].clause for n in (bond.figure.clause, bond.trigger.clause)}
        own = {s.number for s in self.ground.segments if s.clause in clauses}
        if metric in ("export_control", "capacity", "investment") and not self.ground.verb_final:
            part = self.ground.segment(bond.figure).part
            own = {s.number for s in self.ground.segments if s.part == part and s.mode != "if"}
        if metric == "investment" and self.ground.verb_final:
            own |= {bond.figure.clause + 1}
        near = [
            t for t in self.ground.row
            if t.kind == "name" and not t.modifier and t.clause in own and self.world.is_thing(t.entity)
            and (self.world.kind(t.entity) != "rule" or metric in ("tariff", "export_control"))
            and not self._between_figures(t, bond)
        ]  # fmt: skip
        if metric in _NAMED_BESIDE:
            near = [t for t in near if self._beside(t, bond)]
        if metric == "performance":
            near = [t for t in near if self.world.kind(t.entity) == "chip"]
        if metric == "tariff":
            near = [t for t in near if abs(t.index - bond.figure.index) < 12]
        if metric in ("export_control", "tariff"):
            kept = self.world.most_specific([t.entity for t in near if t.entity])
            near = [t for t in near if t.entity in kept]
        best = min(near, key=lambda t: (abs(t.index - bond.figure.index), t.index), default=None)
        if best is not None:
            return best.entity
        money = bond.figure.figure is not None and bond.figure.figure.kind == "money" and metric == "orders"
        if (metric in _COUNTED and not money) or (metric == "capacity" and bond.trigger is bond.figure):
            return self._spoken_of(bond, person)
        return None

    def things(self, bond: Bond, person: Person) -> list[str | None]:
        """The product of an act, and those that are listed beside it: "「H800」と「MI300X」の再輸出"."""
        first = self.thing(bond, person)
        row = self.ground.row
        named = [t for t in row if t.kind == "name" and not t.modifier and self.world.is_thing(t.entity)]
        found: list[str | None] = [first]
        for one, two in pairwise(named):
            between = row[one.index + 1 : two.index]
            joined = any(t.has("and") or t.text in _JOINTS for t in between)
            linked = joined and all(t.kind == "mark" or t.has("and") for t in between)
            if linked and one.entity != two.entity and {one.entity, two.entity} & set(found):
                found += [e for e in (one.entity, two.entity) if e not in found]
        return found if first is not None else [None]

    def _between_figures(self, thing: Token, bond: Bond) -> bool:
        """Whether another figure, or a company with a clause of its own, stands between this figure and a product."""
        between = self.ground.row[bond.figure.index + 1 : thing.index]
        return any(
            t.kind == "figure"
            or (
                not self.ground.verb_final and t.clause != bond.figure.clause and self.world.kind(t.entity) == "company"
            )
            for t in between
        )

    def _beside(self, thing: Token, bond: Bond) -> bool:
        first, last = sorted((thing.index, bond.trigger.index))
        between = self.ground.row[first + 1 : last]
        if len(between) > _BESIDE or any(t.text == "," or t.kind == "figure" for t in between):
            return False
        return thing.index < bond.trigger.index or any(t.has("with_product", "prep", "of") for t in between)

    def _spoken_of(self, bond: Bond, person: Person) -> str | None:
        own = [t for t in self._around(bond) if t.has("class:chipword") and not self._pointed_at(t)]
        if person.how == "foreign" or own:
            return None
        part = self.ground.segment(bond.figure).part
        named = [
            t.entity for t in self.ground.row[: bond.figure.index]
            if t.kind == "name" and not t.modifier and self.ground.segments[t.clause].part == part
            and self.world.kind(t.entity) in ("chip", "technology")
        ]  # fmt: skip
        thing = named[-1] if named else self.world.product
        maker = self.world.maker(thing)
        if maker and person.entities and maker not in person.entities and bond.entry.metric != "orders":
            parent = self.world.entities.get(person.entities[0])
            return thing if parent is not None and parent.parent == maker else None
        return thing

    def _pointed_at(self, token: Token) -> bool:
        """ "Der Chip", "このチップ", "이 칩": what was spoken of, not another."""
        before = self.ground.text[max(0, token.start - 8) : token.start].lower()
        return re.search(r"(?:\bder |\bdie |\bdas |\bdieser |\bdiese |この|同|その|이 |해당 |그 )$", before) is not None

    def _around(self, bond: Bond) -> Sequence[Token]:
        return self.ground.row[max(0, bond.figure.index - 3) : bond.figure.index + 3]
