"""The names of a sentence on their stage: who may be meant, who is only named beside."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from monitor.claims.lexicon import roles
from monitor.claims.metrics import OPERATORS, RULER_METRICS, RULERS_TOO

if TYPE_CHECKING:
    from collections.abc import Sequence

    from monitor.claims.frames import Bond
    from monitor.claims.marked.ground import Ground
    from monitor.claims.marked.roles import Named, Role
    from monitor.claims.persons import Person
    from monitor.claims.tokens import Token
    from monitor.model import Claim

_BESIDE = 4
_CLEFT = re.compile(r"[ぁ-ん]{0,4}のは(?:[^、。はが]{0,12}の)?$|[가-힣]{0,2} ?(?:곳|것|회사|업체|기업|쪽)은 $")
"""Between a verb and the name that a cleft sentence sets behind it: "81万個を出荷したのはファーウェイだ"."""
_ZU = re.compile(r"^zu( |$)|[a-zäöü]zu[a-zäöü]{3,}n$")

_OBJECT = re.compile(r" (?:[가-힣A-Za-z0-9]+ ){0,2}[가-힣A-Za-z0-9]+(?:을|를) ")
_SENDERS = ("로부터", "으로부터", "에게서", "から")
"""Particles behind the one from whom something comes."""
_RECEIVED = re.compile("주문을 받|수주|따냈|注文を受け|受注|注文を獲得")


class Stage:
    """The names of a sentence, what they do, and who among them a figure cannot or must belong to."""

    def __init__(self, ground: Ground, named: Sequence[Named], told: Claim | None) -> None:
        self.ground = ground
        self.world = ground.world
        self.named = named
        self.told = told
        """The claim before this sentence."""
        self.last: str | None = None
        """Whose the figure before in the sentence was."""

    def _first_of_clause(self, before: Sequence[Named], roles: Sequence[Role]) -> Sequence[Named]:
        """ "Qualcomm hat Intel eine Übernahme angeboten": of names without a preposition the first is the subject."""
        if self.ground.verb_final or "subject" not in roles:
            return before
        bare = [
            n for n in before
            if (n.role == "subject" and not n.token.actor) or (n.role == "foreign" and not self._governed(n.token))
        ]  # fmt: skip
        if len(bare) < 2 or len({n.token.clause for n in bare}) > 1:
            return before
        first, last = bare[-1].token.index, bare[0].token.index
        if any(t.kind in ("mark", "figure") or t.has("and") for t in self.ground.row[first + 1 : last]):
            return before
        return [n for n in before if n not in bare[:-1]]

    def _describes_object(self, name: Named, bond: Bond) -> bool:
        """ "인텔 낸드 사업부를 90억달러에 사들였다": whose part somebody else buys."""
        if name.role != "bare" or bond.entry.metric not in ("deal", "acquisition"):
            return False
        return _OBJECT.match(self.ground.text, name.token.end) is not None

    def _governed(self, token: Token) -> bool:
        """ "Ein Auftrag von Tesla": behind a preposition."""
        return token.index > 1 and self.ground.row[token.index - 1].has("prep", "of", "at", "agent")

    def _only_made(self, name: Named, bond: Bond) -> bool:
        """ "来年はAMDの「MI400」を入れる": the maker of what somebody else, left out, sets up or orders."""
        if name.role != "owner" or bond.entry.metric not in OPERATORS or bond.entry.pos != "verb":
            return False
        after = self.ground.row[name.token.index + 1 : name.token.index + _BESIDE]
        thing = next((t for t in after if t.kind == "name"), None)
        return thing is not None and self.world.maker(thing.entity) == name.token.entity and bool(self.world.company)

    def _sells(self, name: Named, before: Sequence[Named], bond: Bond) -> bool:
        """ "Bei Nvidia hat der Konzern … bestellt": with whom it is placed; beside a noun where its owner is named."""
        if bond.entry.metric != "orders" or self.ground.verb_final:
            return False
        behind_at = self.ground.row[name.token.index - 1].has("at") if name.token.index else False
        if behind_at and bond.entry.pos == "verb":
            return True
        return behind_at and any(
            n is not name and n.role in ("subject", "owner") and self._fits(bond, n.token) for n in before
        )

    def _in_brackets(self, bond: Bond, near: Sequence[Named]) -> str | None:
        """ "ファーウェイ（50万個）", "Micron (30 Prozent)": whose the figure in a bracket is."""
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

    def _giver(self, near: Sequence[Named], bond: Bond) -> str | None:
        """The ruler of a grant or a duty, whatever it does in the sentence: who gives it, or to whom it is paid."""
        rulers = [n for n in near if self.world.kind(n.token.entity) in ("government", "agency", "fund")]
        acting = [n for n in rulers if n.role in ("subject", "agent")]
        if acting or not rulers:
            before = [n for n in acting if n.token.index < bond.figure.index]
            nearest = (before[-1:] or acting[:1]) if self.ground.verb_final else acting[:1]
            return nearest[0].token.entity if nearest else None
        return min(rulers, key=lambda n: abs(n.token.index - bond.trigger.index)).token.entity

    def _head_behind(self, near: Sequence[Named], bond: Bond) -> Named | None:
        """ "1割を占めるUMCは": the name that a verb right before it describes, where no other subject stands before."""
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
        """ "회사는 삼성전자 공장에 …": a pronoun that is the subject, before names that are none."""
        if not self.ground.verb_final:
            return False
        own = bond.figure.clause
        pronouns = [t for t in self.ground.row[: bond.figure.index] if t.has("pronoun") and t.clause == own]
        acting = [n for n in near if n.token.clause == own and n.role in ("subject", "foreign")]
        return bool(pronouns) and pronouns[0].index == self.ground.segments[own].first and not acting

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

    def _partner(self, near: Sequence[Named]) -> str | None:
        """Whom the subject signs with, where that is a company of the watchlists."""
        others = [n for n in near if n.role == "oblique" and self.world.kind(n.token.entity) == "company"]
        return others[0].token.entity if others else None

    def tenant(self, person: Person) -> str | None:
        """ "コアウィーブはメタと142億ドルの契約": of two parties the one that surely does not sell computing."""
        sellers = roles()["neocloud"]
        if not person.entities or person.entities[0] not in sellers:
            return None
        others = {n.token.entity for n in self.named if self.world.kind(n.token.entity) == "company"} - sellers
        return next(iter(others)) if len(others) == 1 else None

    def _orderer(self, near: Sequence[Named]) -> str | None:
        """ "텐센트로부터 12억위안의 주문을 받았다", "テンセントから注文を受けた": a seller's words tell who ordered."""
        told = self.ground.text[: self.ground.row[-1].end]
        for name in near if self.ground.verb_final else ():
            after = told[name.token.end :]
            sent = after.startswith(_SENDERS) and _RECEIVED.search(after) is not None
            if sent and self.world.kind(name.token.entity) == "company":
                return name.token.entity
        return None

    def _infinitive(self, bond: Bond) -> bool:
        """ "…, bei Samsung 9.000 Chips fertigen zu lassen": a verb whose subject the clause before names."""
        tokens = self.ground.segment(bond.trigger).tokens
        return bond.entry.pos == "verb" and any(_ZU.search(t.text.lower()) for t in tokens[-4:])

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
