"""What rulers have decided: decrees and obligations, unlike pending bills and what a president says he will do."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from monitor.claims.clausal.clauses import Clause
    from monitor.claims.speech import Speech
    from monitor.claims.tokens import Token

DECIDED = frozenset({"decided and announced", "decreed"})
"""Reasons for which what is still to come counts as achieved; its period lies ahead all the same."""
_BILLS = frozenset({"bill", "act", "legislation"})
_PRESIDENT = re.compile(r"(?i)\b(president|trump|lawmaker|senator)\b")
_FACING = ("face", "risk", "stand to", "would have to", "could have to", "may have to")


def pending(metric: str, clause: Clause, row: Sequence[Token]) -> bool:
    """ "A committee backed a bill that slaps a 40% surcharge on": what a bill does it does not do yet."""
    if metric != "tariff" or clause.mode != "relative" or not clause.tokens[0].index:
        return False
    bill = row[clause.tokens[0].index - 1]
    if bill.text.lower() not in _BILLS:
        return False
    return not any(t.text.lower().startswith(("sign", "enact", "became law")) for t in row[: bill.index])


def obliged(metric: str, clause: Clause, trigger: Token) -> bool:
    """ "AMD must hand 15% of its sales to the state": an obligation that is in force."""
    if metric not in ("tariff", "penalty"):
        return False
    ahead = [t for t in clause.tokens if t.index < trigger.index and t.has("future", "would", "may")]
    return bool(ahead) and ahead[-1].text.lower() == "must"


def decreed(metric: str, trigger: Token, row: Sequence[Token], rulers: frozenset[str]) -> bool:
    """ "will be prohibited under a decree that the ministry published": decided, whenever it begins."""
    if metric not in ("export_control", "tariff"):
        return False
    behind = row[trigger.index + 1 :]
    under = next((t.index for t in behind if t.text.lower() == "under"), None)
    if under is None or any(t.has("class:draftword") for t in behind):
        return False
    after = row[under + 1 : under + 12]
    return any(t.has("class:decreeing") for t in after) and any(t.entity in rulers for t in after)


def in_person(speech: Speech) -> bool:
    """Whether it is a politician, not an authority, who says what will be."""
    return any(_PRESIDENT.search(t.text) for t in speech.speaker)


def risks(metric: str, clause: Clause) -> bool:
    """ "KLA faces a fine if": as conditional as "would be fined if"."""
    verb = clause.verb
    return metric == "penalty" and verb is not None and verb.text.lower().startswith(_FACING)


def under_deal(row: Sequence[Token]) -> bool:
    """ "will receive 15% of its sales under an agreement that the companies accepted": no plan any more."""
    under = next((t for t in row if t.text.lower() in ("under", "as part of")), None)
    agreed = under is not None and any(t.has("class:contractword") for t in row[under.index : under.index + 5])
    return agreed and not any(t.has("plan", "talks", "would", "may", "if") for t in row)
