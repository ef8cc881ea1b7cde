"""What a name does in its sentence: read from the particle behind it or the preposition before it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from monitor.claims.marked.segments import STOPS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from monitor.claims.lexicon import Lexicon
    from monitor.claims.tokens import Token
    from monitor.claims.world import World

Role = Literal["subject", "owner", "bare", "agent", "oblique", "source", "foreign", "stock"]
"""`bare`: no mark at all, as in headlines; `foreign`: the subject is off the watchlists; `stock`: of its share."""
_LISTED = re.compile(r"[·,、・] ?\S{1,14} ?(?:등|など)(?:에|과|으로|에서|로부터|に|と|へ|から)")
"""A name in a list whose last member carries the particle: "삼성전자·SK 등에"."""
_PLACED = re.compile(r" [가-힣A-Za-z]{1,8}(?:에서|에게|에|으로|로|와|과)(?= )")
"""A noun that a Korean name only describes, in a place: "삼성전자 공장에 보내"."""
_MEMBERS = re.compile(r"の?[一-龠]{0,6}議員| ?(?:하원|상원)? ?의원")
"""Members of a house are not the house: "米下院の超党派議員は"."""
_OF_COUNTRY = re.compile(r"製|産|企業|メーカー|勢(?![いよ])|市場|国内|산 |제 | ?(?:기업|업체|시장|내 |현지)")
"""What makes a country's name tell only where something is from: "中国製の半導体", "중국산 반도체"."""
_SHARES = frozenset({"주가", "주식", "株", "aktie", "aktien", "papiere"})
_OPENS = frozenset(",、，「『\"“‘'")
"""What stands behind the first name of a headline, which acts or speaks."""
_CLOSERS = frozenset("」』”\"'’)）》»")


@dataclass(frozen=True, slots=True)
class Named:
    token: Token
    role: Role


class Marks:
    """The particles and prepositions of a language, longest first."""

    def __init__(self, words: Lexicon) -> None:
        self.spaced = words.spaced
        after = {role: marks for role, marks in words.particles.items() if role != "titles"}
        self._after = {role: sorted(marks, key=len, reverse=True) for role, marks in after.items()}
        titles = sorted(words.particles.get("titles", ()), key=len, reverse=True)
        self._titles = re.compile(rf"(?:[の ・]?(?:{'|'.join(map(re.escape, titles))}))+") if titles else None

    def role(self, row: Sequence[Token], at: int, text: str) -> Role:
        return self._before(row, at) if self.spaced else self._behind(row, at, text)

    def governs(self, row: Sequence[Token], at: int) -> bool:
        """ "Chinas Behörden", "Pekings Führung": who acts for the country that owns it."""
        after = row[at + 1] if at + 1 < len(row) else None
        return self.spaced and after is not None and after.has("authority")

    def _behind(self, row: Sequence[Token], at: int, text: str) -> Role:
        """The particle that follows the name, a bracket with its other name, or its quotation mark."""
        place = _past_brackets(text, row[at].end)
        if _MEMBERS.match(text, place):
            return "oblique"
        best = self._particle(text, place)
        title = self._titles.match(text.lower(), place) if self._titles else None
        if title is not None:
            behind = _past_brackets(text, title.end())
            held = self._particle(text, behind)
            if held[0] and title.end() - place + held[0] > best[0]:
                best = held
            elif not held[0] and text[behind : behind + 1] in (",", "、", "，"):
                return "subject"
        if best[0]:
            return best[1]
        if _LISTED.match(text, place) or _PLACED.match(text, place):
            return "oblique"
        opens = at <= 1 and text[place : place + 2].lstrip()[:1] in _OPENS
        return "subject" if opens else "bare"

    def _particle(self, text: str, place: int) -> tuple[int, Role]:
        """The longest particle at a place, with its length; no particle is length 0."""
        best: tuple[int, Role] = (0, "bare")
        for role, particles in self._after.items():
            found = next((p for p in particles if text.startswith(p, place)), "")
            if len(found) > best[0]:
                best = len(found), role  # type: ignore[assignment]
        return best

    def _before(self, row: Sequence[Token], at: int) -> Role:
        """The preposition before the name, over articles and what describes it."""
        genitive = row[at].end - row[at].start > len(row[at].text)
        if row[at].possessive or genitive:
            return "owner"
        if at > 1 and row[at - 1].has("and") and row[at - 2].kind == "name":
            return self._before(row, at - 2)
        for token in reversed(row[max(0, at - 4) : at]):
            if token.has("agent"):
                return "agent"
            if token.has("of", "at"):
                return "owner"
            if token.has("connective"):
                break
            if token.has("prep"):
                return "oblique"
            if token.has("source"):
                return "source"
            if token.kind in ("mark", "figure", "name", "period") or token.has("and") or _verb(token):
                break
        return "subject"


def _verb(token: Token) -> bool:
    return token.has("verb", "link", "say", "aux") or any(e.pos == "verb" for e in token.entries)


def _past_brackets(text: str, place: int) -> int:
    """Past closing quotes and a bracket behind a name: 「H20」の, カンブリコン（寒武紀）が."""
    for _ in range(3):
        while place < len(text) and text[place] in _CLOSERS:
            place += 1
        if place < len(text) and text[place] in "(（":
            close = min((i for i in (text.find(")", place), text.find("）", place)) if i >= 0), default=-1)
            if 0 <= close - place < 30:
                place = close + 1
                continue
        break
    return place


def names(row: Sequence[Token], text: str, marks: Marks, world: World) -> list[Named]:
    """The organisations that a sentence names, with what they do in it; off-list subjects as `foreign`."""
    found: list[Named] = []
    for at, token in enumerate(row):
        if token.actor and _OF_COUNTRY.match(text, token.end):
            continue
        if token.kind == "name" and world.is_org(token.entity) and not token.modifier:
            if marks.spaced and token.actor and text[token.end : token.end + 1] == "-":
                continue  # "China-Erlöse"
            role: Role = "subject" if marks.governs(row, at) else marks.role(row, at, text)
            found.append(Named(token, role))
        elif token.kind == "name" and token.modifier and row[at + 1].text.lower() in _SHARES:
            found.append(Named(token, "stock"))
        elif token.has("foreign") or (marks.spaced and _foreign(row, at)):
            role = "foreign" if marks.role(row, at, text) in ("subject", "owner", "bare", "agent") else "oblique"
            if role == "foreign":
                found.append(Named(token, role))
    return found


def _foreign(row: Sequence[Token], at: int) -> bool:
    """A capital word of no table that opens a clause right before its verb: "Bosch investiert"."""
    token = row[at]
    if token.kind != "word" or not token.capital or len(token.text) < 2:
        return False
    before = row[at - 1] if at else None
    after = row[at + 1] if at + 1 < len(row) else None
    opens = before is None or before.text in STOPS or before.text == "," or before.has("and")
    return opens and after is not None and after.kind == "phrase" and _verb(after)
