"""Claims in a line of words, as the examples write them."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from monitor.model import Claim


def told(claim: Claim) -> str:
    """`shipments alibaba/zhenwu-810e 100000 units bound=at_least`: what goes without saying is left out."""
    parts = [claim.metric, (claim.subject or "-") + (f"/{claim.product}" if claim.product else "")]
    if claim.value is not None:
        parts.append(f"{claim.value:.12g}" + (f"..{claim.value_max:.12g}" if claim.value_max is not None else ""))
        parts.append(claim.unit)
    parts += [f"status={claim.status}"] * (claim.status != "achieved")
    parts += [f"bound={claim.bound}"] * (claim.bound != "exact")
    parts += [f"period={claim.period}"] * bool(claim.period)
    return " ".join(parts)
