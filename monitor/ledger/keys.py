"""Names of facts: stable, readable, derived from content and never from time."""

from __future__ import annotations

import re
from hashlib import blake2b
from typing import TYPE_CHECKING

from monitor.text.fold import folded

if TYPE_CHECKING:
    from collections.abc import Callable

    from monitor.ledger.kinship import Kinship
    from monitor.model import Claim, Number, StatusClass

_NOT_SLUG = re.compile(r"[^a-z0-9]+")

CLASSES: dict[str, StatusClass] = {
    "achieved": "done",
    "planned": "ahead",
    "forecast": "ahead",
    "conditional": "ahead",
    "denied": "not",
}


def lookup_keys(claim: Claim, kin: Kinship) -> tuple[str, ...]:
    """What a claim's fact is found by: its actor first, then its maker, other party, product and families."""
    actor = kin.actor(claim.subject, claim.product)
    maker = kin.root(kin.maker(claim.product))
    party = kin.root(claim.of) if claim.of and kin.known(claim.of) else ""
    keys = dict.fromkeys(key for key in (actor, maker, party, *kin.family(claim.product)) if key)
    return tuple(keys) or ("?",)


def fact_key(claim: Claim, kin: Kinship, taken: Callable[[str], bool]) -> str:
    """`shipments.alibaba.zhenwu-810e.100000.1f3a9c2e`, with `.2` for the second of equal content, and so on."""
    thing = claim.product or folded(claim.product_name or "")
    actor = kin.actor(claim.subject, claim.product)
    status = CLASSES[claim.status]
    content = (
        claim.metric, actor, thing, claim.of or "", _figure(claim.value), _figure(claim.value_max), claim.unit,
        claim.bound, status, claim.period or "", claim.act or "",
    )  # fmt: skip
    digest = blake2b(repr(content).encode(), digest_size=4).hexdigest()
    words = (claim.metric, actor, thing, _figure(claim.value), status)
    base = ".".join([*(slug for word in words if (slug := _slug(word))), digest])
    key, number = base, 1
    while taken(key):
        number += 1
        key = f"{base}.{number}"
    return key


def _figure(value: Number | None) -> str:
    return "" if value is None else f"{value:.15g}"


def _slug(word: str) -> str:
    return _NOT_SLUG.sub("-", word.lower()).strip("-")[:40]
