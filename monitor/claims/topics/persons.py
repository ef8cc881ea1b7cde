"""Whose figure it is: the topic of a segment, or the one that it takes over from the segments before."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from monitor.claims.metrics import RULER_METRICS, RULERS_TOO
from monitor.claims.who import Person
from monitor.text.fold import simplified

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
_SPOKEN = ("say", "expect", "estimate", "deny")
LAST = "last subject of the article"
_LAST_RULER = "the ruler spoken of"
_NOUN_ENDINGS = frozenset(
    "量额率价数线厂区务门面品器力况备料术能构段链端款群网件法案板本期值度金款费权比型类项样片卡机种货站室仓层级别性化者方点际上下中里内外后前时间日月年"
)
_HAN = "\u3400"


@dataclass(slots=True)
class _Topic:
    """Whom the words before a verb name."""

    heads: list[Token] = field(default_factory=list)
    actors: list[Token] = field(default_factory=list)
    others: list[Token] = field(default_factory=list)
    """Whom the topic does it together with: "X与Y"."""
    states: list[Token] = field(default_factory=list)
    """Countries named, whether they act or not."""
    things: list[Token] = field(default_factory=list)
    agent: Token | None = None
    source: Token | None = None
    """X of "来自X的"."""
    pronoun: Token | None = None
    foreign: Token | None = None
    oblique: list[Token] = field(default_factory=list)


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
        self._topics: dict[tuple[int, int], _Topic] = {}
        self._asked: dict[tuple[int, int | None], _Topic] = {}

    def topic(self, segment: Segment, until: int | None = None) -> _Topic:
        """The topic of a segment, of what stands before `until` or its first verb."""
        asked = self._asked.get((segment.number, until))
        if asked is not None:
            return asked
        end = self._end(segment, until)
        known = self._topics.get((segment.number, end))
        if known is None:
            region = [t for t in segment.tokens if t.index < end and t.speech is None]
            said = next((i for i in range(len(region) - 1, -1, -1) if region[i].has(*_SPOKEN)), None)
            known = self._survey(region if said is None else region[said + 1 :])
            if said is not None and not (known.heads or known.things or known.foreign or known.pronoun or known.actors):
                known = self._survey(region[:said])
            self._topics[segment.number, end] = known
        self._asked[segment.number, until] = known
        return known

    def _end(self, segment: Segment, until: int | None) -> int:
        limit = segment.last + 1 if until is None else until
        end = limit
        for token in segment.tokens:
            if token.index >= limit:
                break
            if (token.speech is None and token.verb and not token.has("plain")) or token.has("disposal"):
                end = token.index
                break
        if until is not None:
            for token in segment.tokens:
                if end < token.index < limit and self._heads_relative(token):
                    return limit
        return end

    def _heads_relative(self, token: Token) -> bool:
        """The organisation that a relative clause before it describes: "刚上市的X"."""
        before = self.row[token.index - 1]
        return (
            token.kind == "name"
            and before.has("of")
            and not token.actor
            and self.world.is_org(token.entity)
            and not token.modifier
        )

    def _survey(self, region: Sequence[Token]) -> _Topic:
        found = _Topic()
        role: Token | None = None
        for at, token in enumerate(region):
            if token.kind == "name":
                self._name(found, region, at, role)
                if self.world.is_org(token.entity) and not token.actor:
                    role = None if role is not None and not self._runs_on(region, at) else role
            elif token.has("about") and at + 1 < len(region):
                role = None
            elif token.has("agent", "prep"):
                role = token
            elif token.kind == "mark" and token.text != "、":
                role = None
            elif token.verb or token.has("of"):
                role = None if token.verb else role
            elif (
                token.has("pronoun")
                and at
                and region[at - 1].kind == "word"
                and region[at - 1].end == token.start
                and token.text.endswith("公司")
            ):
                found.foreign = token
            elif token.has("pronoun", "possessive"):
                if role is None or token.has("possessive"):
                    found.pronoun = token
                role = None
            elif (
                token.kind == "figure"
                and role is None
                and not found.heads
                and token.figure is not None
                and token.figure.unit == "entities"
            ) or (role is None and found.foreign is None and self._is_foreign(token, region, at)):
                found.foreign = token
            elif role is not None and token.kind == "word":
                role = role if self._runs_on(region, at) else None
        return found

    @staticmethod
    def _runs_on(region: Sequence[Token], at: int) -> bool:
        """Whether a noun phrase goes on behind a word: "向A、B", "在中国的"."""
        after = region[at + 1] if at + 1 < len(region) else None
        return after is not None and (after.text == "、" or after.has("and", "of", "locative"))

    def _name(self, found: _Topic, region: Sequence[Token], at: int, role: Token | None) -> None:
        token = region[at]
        if self.world.is_thing(token.entity):
            if role is None or not role.has("than"):
                found.things.append(token)
            return
        if not self.world.is_org(token.entity) or token.modifier:
            return
        if token.actor:
            found.states.append(token)
            if role is None and self._acts(token, region, at):
                found.actors.append(token)
            return
        if role is not None:
            if role.has("agent"):
                found.agent = token
            elif role.has("from"):
                found.source = token
            if role.has("toward"):
                found.oblique.append(token)
            elif role.has("together"):
                found.others.append(token)
            return
        if found.heads and not self._coordinated(region, at):
            if at and region[at - 1] is found.heads[-1]:
                found.heads[-1] = token
            return
        found.heads.append(token)

    @staticmethod
    def _coordinated(region: Sequence[Token], at: int) -> bool:
        before = region[at - 1] if at else None
        return before is not None and (before.has("and") or before.text == "、")

    @staticmethod
    def _acts(token: Token, region: Sequence[Token], at: int) -> bool:
        """Whether a country does something here: nothing of it is spoken of ("中国市场", "美国的企业")."""
        after = region[at + 1] if at + 1 < len(region) else None
        return (
            after is None
            or after.kind in ("period", "name")
            or after.has("authority", "adverb", "future", "prep", "agent", "disposal", "may", "negation")
        )

    def _is_foreign(self, token: Token, region: Sequence[Token], at: int) -> bool:
        """Whether words name somebody off the watchlists."""
        if token.has("foreign"):
            return not (at + 1 < len(region) and region[at + 1].has("locative"))
        if token.kind != "word" or len(token.text) < 2:
            return False
        after = region[at + 1] if at + 1 < len(region) else None
        if (
            len(token.text) >= 3
            and token.text[0] >= _HAN
            and simplified(token.text[-1]) not in _NOUN_ENDINGS
            and not any(c.isascii() for c in token.text)
            and self._opens(region, at)
        ):
            follows = after if after is not None else self._after(token)
            if follows is not None and (
                follows.kind == "period"
                or follows.has("future", "done", "prep", "disposal", "plan")
                or (follows.verb and not follows.has("link"))
            ):
                return True
        if after is not None and after.has("orgword") and token.text[0] >= _HAN:
            return True
        if token.text[0] >= _HAN:
            return False
        return token.capital and not token.text.isupper() and token.text.isalpha() and len(token.text) > 3

    @staticmethod
    def _opens(region: Sequence[Token], at: int) -> bool:
        return all(t.kind in ("period", "mark") or t.has("adverb") for t in region[:at])

    def _after(self, token: Token) -> Token | None:
        after = self.row[token.index + 1] if token.index + 1 < len(self.row) else None
        return after if after is not None and after.clause == token.clause else None

    def subject(self, bond: Bond, segment: Segment) -> Person:
        """Who is meant as the subject of a bond whose figure, or act, stands in `segment`."""
        trigger, figure = bond.trigger, bond.figure
        until = min(trigger.index, figure.index) if trigger.clause == segment.number else figure.index
        topic = self.topic(segment, until)
        rulers = bond.entry.metric in RULER_METRICS
        if bond.entry.owner == "agent":
            return self._agent(bond, segment, topic)
        if bond.entry.owner == "object":
            return self._object(bond, segment)
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
        if bond.entry.metric == "penalty" and topic.oblique:
            return Person((topic.oblique[-1].entity or "",), "named", "who is fined")
        if topic.source is not None and not topic.heads and not topic.foreign and bond.entry.owner == "buyer":
            return Person((topic.source.entity or "",), "named", "where it comes from")
        person = self._told(topic, segment, bond)
        if person is not None:
            return person
        person = self._carried(segment, topic, rulers=rulers)
        if not rulers and person.reason == LAST and (bond.entry.metric in RULERS_TOO or bond.entry.subject & _RULERS):
            ruler = self._carried(segment, topic, rulers=True)
            return ruler if ruler.entities and ruler.reason != _LAST_RULER else person
        return person

    def _told(self, topic: _Topic, segment: Segment, bond: Bond) -> Person | None:
        rulers = bond.entry.metric in RULER_METRICS
        thing = topic.things[-1].entity if topic.things else None
        if topic.heads:
            shared = any(t.has("each") for t in segment.tokens)
            together = topic.others if any(t.has("sum") for t in segment.tokens) else []
            entities = tuple(dict.fromkeys(t.entity for t in (*topic.heads, *together) if t.entity))
            return Person(entities, "named", "topic of its segment", thing, shared=shared)
        if topic.actors and (rulers or bond.entry.metric in RULERS_TOO):
            return Person((topic.actors[0].entity or "",), "named", "the state acts")
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
        if topic.foreign is not None and topic.others and bond.entry.metric == "deal":
            return Person((topic.others[0].entity or "",), "named", "whom somebody unlisted deals with")
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
        if thing is not None and not rulers and self._alone(segment):
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

    def _agent(self, bond: Bond, segment: Segment, topic: _Topic) -> Person:
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

    def _carried(self, segment: Segment, topic: _Topic, *, rulers: bool) -> Person:
        thing = topic.things[-1].entity if topic.things else None
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
                    return self.world.ruler if rulers else self.world.company
        return None

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
