"""The words of chipwire as frozen values; everything that passes between rooms is one of these.

Each is loaded when it is first named: making fifty such classes takes as long as asking fifty feeds.
"""

import importlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from monitor.model.articles import (
        Article,
        Field,
    )
    from monitor.model.claims import (
        Bound,
        Claim,
        Metric,
        Number,
        Status,
        Voice,
    )
    from monitor.model.feeds import (
        Entry,
        Failed,
        FailureKind,
        Feed,
        Fetched,
        Hints,
        Identified,
        KeyKind,
        Notice,
        NoticeKind,
        PollJob,
        PollResult,
        PollState,
        Remembered,
        Sorted,
        Step,
        Trust,
        Unchanged,
        Validators,
    )
    from monitor.model.findings import (
        Findings,
        TraceLine,
        Withdrawn,
    )
    from monitor.model.ledger import (
        Fact,
        Finding,
        LedgerEntry,
        Review,
        StatusClass,
    )
    from monitor.model.rules import (
        Change,
        Expect,
        Rule,
    )
    from monitor.model.stories import (
        Merge,
        Near,
        Placing,
        Sketch,
        StoryRole,
    )
    from monitor.model.watchlists import (
        Entity,
        EntityKind,
        Hit,
        Mention,
        Reading,
        Rejected,
    )

__all__ = [
    "Article",
    "Bound",
    "Change",
    "Claim",
    "Entity",
    "EntityKind",
    "Entry",
    "Expect",
    "Fact",
    "Failed",
    "FailureKind",
    "Feed",
    "Fetched",
    "Field",
    "Finding",
    "Findings",
    "Hints",
    "Hit",
    "Identified",
    "KeyKind",
    "LedgerEntry",
    "Mention",
    "Merge",
    "Metric",
    "Near",
    "Notice",
    "NoticeKind",
    "Number",
    "Placing",
    "PollJob",
    "PollResult",
    "PollState",
    "Reading",
    "Rejected",
    "Remembered",
    "Review",
    "Rule",
    "Sketch",
    "Sorted",
    "Status",
    "StatusClass",
    "Step",
    "StoryRole",
    "TraceLine",
    "Trust",
    "Unchanged",
    "Validators",
    "Voice",
    "Withdrawn",
]

_WORDS = {
    "articles": "Article Field",
    "claims": "Bound Claim Metric Number Status Voice",
    "feeds": "Entry Failed FailureKind Feed Fetched Hints Identified KeyKind Notice NoticeKind PollJob PollResult"
    " PollState Remembered Sorted Step Trust Unchanged Validators",
    "findings": "Findings TraceLine Withdrawn",
    "ledger": "Fact Finding LedgerEntry Review StatusClass",
    "rules": "Change Expect Rule",
    "stories": "Merge Near Placing Sketch StoryRole",
    "watchlists": "Entity EntityKind Hit Mention Reading Rejected",
}
_HOMES = {word: module for module, words in _WORDS.items() for word in words.split()}


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(importlib.import_module(f"{__name__}.{_HOMES[name]}"), name)
    globals()[name] = value
    return value
