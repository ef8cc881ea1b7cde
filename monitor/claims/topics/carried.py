"""Whom a segment that names nobody is about: the one before, the speaker, the company spoken of last."""

from __future__ import annotations

from typing import TYPE_CHECKING

from monitor.claims.persons import Person
from monitor.claims.topics.speakers import chief_of
from monitor.claims.topics.strangers import firm, somebody_else
from monitor.claims.topics.topic import Topics

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from monitor.claims.speech import Speech
    from monitor.claims.tokens import Token
    from monitor.claims.topics.segments import Segment
    from monitor.claims.topics.topic import Topic
    from monitor.claims.world import World
    from monitor.model import Field

LAST = "last subject of the article"
LAST_RULER = "the ruler spoken of"
_RATINGS = ("目标价", "目標價", "评级", "評級")


class Carrier:
    """What a sentence has spoken of so far, and what an article has."""

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

    def foreign_before(self, segment: Segment) -> bool:
        """Whether the segments before are about somebody off the watchlists."""
        return any(self.topic(other).foreign is not None for other in self._chain(segment))

    def _alone(self, segment: Segment) -> bool:
        """Whether nobody was spoken of before in this article."""
        return self.world.company is None and not any(True for _ in self._chain(segment))

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
            if person is not None and not (other.mode == "if" and person.how == "foreign"):
                return Person(
                    person.entities,
                    person.how if person.how == "foreign" else "carried",
                    "topic of a segment before",
                    thing or person.product,
                )
        entity = self._speaker(segment, rulers=rulers)
        if entity is not None:
            return Person((entity,), "carried", "the speaker", thing)
        if speech is not None and not rulers and somebody_else(speech, self.row):
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
            return Person(some(self.world.ruler), "carried", LAST_RULER, thing)
        return Person(some(self.world.company), "carried", LAST, thing)

    def _coming(self, segment: Segment) -> str | None:
        """ "卖了8万片之后，昆仑芯…": whoever the words behind are about, where nobody was named before."""
        behind = segment.behind_it
        if behind is None or segment.mark != "," or not segment.tokens[-1].has("when") or any(self._chain(segment)):
            return None
        return next((t.entity for t in self.topic(behind).heads if not self.world.is_ruler(t.entity)), None)

    def _of(self, segment: Segment, *, rulers: bool) -> Person | None:
        """Whom a segment before is about."""
        if _tells_process(segment):
            return None
        topic = self.topic(segment)
        for head in topic.heads:
            if self.world.is_ruler(head.entity) == rulers:
                return Person((head.entity or "",), "named", "", topic.things[-1].entity if topic.things else None)
        if rulers:
            return Person((self.acting(topic.actors[0], segment),), "named", "") if topic.actors else None
        if (rated := self._rated(segment)) is not None:
            return Person((rated,), "named", "")
        if topic.foreign is not None and topic.pronoun is None and not segment.tokens[0].has("cause"):
            return Person((), "foreign", "")
        if topic.pronoun is not None:
            entity = self.referent(segment)
            return Person((entity,), "pronoun", "") if entity else None
        for thing in topic.things:
            maker = self.world.maker(thing.entity)
            if maker:
                return Person((maker,), "product", "", thing.entity)
        headed = _headed(segment)
        return Person((headed,), "named", "") if headed is not None else None

    def _rated(self, segment: Segment) -> str | None:
        """ "高盛上调中芯国际目标价至95元，料…": whose share an analyst rates."""
        at = next((t.index for t in segment.tokens if t.text.endswith(_RATINGS)), None)
        before = [t for t in segment.tokens if at is not None and t.index < at and t.kind == "name" and not t.modifier]
        return before[-1].entity if before and self.world.kind(before[-1].entity) == "company" else None

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
                chief = next((c for t in speech.speaker if (c := chief_of(t)) is not None), None)
                if chief is not None and not rulers:
                    return chief
                if any(t.has("pronoun", "possessive") for t in speech.speaker) and not firm(speech.speaker):
                    return self._antecedent(speech, rulers=rulers)
        return None

    def acting(self, state: Token, segment: Segment) -> str:
        """Who acts for a country: of 中方 the ministry that speaks, if one does."""
        speaker = self._speaker(segment, rulers=True) if state.text.endswith("方") else None
        entity = state.entity or ""
        return speaker if speaker is not None and self.world.within(speaker, entity) else entity

    def _antecedent(self, speech: Speech, *, rulers: bool) -> str | None:
        """Whom a speaker's 公司 means: the topic before it in the sentence, else of the article."""
        clause = speech.speaker[0].clause
        for other in self._chain(self.segments[clause]) if 0 <= clause < len(self.segments) else ():
            spoken = [t for t in other.tokens if t.speech is not None and t.kind == "name" and not t.modifier]
            if not rulers and (headed := _headed(other)) is not None:
                return headed
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
            if not ruler and (headed := _headed(other)) is not None:
                return headed
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
                if not rulers and (headed := chief_of(token)) is not None:
                    return headed
        return None


def _tells_process(segment: Segment) -> bool:
    """ "…：台积电2纳米，AI算力120 TOPS": nothing but who makes the thing spoken of, and on which node."""
    name, *rest = segment.tokens
    node = [t for t in rest if t.figure is not None and t.figure.unit == "nm"]
    return (
        name.kind == "name"
        and len(node) == 1
        and all(t is node[0] or any(e.metric == "process_node" for e in t.entries) for t in rest)
    )


def _headed(segment: Segment) -> str | None:
    """The company whose head a segment begins with: "执行长黄仁勋接连出手"."""
    for token in segment.tokens:
        if token.verb:
            return None
        if (headed := chief_of(token)) is not None and not any(t.has("prep") for t in segment.before(token.index)):
            return headed
    return None


def _start(segment: Segment) -> int:
    """The first token that is not a speaker's, nor the date between a speaker and the verb."""
    spoken = [t.index for t in segment.tokens if t.speech is not None]
    last = spoken[-1] if spoken else -1
    behind = next((t.index for t in segment.tokens if t.index > last), None)
    return behind if behind is not None else next((t.index for t in segment.tokens if t.speech is None), segment.first)


def some(entity: str | None) -> tuple[str, ...]:
    return (entity,) if entity else ()
