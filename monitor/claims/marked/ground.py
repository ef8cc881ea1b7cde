"""A sentence as binding sees it: its tokens and segments, and what stands around a word."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from monitor.claims.marked.segments import closes, verbish

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from monitor.claims.lexicon import Entry
    from monitor.claims.marked.segments import Segment
    from monitor.claims.tokens import Token
    from monitor.claims.world import World
    from monitor.model import Field

_PREFIX = "class:sep_"
"""Classes of the separated prefix of a verb, which stands in the verb's own clause."""
_QUOTED_OBJECT = re.compile(r"[「『'‘“\"][^」』'’”\"]{2,20}[」』'’”\"](?:を|을|를)")
"""A product named in quotes as what is done something with: "'은하 700 슈퍼칩'을 내놨다"."""
_CODE = re.compile(r"[A-Z]{1,5}[- ]?\d{1,5}[A-Za-z]{0,3}$")
"""A product's code of no watchlist: BR30, DX-M1."""
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


def candidates(figure: Token, ground: Ground) -> Iterator[tuple[Token, Entry]]:
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


def weight(token: Token) -> int:
    if token.kind == "mark":
        return 4 if token.text == "," else 1
    if token.kind == "figure":
        return 5
    return 3 if verbish(token) and not token.has("aux") else 1
