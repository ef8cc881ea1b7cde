"""Claims of acts, which need no figure."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from monitor.claims.draft import Drawn
from monitor.claims.frames import Bond, figure_kind
from monitor.claims.marked import aside, cues, standing, times
from monitor.claims.marked.ground import allowed
from monitor.claims.marked.party import party
from monitor.claims.marked.speakers import Speakers
from monitor.claims.metrics import EVENTS, RULER_METRICS
from monitor.claims.persons import Person, subjects_for
from monitor.model import Claim

if TYPE_CHECKING:
    from monitor.claims.lexicon import Entry
    from monitor.claims.tokens import Token

_REMINDERS = frozenset({"als", "nachdem", "seit", "seitdem", "weil", "depuis", "lorsque"})
_MONEY = frozenset({"money"})
_UNTIL = r"(?:년|달|개월|주|일|해|분기)\s?(?:여\s?)?(?:반\s?)?(?:만에|만|동안|째|차|뒤|간|새|사이)"
_LONG_OUT = {
    "ko": re.compile(
        r"[가-힣]{0,2}\s?(?:(?:이후|이래)(?!\s?첫)|(?:지|후|이후|뒤)?\s?(?:첫\s?(?:달|해|주|날|분기)"
        r"|(?:\d+|반|한|두|세|석|네|넉|다섯|여섯|몇)\s?(?:여\s?)?" + _UNTIL + "))"
    ),
    "ja": re.compile(r"[ぁ-ん]{0,3}(?:以来|以降|から(?:\d+|半|数|[一二三四五六七八九十]+)(?:年|カ月|か月|ヶ月|週間))"),
}
"""What stands behind an act that other news are counted from: "출시 반년 만에", 施行以来."""


class Acts(Speakers):
    """Makes claims of the acts of a sentence."""

    def _acts(self, counted: set[str | None]) -> None:
        told: set[tuple[str | None, str | None, str | None]] = set()
        for token in self.ground.row[::-1] if self.ground.verb_final else self.ground.row:
            if self.ground.segments[token.clause].mode == "if":
                continue
            if self._background(token) or self._alone_in_quotes(token) or aside.for_what(token, self.ground):
                continue
            for entry in token.entries:
                if entry.metric not in EVENTS or not allowed(entry, token, self.ground):
                    continue
                if aside.only_named(token, entry, self.ground):
                    continue
                if any(bond.trigger is token for bond in self.bonds) or self._only_says(token):
                    continue
                if entry.metric == "acquisition" and (counted & {"deal", "orders", "growth"} or self.carried.bought):
                    continue
                if entry.metric == "export_control" and ("listed_entities" in counted or self._counts_entities()):
                    continue
                if entry.metric == "export_control" and self.carried.listed and not self._names_thing():
                    continue
                if entry.metric == "ipo" and "funding" in counted and self.ground.verb_final:
                    continue
                self._act(token, entry, told)

    @property
    def announced(self) -> bool:
        """Whether the sentence tells that somebody has said something."""
        return any(t.has("say") for t in self.ground.row)

    def _names_thing(self) -> bool:
        return any(t.kind == "name" and self.world.is_thing(t.entity) for t in self.ground.row)

    def _background(self, token: Token) -> bool:
        """ "…, als der Konzern das Netzwerk übernahm", "출시 반년 만에": what is only reminded of."""
        if self.ground.verb_final:
            pattern = _LONG_OUT.get(self.ground.language)
            return pattern is not None and pattern.match(self.ground.text, token.end) is not None
        words = [t for t in self.ground.segments[token.clause].tokens if t.kind != "mark"]
        if self.place.field == "text" and any(t.has("pluperfect") for t in words):
            return True
        return bool(words) and words[0].text.lower() in _REMINDERS and words[0].index > 0

    def _alone_in_quotes(self, token: Token) -> bool:
        """ "lässt ASML auf „Kaufen“": a word that is only quoted."""
        row = self.ground.row
        if not 0 < token.index < len(row) - 1 or self.ground.verb_final:
            return False
        return row[token.index - 1].text in '„“"»«' and row[token.index + 1].text in '“”"«»'

    def _only_says(self, token: Token) -> bool:
        """ "発売すると発表した": that something is announced, told behind what it is."""
        before = self.place.text[max(0, token.start - 3) : token.start].rstrip()
        return token.has("say") and self.ground.verb_final and before.endswith(("と", "고", "라며", "とも"))

    def _counts_entities(self) -> bool:
        """Whether a headline counts who is listed: "中国、米企業15社に取引制限"."""
        return self.place.field == "title" and any(figure_kind(t) == "entities" for t in self.ground.row if t.figure)

    def _act(self, token: Token, entry: Entry, told: set[tuple[str | None, str | None, str | None]]) -> None:
        bond = Bond(token, token, entry, 0)
        if cues.unconfirmed(bond, self.ground):
            return
        person = self.persons.subject(bond)
        if aside.of_others(bond, person, self.ground):
            return
        for thing in self.things.things(bond, person):
            self._act_on(bond, person, thing, told)

    def _act_on(
        self, bond: Bond, person: Person, thing: str | None, told: set[tuple[str | None, str | None, str | None]]
    ) -> None:
        token, entry = bond.trigger, bond.entry
        subjects = subjects_for(entry, person, thing, self.world)
        if isinstance(subjects, str):
            return
        for subject in subjects:
            if (entry.metric, subject, thing) in told:
                continue
            told.add((entry.metric, subject, thing))
            when = times.period_token(bond, self.ground)
            published = self.carried.article.published
            ahead = entry.metric not in RULER_METRICS and times.lies_ahead(
                when.period if when else None, published.date() if published else None
            )
            verdict = standing.status_of(
                bond, self.ground, outsider=self._outsider(subject), ahead=ahead, earlier=False,
                unnamed=self._unnamed(), rules=self._rules(entry.metric, subject),
            )  # fmt: skip
            claim = Claim(
                metric=entry.metric or "", subject=subject, product=thing, status=verdict.status,
                period=times.read(
                    when, entry.metric or "", self.world, subject=subject, status=verdict.status,
                    announced=self.announced,
                ),
                attribution=self._source(), evidence=self.place.evidence, field=self.place.field,
                act=self._step(bond), voice=self._voice(subject),
                of=party(entry.metric or "", token, subject, self.ground),
            )  # fmt: skip
            reasons = (f"subject: {person.reason}", f"status: {verdict.reason}")
            self.drawn.append(Drawn(claim=claim, pattern=entry.id, tokens=(token.text,), reasons=reasons))
            if entry.metric == "acquisition":
                self.world.entry = replace(entry, metric="deal", id="deal:noun:price", pos="noun", fits=_MONEY)
