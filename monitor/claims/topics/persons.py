"""Whose figure it is: the topic of a segment, or the one that it takes over from the segments before."""

from __future__ import annotations

from typing import TYPE_CHECKING

from monitor.claims.lexicon import roles
from monitor.claims.metrics import COUNTS, RULER_METRICS, RULERS_TOO
from monitor.claims.persons import Person
from monitor.claims.topics.carried import LAST, LAST_RULER, Carrier, some
from monitor.claims.topics.topic import Topic
from monitor.claims.world import RULERS

if TYPE_CHECKING:
    from monitor.claims.frames import Bond
    from monitor.claims.tokens import Token
    from monitor.claims.topics.segments import Segment

STATE = "the state acts"
_GETS = ("获", "獲", "引入", "拿到", "得到", "吸引")
_PUTS_IN = ("投资", "投資", "领投", "領投", "参投", "參投", "注资", "注資", "入股")
_BY = ("由", "被", "遭")


class Persons(Carrier):
    """The topics of a sentence."""

    def speaker(self, segment: Segment) -> str | None:
        """The company that speaks in a segment."""
        return self._speaker(segment, rulers=False)

    def subject(self, bond: Bond, segment: Segment) -> Person:
        """Who is meant as the subject of a bond whose figure, or act, stands in `segment`."""
        trigger, figure = bond.trigger, bond.figure
        until = min(trigger.index, figure.index) if trigger.clause == segment.number else figure.index
        if trigger.clause > segment.number:
            if (rival := self._rival(segment, figure)) is not None:
                return Person((rival,), "named", "named beside the figure")
            segment, until = self.segments[trigger.clause], trigger.index
        topic = self.topic(segment, until)
        return (
            self._by_owner(bond, segment, topic)
            or self._by_metric(bond, segment, topic)
            or self._beside_it(bond, segment, topic)
            or self._told(topic, segment, bond)
            or self._taken_over(bond, segment, topic)
        )

    def _by_owner(self, bond: Bond, segment: Segment, topic: Topic) -> Person | None:
        """Whom the entry says to look for."""
        owner = bond.entry.owner
        if owner == "agent":
            return self._agent(bond, segment, topic)
        if owner == "object":
            return self._object(bond, segment)
        if owner == "levier":
            return self._levier(segment, topic)
        if owner == "speaker":
            return Person(some(self._speaker(segment, rulers=True)), "named", "the ruler who says so")
        if owner == "recipient" and (buyers := self.topic(segment, bond.trigger.index).oblique):
            return Person((buyers[-1].entity or "",), "named", "who is sold to")
        if owner == "buyer" and topic.source is not None and not topic.foreign:
            return Person((topic.source.entity or "",), "named", "where it comes from")
        return None

    def _by_metric(self, bond: Bond, segment: Segment, topic: Topic) -> Person | None:
        metric = bond.entry.metric
        if metric == "ipo" and not topic.heads and (listed := self._foreseen(bond, segment)):
            return Person((listed,), "named", "whose listing it is")
        if metric == "penalty":
            return self._payer(segment, topic)
        if metric == "funding" and (got := self._got(bond, segment)) is not None:
            raiser = self.topic(segment, got)
            return self._told(raiser, segment, bond) or self._taken_over(bond, segment, raiser)
        if metric == "orders" and self._part_of(topic, segment):
            return self._carried(segment, Topic(things=topic.things), rulers=False)
        return None

    def _got(self, bond: Bond, segment: Segment) -> int | None:
        """ "这家公司获得了OpenAI等投资在内的2.5亿美元融资": where the words begin that name who put money in."""
        for token in segment.tokens:
            if token.kind == "name" and token.index < bond.figure.index and self.world.is_org(token.entity):
                before = [t for t in self.row[max(0, token.index - 2) : token.index] if t.text != "了"]
                into = [t for t in self.row[token.index + 1 : bond.figure.index] if t.text.startswith(_PUTS_IN)]
                if before and into and before[-1].text.startswith(_GETS):
                    return before[-1].index
        return None

    def _payer(self, segment: Segment, topic: Topic) -> Person | None:
        if not topic.heads and topic.foreign is not None and not topic.oblique:
            payer = next((p for other in self._chain(segment) if (p := self._of(other, rulers=False))), None)
            if payer is not None and payer.entities:
                return payer
        if topic.oblique and not self._pays(topic):
            return Person((topic.oblique[-1].entity or "",), "named", "who is fined")
        return None

    def _beside_it(self, bond: Bond, segment: Segment, topic: Topic) -> Person | None:
        """Whom words behind the first verb name: "高盛上修寒武纪出货预测", "3200张加速卡全部由沐曦供货"."""
        rulers = bond.entry.metric in RULER_METRICS
        moved = bond.trigger.has("outlook") or any("disposal" in t.cues for t in segment.before(bond.trigger.index))
        if moved and not (rulers or topic.heads or topic.actors or self._speaker(segment, rulers=False)):
            seen = self._foreseen(bond, segment)
            if seen is not None:
                return Person((seen,), "named", "whose outlook it is")
        agent = self._agent_between(bond)
        return Person((agent,), "named", "agent") if agent is not None else None

    def _taken_over(self, bond: Bond, segment: Segment, topic: Topic) -> Person:
        rulers = bond.entry.metric in RULER_METRICS
        if bond.entry.metric == "valuation" and (raiser := self._raiser(segment)):
            return Person((raiser,), "carried", "whose round it is")
        person = self._carried(segment, topic, rulers=rulers)
        if not rulers and person.reason == LAST and (bond.entry.metric in RULERS_TOO or bond.entry.subject & RULERS):
            ruler = self._carried(segment, topic, rulers=True)
            return ruler if ruler.entities and ruler.reason != LAST_RULER else person
        return person

    def _pays(self, topic: Topic) -> bool:
        """ "应用材料就向中芯国际违规出口支付…": a company that acts pays itself."""
        return bool(topic.heads) and self.world.kind(topic.heads[0].entity) == "company"

    def _told(self, topic: Topic, segment: Segment, bond: Bond) -> Person | None:
        rulers = bond.entry.metric in RULER_METRICS
        thing = topic.things[-1].entity if topic.things else None
        shared_with = bond.entry.metric == "tariff" and not any(self.world.is_ruler(t.entity) for t in topic.heads)
        if topic.heads and not shared_with:
            shared = any(t.has("each") for t in segment.tokens)
            joint = bond.entry.metric == "penalty" or any(t.has("sum") for t in segment.tokens)
            together = topic.others if joint else []
            entities = tuple(dict.fromkeys(t.entity for t in (*topic.heads, *together) if t.entity))
            return Person(entities, "named", "topic of its segment", thing, shared=shared)
        if topic.actors and (rulers or bond.entry.metric in RULERS_TOO):
            return Person((self.acting(topic.actors[0], segment),), "named", STATE)
        if bond.trigger.has("national") and topic.states:
            return Person((topic.states[0].entity or "",), "named", "whose own supply it is")
        if (
            topic.agent is not None
            and bond.entry.owner != "patient"
            and bond.entry.pos == "verb"
            and bond.trigger.verb
            and not topic.things
        ):
            return Person((topic.agent.entity or "",), "named", "agent")
        if topic.foreign is not None and bond.entry.metric == "deal":
            others = topic.others or self.topic(segment, segment.last + 1).others
            if others:
                return Person((others[0].entity or "",), "named", "whom somebody unlisted deals with")
        if topic.foreign is not None and topic.pronoun is None:
            return Person((), "foreign", f"{topic.foreign.text!r} is off the watchlists", thing)
        if topic.pronoun is not None and self._unlisted_before(topic.pronoun):
            return Person((), "foreign", "the pronoun is for somebody off the watchlists", thing)
        if topic.pronoun is not None:
            if topic.pronoun.has("latter"):
                return Person(some(self._latter(segment)), "pronoun", "the latter", thing)
            entity = self.referent(segment, ruler=rulers or topic.pronoun.has("ruler"))
            return Person(some(entity), "pronoun", "a pronoun", thing)
        if thing is not None and self.world.maker(thing) and not rulers:
            unit = self._unit_speaking(segment, self.world.maker(thing) or "")
            if unit is not None:
                return Person((unit,), "named", "the maker's unit speaks", thing)
            if builder := self._builder_speaking(segment, bond):
                return Person((builder,), "named", "who builds it speaks", thing)
            return Person((self.world.maker(thing) or "",), "product", "maker of the topic", thing)
        if thing is not None and not rulers and self._alone(segment) and not self._speaker(segment, rulers=False):
            return Person((), "product", "the topic is a thing", thing)
        return None

    def _unlisted_before(self, pronoun: Token) -> bool:
        """ "…，影响到韩国企业DEEPX的项目，其…": a company that no watchlist knows, named after all that one knows."""
        for at in range(pronoun.index - 1, 0, -1):
            token = self.row[at]
            if token.kind == "name" and self.world.is_org(token.entity):
                return False
            named = token.kind == "word" and token.capital and token.text.isascii() and len(token.text) > 2
            if named and self.row[at - 1].text.endswith(("企业", "企業", "公司", "厂商", "廠商", "初创", "新創")):
                return True
        return False

    def _builder_speaking(self, segment: Segment, bond: Bond) -> str | None:
        """ "鸿海表示，GB300机柜出货…": a builder of servers tells of the racks that it ships."""
        if bond.entry.metric not in COUNTS:
            return None
        builders = roles()["server"]
        for speech in self.speeches:
            if speech.says(segment.first) or speech.says(bond.figure.index):
                return next((t.entity for t in speech.speaker if t.entity in builders), None)
        return None

    def _unit_speaking(self, segment: Segment, maker: str) -> str | None:
        """T-Head, where it speaks of what is listed as Alibaba's."""
        speaker = self._speaker(segment, rulers=False)
        return speaker if speaker is not None and self.world.within(speaker, maker) else None

    def _agent(self, bond: Bond, segment: Segment, topic: Topic) -> Person:
        """Passive: whoever stands behind 由, 被, 遭, 获; else the ruler who speaks or was spoken of."""
        for token in segment.tokens:
            if token.kind != "name" or not self.world.is_org(token.entity) or token.modifier:
                continue
            before = self.row[token.index - 1] if token.index else None
            if before is not None and before.has("agent"):
                return Person((token.entity or "",), "named", "agent of the passive")
        if bond.entry.metric in RULER_METRICS:
            for token in topic.heads:
                if self.world.is_ruler(token.entity):
                    return Person((token.entity or "",), "named", "the ruler who acts")
            return self._carried(segment, topic, rulers=True)
        return self._told(topic, segment, bond) or self._carried(segment, topic, rulers=False)

    def granter(self, segment: Segment) -> Person:
        """The ruler of the segment, or the one whose law it names, who grants what somebody else gets."""
        ruler = next((t.entity for t in segment.tokens if t.kind == "name" and self.world.is_ruler(t.entity)), None)
        ruler = ruler or self._legislator(segment)
        return Person(some(ruler), "named", "who grants it") if ruler else Person((), "foreign", "no granter is named")

    def _legislator(self, segment: Segment) -> str | None:
        """ "获《芯片法案》66亿美元补助": the government whose law this segment names, or the one before."""
        for scope in (segment, segment.before_it):
            for token in scope.tokens if scope is not None else ():
                law = self.world.entities.get(token.entity or "")
                if law is not None and law.kind == "rule" and law.country:
                    return self.world.government_of(law.country)
        return None

    def _agent_between(self, bond: Bond) -> str | None:
        """ "3200张加速卡全部由沐曦供货"."""
        if bond.entry.pos != "verb" or bond.trigger.index <= bond.figure.index:
            return None
        for token in self.row[bond.figure.index + 2 : bond.trigger.index]:
            company = token.kind == "name" and self.world.kind(token.entity) == "company" and not token.modifier
            if company and self.row[token.index - 1].text in _BY:
                return token.entity
        return None

    def _part_of(self, topic: Topic, segment: Segment) -> bool:
        """ "其中英伟达H200要买2万颗": a maker's name that only tells whose product it is."""
        if not topic.heads or not segment.tokens[0].text.startswith("其中"):
            return False
        after = self.row[topic.heads[0].index + 1] if topic.heads[0].index + 1 < len(self.row) else None
        return after is not None and self.world.maker(after.entity) == topic.heads[0].entity

    def _rival(self, segment: Segment, figure: Token) -> str | None:
        """ "比起英伟达同期的2600万颗，华为的出货量…"."""
        for token in segment.before(figure.index):
            if token.kind == "name" and self.world.kind(token.entity) == "company":
                return token.entity
        return None

    def _foreseen(self, bond: Bond, segment: Segment) -> str | None:
        """ "高盛上修寒武纪出货预测": the company between the verb and the forecast."""
        for token in segment.before(bond.trigger.index):
            if token.kind == "name" and self.world.kind(token.entity) == "company" and not token.modifier:
                return token.entity
        return None

    def _raiser(self, segment: Segment) -> str | None:
        """ "xAI完成200亿美元融资，英伟达参投，投后估值…": not the investor between."""
        for other in self._chain(segment):
            if any(e.metric in ("funding", "ipo") for t in other.tokens for e in t.entries):
                return next((t.entity for t in self.topic(other).heads if not self.world.is_ruler(t.entity)), None)
        return None

    def _levier(self, segment: Segment, topic: Topic) -> Person:
        """ "同意把收入的15%交给美国政府", "特朗普：…须上缴25%": the ruler who takes it, who acts, or who says so."""
        state = next((t for t in segment.tokens if t.kind == "name" and self._takes(t)), None)
        if state is not None:
            return Person((state.entity or "",), "named", "the ruler who takes it")
        return self._carried(segment, topic, rulers=True)

    def _takes(self, token: Token) -> bool:
        if not self.world.is_ruler(token.entity):
            return False
        after = self.row[token.index + 1] if token.index + 1 < len(self.row) else None
        return not token.actor or (after is not None and after.has("authority"))

    def _object(self, bond: Bond, segment: Segment) -> Person:
        for token in segment.tokens:
            if token.index > bond.trigger.index and token.kind == "name" and self.world.is_org(token.entity):
                return Person((token.entity or "",), "named", f"object of {bond.trigger.text!r}")
        return Person((), "none", "no object named")
