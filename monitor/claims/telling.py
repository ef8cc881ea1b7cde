"""What the claims of an article say of each other: figures put aside or corrected."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from monitor.claims.draft import Drawn
    from monitor.model import Claim


PARTIES = frozenset({"deal", "acquisition"})
"""Metrics whose claims are told apart by the other party."""


_ASIDE = "status: a figure put aside by not"


TAKEN_BACK = ("status: taken back", _ASIDE)


_FAR = 100
"""Farther apart two figures are not set against each other."""


def put_aside(drawn: Sequence[Drawn]) -> list[Drawn]:
    """ "can make 170,000 wafers a month, not 200,000": the bare figure is of metric and unit of the one beside it."""
    return [
        item if (beside := _beside(item, drawn)) is None else replace(
            item,
            claim=replace(
                item.claim, metric=beside.metric, unit=beside.unit, product=beside.product, period=beside.period
            ),
        )
        for item in drawn
    ]  # fmt: skip


def _beside(item: Drawn, drawn: Sequence[Drawn]) -> Claim | None:
    claim = item.claim
    if claim.value is None or claim.unit != "units" or _ASIDE not in item.reasons:
        return None
    for other in (d.claim for d in drawn):
        if (
            (other.evidence, other.subject) == (claim.evidence, claim.subject)
            and other.status != "denied"
            and (other.metric, other.unit) != (claim.metric, claim.unit)
            and other.value is not None
            and claim.value / _FAR < other.value < claim.value * _FAR
        ):
            return other
    return None


def corrected(drawn: Sequence[Drawn]) -> list[Drawn]:
    """The claims with the figure that each corrects: one taken back beside it, of its metric, subject and unit."""
    wrong = [d.claim for d in drawn if d.claim.status == "denied" and any(r in TAKEN_BACK for r in d.reasons)]
    done: list[Drawn] = []
    for item in drawn:
        claim = item.claim
        old = next(
            (
                w for w in wrong
                if claim.status != "denied"
                and (w.metric, w.subject, w.unit) == (claim.metric, claim.subject, claim.unit)
            ),
            None,
        )  # fmt: skip
        done.append(item if old is None else replace(item, claim=replace(claim, corrects=old.value)))
    return done
