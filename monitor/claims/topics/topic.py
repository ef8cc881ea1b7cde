"""Whom and what the words before a verb name: the topic of a segment."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from monitor.claims.topics.strangers import of_a_division, quoted
from monitor.text.fold import simplified

if TYPE_CHECKING:
    from collections.abc import Sequence

    from monitor.claims.tokens import Token
    from monitor.claims.topics.segments import Segment
    from monitor.claims.world import World

_SPOKEN = frozenset({"say", "expect", "estimate", "deny"})
_NOUN_ENDINGS = frozenset(
    "量额率价数线厂区务门面品器力况备料术能构段链端款群网件法案板本期值度金款费权比型类项样片卡机种货站室仓层级别性化者方点际上下中里内外后前时间日月年"
)
_HAN = "\u3400"
_COUNTING = frozenset("首其剩剩餘余本当當全该該共总總单單另每仅僅累前后後今去明上下第")
"""What words begin with that tell which part or time: 首批, 其余, 全年."""
_MOVING = frozenset(["将", "將", "把"])
_HEADS_OF_STATE = ("总统", "總統", "方")
"""How names end of those who act: 美国总统, 美方."""
_TAKEN = ("手", "那", "处", "處", "获", "獲", "拿", "接", "收", "得")


@dataclass(slots=True)
class Topic:
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


class Topics:
    """The topics of a sentence's segments, each surveyed once."""

    def __init__(self, world: World, row: Sequence[Token]) -> None:
        self.world = world
        self.row = row
        self._topics: dict[tuple[int, int], Topic] = {}
        self._asked: dict[tuple[int, int | None], Topic] = {}

    def of(self, segment: Segment, until: int | None = None) -> Topic:
        """The topic of a segment, of what stands before `until` or its first verb."""
        asked = self._asked.get((segment.number, until))
        if asked is not None:
            return asked
        end = self._end(segment, until)
        known = self._topics.get((segment.number, end))
        if known is None:
            region = [t for t in segment.tokens if t.index < end and t.speech is None]
            said = next((i for i in range(len(region) - 1, -1, -1) if not _SPOKEN.isdisjoint(region[i].cues)), None)
            known = self._survey(region if said is None else region[said + 1 :])
            if said is not None and not (known.heads or known.things or known.foreign or known.pronoun or known.actors):
                known = self._survey(region[:said])
            if not (known.heads or known.foreign or known.pronoun or known.actors) and self._described(segment, until):
                known.foreign = segment.tokens[0]
            self._topics[segment.number, end] = known
        self._asked[segment.number, until] = known
        return known

    def _described(self, segment: Segment, until: int | None) -> bool:
        """ "最早投资Anthropic的风投公司拟募资": somebody unlisted behind a relative clause."""
        limit = segment.last + 1 if until is None else until
        region = [t for t in segment.tokens if t.index < limit and t.speech is None]
        close = next((i for i in range(len(region) - 1, 0, -1) if "of" in region[i].cues), None)
        if close is None or not any(t.verb for t in region[:close]):
            return False
        if any(t.has("toward", "disposal") for t in region[:close]):
            return False  # "对未在美国生产的半导体课征…": what it is done to
        return any(
            t.has("foreign", "orgword") or (t.kind == "word" and t.capital and len(t.text) > 3 and t.text.isalpha())
            for t in region[close + 1 : close + 5]
        )

    def _end(self, segment: Segment, until: int | None) -> int:
        limit = segment.last + 1 if until is None else until
        end = limit
        opening = True
        for token in segment.tokens:
            if token.index >= limit:
                break
            if opening:
                if not _SPOKEN.isdisjoint(token.cues):
                    continue
                opening = token.kind == "period" or "adverb" in token.cues
            if (token.verb and token.speech is None and "plain" not in token.cues) or "disposal" in token.cues:
                end = token.index
                break
        for token in segment.tokens if end < limit else ():
            relative = token.kind == "name" and end < token.index < limit and self._heads_relative(token)
            if relative and (until is not None or not any(t.verb for t in segment.after(token.index))):
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

    def _survey(self, region: Sequence[Token]) -> Topic:
        found = Topic()
        role: Token | None = None
        for at, token in enumerate(region):
            if token.kind == "name":
                self._name(found, region, at, role)
                if self.world.is_org(token.entity) and not token.actor:
                    role = None if role is not None and not self._runs_on(region, at) else role
            elif token.cues:
                role = self._small_word(found, region, at, role)
            elif token.kind == "mark":
                role = role if token.text == "、" else None
            elif token.verb:
                role = None
            else:
                role = self._plain(found, region, at, role)
        return found

    def _small_word(self, found: Topic, region: Sequence[Token], at: int, role: Token | None) -> Token | None:
        """Takes in a word with cues; the preposition that holds for what follows."""
        token = region[at]
        if "about" in token.cues and at + 1 < len(region):
            return None
        if token.has("agent", "prep"):
            return token
        if token.kind == "mark" and token.text != "、":
            return None
        if token.verb or "of" in token.cues:
            return None if token.verb else role
        if not token.has("pronoun", "possessive"):
            return self._plain(found, region, at, role)
        before = region[at - 1] if at and "pronoun" in token.cues else None
        joined = before is not None and before.kind == "word" and before.end == token.start
        if joined and token.text.endswith("公司"):
            found.foreign = token
            return role
        if role is None or "possessive" in token.cues:
            found.pronoun = token
        return None

    def _plain(self, found: Topic, region: Sequence[Token], at: int, role: Token | None) -> Token | None:
        token = region[at]
        counted = token.figure is not None and not found.heads and token.figure.unit == "entities"
        if role is None:
            if counted or (found.foreign is None and self._is_foreign(token, region, at)):
                found.foreign = token
            return None
        if role.has("toward") and at + 1 < len(region) and region[at + 1].kind == "name":
            return role if region[at + 1].start == token.end else None  # "对宿敌英特尔注资"
        return role if token.kind != "word" or self._runs_on(region, at) else None

    @staticmethod
    def _runs_on(region: Sequence[Token], at: int) -> bool:
        """Whether a noun phrase goes on behind a word: "向A、B", "在中国的"."""
        after = region[at + 1] if at + 1 < len(region) else None
        adjacent = after is not None and after.start == region[at].end
        if after is not None and adjacent and after.has("foreign"):
            return True
        if after is not None and adjacent and after.has("class:companyword"):
            return True  # "向芯片企业Rapidus"
        if after is not None and adjacent and after.kind == "name" and region[at].has("class:companyword"):
            return True
        return after is not None and (after.text == "、" or after.has("and", "of", "locative"))

    def _name(self, found: Topic, region: Sequence[Token], at: int, role: Token | None) -> None:
        token = region[at]
        if self.world.is_thing(token.entity):
            if role is None or not role.has("than", "cause"):
                found.things.append(token)
            return
        if not self.world.is_org(token.entity) or token.modifier:
            return
        if token.actor:
            found.states.append(token)
            moved = at > 0 and region[at - 1].text in _MOVING  # "将台湾半导体关税降至15%": whom it is done to.
            if role is None and not moved and self._acts(token, region, at) and not self._branch(region, at):
                found.actors.append(token)
            return
        if role is not None:
            if role.has("agent"):
                found.agent = token
            elif role.has("from") or (role.text in "从從" and self._hands(token)):
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

    def _hands(self, token: Token) -> bool:
        """ "从SK海力士手里接下", "从Anthropic获得订单": where it comes from."""
        after = self.row[token.index + 1] if token.index + 1 < len(self.row) else None
        return after is not None and after.text.startswith(_TAKEN)

    @staticmethod
    def _coordinated(region: Sequence[Token], at: int) -> bool:
        before = region[at - 1] if at else None
        return before is not None and (before.has("and") or before.text == "、")

    @staticmethod
    def _branch(region: Sequence[Token], at: int) -> bool:
        """ "星巴克中国": a country behind a name that no table knows is a company's branch."""
        before = region[at - 1] if at else None
        return before is not None and before.kind == "word" and before.end == region[at].start and len(before.text) > 1

    @staticmethod
    def _acts(token: Token, region: Sequence[Token], at: int) -> bool:
        """Whether a country does something here: nothing of it is spoken of ("中国市场", "美国的企业")."""
        after = region[at + 1] if at + 1 < len(region) else None
        return (
            after is None
            or token.text.endswith(_HEADS_OF_STATE)
            or after.kind in ("period", "name")
            or ("done" in after.cues and not token.text.endswith("方"))
            or after.has("authority", "adverb", "future", "prep", "agent", "disposal", "may", "negation")
        )

    def _is_foreign(self, token: Token, region: Sequence[Token], at: int) -> bool:
        """Whether words name somebody off the watchlists."""
        if token.has("foreign"):
            return not (at + 1 < len(region) and region[at + 1].has("locative"))
        if token.has("class:companyword") and at and region[at - 1].has("outsider"):
            return True  # "HBM供应链厂商"
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
        if token.text[0] >= _HAN and self._listed_beside(token):
            return True
        if quoted(region, at):
            return True
        if token.text[0] >= _HAN:
            return False
        if at and region[at - 1].end == token.start and region[at - 1].text[-1:].isascii():
            return False
        if of_a_division(region, at):
            return False
        return token.capital and not token.text.isupper() and token.text.isalpha() and len(token.text) > 3

    def _listed_beside(self, token: Token) -> bool:
        """ "小米交付2万台，岚图交付1.5万台": a short name before the same verb as before."""
        after, before = self._after(token), self.row[token.index - 1] if token.index else None
        if after is None or not (after.verb and after.entries) or token.text[0] in _COUNTING:
            return False
        if before is None or before.kind != "mark":
            return False
        same = [t.index for t in self.row[1 : token.index] if t.text == after.text and t.verb]
        return any(self.world.is_org(self.row[at - 1].entity) for at in same)

    @staticmethod
    def _opens(region: Sequence[Token], at: int) -> bool:
        return all(t.kind in ("period", "mark") or t.has("adverb") for t in region[:at])

    def _after(self, token: Token) -> Token | None:
        after = self.row[token.index + 1] if token.index + 1 < len(self.row) else None
        return after if after is not None and after.clause == token.clause else None
