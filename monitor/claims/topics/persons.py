"""Whose figure it is: the topic of a segment, or the one that it takes over from the segments before."""

from __future__ import annotations

from typing import TYPE_CHECKING

from monitor.claims.metrics import RULER_METRICS, RULERS_TOO
from monitor.claims.topics.topic import Topic, Topics
from monitor.claims.who import Person

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from monitor.claims.frames import Bond
    from monitor.claims.speech import Speech
    from monitor.claims.tokens import Token
    from monitor.claims.topics.segments import Segment
    from monitor.claims.world import World
    from monitor.model import Field

_ENDS = frozenset({".", ";", "?", "!"})
_RULERS = frozenset({"government", "agency"})
LAST = "last subject of the article"
STATE = "the state acts"
_BY = ("由", "被", "遭")
_LAST_RULER = "the ruler spoken of"
_HAN = "\u3400"


class Persons:
    """The topics of a sentence."""

    def __init__(
        self, world: World, segments: Sequence[Segment], speeches: Sequence[Speech], row: Sequence[Token], where: Field
    ) -> None:
        self.world = world
        self.segments = segments
        self.speeches = speeches
        self.row = row
        self.field = where
        self._topics = Topics(world, row)

    def topic(self, segment: Segment, until: int | None = None) -> Topic:
        """The topic of a segment, of what stands before `until` or its first verb."""
        return self._topics.of(segment, until)

    def subject(self, bond: Bond, segment: Segment) -> Person:
        """Who is meant as the subject of a bond whose figure, or act, stands in `segment`."""
        trigger, figure = bond.trigger, bond.figure
        ahead = trigger.clause > segment.number
        if ahead and (rival := self._rival(segment, figure)) is not None:
            return Person((rival,), "named", "named beside the figure")
        segment = self.segments[trigger.clause] if ahead else segment
        until = (
            trigger.index
            if ahead
            else min(trigger.index, figure.index)
            if trigger.clause == segment.number
            else figure.index
        )
        topic = self.topic(segment, until)
        rulers = bond.entry.metric in RULER_METRICS
        if bond.entry.owner == "agent":
            return self._agent(bond, segment, topic)
        if bond.entry.owner == "object":
            return self._object(bond, segment)
        if bond.entry.owner == "levier":
            return self._levier(segment, topic)
        if bond.entry.owner == "speaker":
            return Person(_some(self._speaker(segment, rulers=True)), "named", "the ruler who says so")
        if bond.entry.metric == "ipo" and not topic.heads:
            for token in segment.before(trigger.index):
                if token.kind == "name" and self.world.kind(token.entity) == "company" and not token.modifier:
                    return Person((token.entity or "",), "named", "whose listing it is")
        if bond.entry.owner == "recipient" and (buyers := self.topic(segment, trigger.index).oblique):
            return Person((buyers[-1].entity or "",), "named", "who is sold to")
        if bond.entry.metric == "penalty" and not topic.heads and topic.foreign is not None and not topic.oblique:
            payer = next((p for other in self._chain(segment) if (p := self._of(other, rulers=False))), None)
            if payer is not None and payer.entities:
                return payer
        if bond.entry.metric == "penalty" and topic.oblique and not self._pays(topic):
            return Person((topic.oblique[-1].entity or "",), "named", "who is fined")
        if topic.source is not None and not topic.foreign and bond.entry.owner == "buyer":
            return Person((topic.source.entity or "",), "named", "where it comes from")
        if bond.entry.metric == "orders" and self._part_of(topic, segment):
            return self._carried(segment, Topic(things=topic.things), rulers=False)
        moved = bond.trigger.has("outlook") or any(t.has("disposal") for t in segment.before(bond.trigger.index))
        if moved and not (rulers or topic.heads or topic.actors or self._speaker(segment, rulers=False)):
            seen = self._foreseen(bond, segment)
            if seen is not None:
                return Person((seen,), "named", "whose outlook it is")
        if (agent := self._agent_between(bond)) is not None:
            return Person((agent,), "named", "agent")
        person = self._told(topic, segment, bond)
        if person is not None:
            return person
        if bond.entry.metric == "valuation" and (raiser := self._raiser(segment)):
            return Person((raiser,), "carried", "whose round it is")
        person = self._carried(segment, topic, rulers=rulers)
        if not rulers and person.reason == LAST and (bond.entry.metric in RULERS_TOO or bond.entry.subject & _RULERS):
            ruler = self._carried(segment, topic, rulers=True)
            return ruler if ruler.entities and ruler.reason != _LAST_RULER else person
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
            together = topic.others if any(t.has("sum") for t in segment.tokens) else []
            entities = tuple(dict.fromkeys(t.entity for t in (*topic.heads, *together) if t.entity))
            return Person(entities, "named", "topic of its segment", thing, shared=shared)
        if topic.actors and (rulers or bond.entry.metric in RULERS_TOO):
            return Person((topic.actors[0].entity or "",), "named", STATE)
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
        if topic.pronoun is not None:
            if topic.pronoun.has("latter"):
                return Person(_some(self._latter(segment)), "pronoun", "the latter", thing)
            entity = self.referent(segment, ruler=rulers or topic.pronoun.has("ruler"))
            return Person(_some(entity), "pronoun", "a pronoun", thing)
        if thing is not None and self.world.maker(thing) and not rulers:
            unit = self._unit_speaking(segment, self.world.maker(thing) or "")
            if unit is not None:
                return Person((unit,), "named", "the maker's unit speaks", thing)
            return Person((self.world.maker(thing) or "",), "product", "maker of the topic", thing)
        if thing is not None and not rulers and self._alone(segment) and not self._speaker(segment, rulers=False):
            return Person((), "product", "the topic is a thing", thing)
        return None

    def _unit_speaking(self, segment: Segment, maker: str) -> str | None:
        """T-Head, where it speaks of what is listed as Alibaba's."""
        speaker = self._speaker(segment, rulers=False)
        return speaker if speaker is not None and self.world.within(speaker, maker) else None

    def foreign_before(self, segment: Segment) -> bool:
        """Whether the segments before are about somebody off the watchlists."""
        return any(self.topic(other).foreign is not None for other in self._chain(segment))

    def _alone(self, segment: Segment) -> bool:
        """Whether nobody was spoken of before in this article."""
        return self.world.company is None and not any(True for _ in self._chain(segment))

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
        """The ruler of the segment, who grants what somebody else gets."""
        ruler = next((t.entity for t in segment.tokens if t.kind == "name" and self.world.is_ruler(t.entity)), None)
        return Person(_some(ruler), "named", "who grants it") if ruler else Person((), "foreign", "no granter is named")

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

    def _coming(self, segment: Segment) -> str | None:
        """ "卖了8万片之后，昆仑芯…": whoever the words behind are about, where nobody was named before."""
        behind = segment.behind_it
        if behind is None or segment.mark != "," or not segment.tokens[-1].has("when") or any(self._chain(segment)):
            return None
        return next((t.entity for t in self.topic(behind).heads if not self.world.is_ruler(t.entity)), None)

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

    def _chain(self, segment: Segment) -> Iterator[Segment]:
        """The segments before, nearest first, as far as the sentence goes."""
        inside = segment.mode == "aside"
        for other in self.segments[: segment.number][::-1]:
            if other.mode == "aside" and not inside:
                continue
            yield other

    def _carried(self, segment: Segment, topic: Topic, *, rulers: bool) -> Person:
        thing = topic.things[-1].entity if topic.things else None
        if (coming := self._coming(segment)) is not None and not rulers:
            return Person((coming,), "carried", "whom the next segment is about", thing)
        speech = next((s for s in self.speeches if s.leading and s.says(_start(segment))), None)
        for other in self._chain(segment):
            if speech is not None and other.last < speech.scope[0]:
                break
            person = self._of(other, rulers=rulers)
            if person is not None:
                return Person(
                    person.entities,
                    person.how if person.how == "foreign" else "carried",
                    "topic of a segment before",
                    thing or person.product,
                )
        entity = self._speaker(segment, rulers=rulers)
        if entity is not None:
            return Person((entity,), "carried", "the speaker", thing)
        if speech is not None and not rulers and _somebody_else(speech, self.row):
            return Person((), "foreign", "the speaker is off the watchlists", thing)
        for other in self._chain(segment):
            person = self._of(other, rulers=rulers)
            if person is not None:
                return Person(
                    person.entities,
                    person.how if person.how == "foreign" else "carried",
                    "topic of a segment before",
                    thing or person.product,
                )
        if rulers:
            return Person(_some(self.world.ruler), "carried", _LAST_RULER, thing)
        return Person(_some(self.world.company), "carried", LAST, thing)

    def _of(self, segment: Segment, *, rulers: bool) -> Person | None:
        """Whom a segment before is about."""
        topic = self.topic(segment)
        for head in topic.heads:
            if self.world.is_ruler(head.entity) == rulers:
                return Person((head.entity or "",), "named", "", topic.things[-1].entity if topic.things else None)
        if rulers:
            return Person((topic.actors[0].entity or "",), "named", "") if topic.actors else None
        if topic.foreign is not None and topic.pronoun is None:
            return Person((), "foreign", "")
        if topic.pronoun is not None:
            entity = self.referent(segment)
            return Person((entity,), "pronoun", "") if entity else None
        for thing in topic.things:
            maker = self.world.maker(thing.entity)
            if maker:
                return Person((maker,), "product", "", thing.entity)
        return None

    def _latter(self, segment: Segment) -> str | None:
        for other in self._chain(segment):
            for token in reversed(other.tokens):
                if token.kind == "name" and not token.actor and self.world.is_org(token.entity):
                    return token.entity
        return None

    def _speaker(self, segment: Segment, *, rulers: bool) -> str | None:
        for speech in reversed(self.speeches):
            if speech.says(_start(segment)) and speech.kind != "source":
                own = [
                    t
                    for t in speech.speaker
                    if t.entity and not t.modifier and self.world.is_org(t.entity) and (not t.actor or rulers)
                ]
                fitting = [t.entity for t in own if self.world.is_ruler(t.entity) == rulers]
                if fitting:
                    return fitting[-1]
                if any(t.has("pronoun", "possessive") for t in speech.speaker):
                    return self._antecedent(speech, rulers=rulers)
        return None

    def _antecedent(self, speech: Speech, *, rulers: bool) -> str | None:
        """Whom a speaker's 公司 means: the topic before it in the sentence, else of the article."""
        clause = speech.speaker[0].clause
        for other in self._chain(self.segments[clause]) if 0 <= clause < len(self.segments) else ():
            spoken = [t for t in other.tokens if t.speech is not None and t.kind == "name" and not t.modifier]
            for head in (*self.topic(other).heads, *spoken):
                if self.world.is_org(head.entity) and self.world.is_ruler(head.entity) == rulers and not head.actor:
                    return head.entity
        return self.world.ruler if rulers else self.world.company

    def referent(self, segment: Segment, *, ruler: bool = False) -> str | None:
        """Whom 公司 or 该局 means."""
        speaker = self._speaker(segment, rulers=ruler)
        if speaker:
            return speaker
        for other in self._chain(segment):
            topic = self.topic(other)
            for head in topic.heads:
                if self.world.is_ruler(head.entity) == ruler:
                    return head.entity
            for token in other.tokens:
                if (
                    token.kind == "name"
                    and token.speech is not None
                    and not token.modifier
                    and self.world.is_org(token.entity)
                    and self.world.is_ruler(token.entity) == ruler
                ):
                    return token.entity
            if not ruler and topic.foreign is not None:
                return None
            if not ruler and topic.things and self.world.maker(topic.things[0].entity):
                return self.world.maker(topic.things[0].entity)
        return self.world.ruler if ruler else self.world.company

    def close(self) -> None:
        """At the end of a sentence its first named topic becomes whom 公司 means."""
        company: str | None = None
        ruler: str | None = None
        foreign = False
        for segment in self.segments:
            if segment.mode == "aside":
                continue
            topic = self.topic(segment)
            for token in topic.heads:
                if self.world.is_ruler(token.entity):
                    ruler = ruler or token.entity
                else:
                    company = company or token.entity
            if not topic.heads and topic.things and company is None:
                company = self.world.maker(topic.things[0].entity)
            if topic.foreign is not None and company is None and not topic.heads and topic.foreign.has("foreign"):
                foreign = True
            for token in topic.actors:
                ruler = ruler or token.entity
        if company is None:
            company = self._spoken()
        self.world.saw_subject(ruler or self._spoken(rulers=True))
        self.world.saw_subject(company)
        if company is None and foreign:
            self.world.company = None
        if self.field == "title":
            self.world.headline = company
            self.world.company = company or self._only_company()

    def _only_company(self) -> str | None:
        named = dict.fromkeys(
            t.entity for t in self.row if t.kind == "name" and self.world.kind(t.entity) == "company" and not t.modifier
        )
        return next(iter(named)) if len(named) == 1 else None

    def _spoken(self, *, rulers: bool = False) -> str | None:
        for speech in self.speeches:
            for token in speech.speaker:
                if (
                    token.entity
                    and not token.modifier
                    and self.world.is_org(token.entity)
                    and self.world.is_ruler(token.entity) == rulers
                    and not token.actor
                ):
                    return token.entity
        return None


def _start(segment: Segment) -> int:
    """The first token that is not a speaker's."""
    return next((t.index for t in segment.tokens if t.speech is None), segment.first)


def _somebody_else(speech: Speech, row: Sequence[Token]) -> bool:
    """Whether the speaker is an organisation off the watchlists: by name, or as it announces figures of its own."""
    if any(t.has("foreign") for t in speech.speaker):
        return True
    if not speech.speaker or any(t.kind != "word" or t.text[0] < _HAN for t in speech.speaker):
        return False
    verb = next((t for t in reversed(row[: speech.scope[0]]) if t.speech == speech.number), None)
    return verb is not None and (verb.has("filed") or not verb.has("say", "estimate", "expect", "deny"))


def _some(entity: str | None) -> tuple[str, ...]:
    return (entity,) if entity else ()
