"""What an alert says of a milestone, in plain words: headline, figure, digits, what was known before."""

from __future__ import annotations

import re
from datetime import date
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

import yaml

from monitor.text.amounts import bounded, digits

if TYPE_CHECKING:
    from collections.abc import Mapping

    from monitor.model import Claim, Entity, Fact

_OPTIONAL = re.compile(r"\[([^\[\]]*)\]")
_SLOT = re.compile(r"\{(\w+)\}")
_PERIOD = re.compile(r"(FY)?(\d{4})(?:-(?:Q([1-4])|H([12])|(\d{2})(?:-(\d{2}))?))?")
_MONTHS = tuple(date(2000, month, 1).strftime("%B") for month in range(1, 13))
_ORDINALS = {"1": "first", "2": "second", "3": "third", "4": "fourth"}


@cache
def _templates() -> Mapping[str, Mapping[str, str]]:
    text = files("monitor.rules").joinpath("titles.yaml").read_text("utf-8")
    loaded: Mapping[str, Mapping[str, str]] = yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # noqa: S506 - safe, in C
    return loaded


def title(claim: Claim, fact: Fact, entities: Mapping[str, Entity]) -> str:
    """The headline; where the template asks for more than is known, metric, figure and names side by side."""
    words = _words(claim, fact, entities)
    told = _fill(_template(claim), words)
    if told is None:
        told = " ".join(part for part in (_plain(claim), words["figure"], words["what"], words["period"]) if part)
        told = f"{words['who']}: {told}" if words["who"] else told
    return told[:1].upper() + told[1:]


def _template(claim: Claim) -> str:
    metric = "loss" if claim.metric == "profit" and claim.value is not None and claim.value < 0 else claim.metric
    by_status = _templates().get(metric, {})
    by_act = by_status.get(f"act:{claim.act}") if claim.act and claim.status == "achieved" else None
    return by_act or by_status.get(claim.status, "{nothing}")


def _fill(template: str, words: Mapping[str, str]) -> str | None:
    """None where a required word is missing."""

    def filled(text: str) -> bool:
        return all(words.get(slot) for slot in _SLOT.findall(text))

    text = _OPTIONAL.sub(lambda match: next(filter(filled, match[1].split("|")), ""), template)
    if not filled(text):
        return None
    return _SLOT.sub(lambda match: words[match[1]], text)


def _words(claim: Claim, fact: Fact, entities: Mapping[str, Entity]) -> dict[str, str]:
    what = _things(claim, fact, entities)
    told = figure(claim) or ""
    return {
        "who": _who(claim, entities),
        "what": what,
        "of": _party(claim, entities),
        "figure": told.removeprefix("-") if claim.metric == "profit" else told,
        "count": f"{told.removesuffix(' units')} {what}" if what and claim.unit == "units" else told,
        "period": during(claim.period),
    }


def _party(claim: Claim, entities: Mapping[str, Entity]) -> str:
    """The other party or division; words of the article only where they look like a name."""
    if not claim.of or claim.of == claim.subject:
        return ""
    told = named(claim.of, entities)
    return told if claim.of in entities or (len(told) > 1 and not any(char.isdigit() for char in told)) else ""


def _who(claim: Claim, entities: Mapping[str, Entity]) -> str:
    product = entities.get(claim.product or "")
    id_ = claim.subject or (product.maker if product else None)
    name = named(id_, entities)
    entity = entities.get(id_ or "")
    article = entity is not None and entity.kind in {"government", "agency"} and not name.lower().startswith("the ")
    return f"the {name}" if article and " " in name and "'s" not in name else name


def _things(claim: Claim, fact: Fact, entities: Mapping[str, Entity]) -> str:
    names = [named(id_, entities) for id_ in fact.products] or [
        named(claim.product, entities) or claim.product_name or ""
    ]
    return f"{', '.join(names[:-1])} and {names[-1]}" if len(names) > 1 else names[0]


def named(id_: str | None, entities: Mapping[str, Entity]) -> str:
    """An entity's name; words that are no id as they stand; empty for None."""
    entity = entities.get(id_ or "")
    return entity.name if entity else id_ or ""


def _plain(claim: Claim) -> str:
    return claim.metric.replace("_", " ")


def figure(claim: Claim | Fact) -> str | None:
    """`more than 100,000 units`; None for an event."""
    return None if claim.value is None else bounded(claim.value, claim.value_max, claim.unit, claim.bound)


def in_digits(claim: Claim) -> tuple[str, ...]:
    """The figure, or both ends of a range, in full: `107,000`."""
    return tuple(digits(value) for value in (claim.value, claim.value_max) if value is not None)


def before(fact: Fact | None) -> str | None:
    """An earlier figure, who told it and when."""
    if fact is None:
        return None
    told = figure(fact) or fact.metric.replace("_", " ")
    period = f" {during(fact.period)}" if fact.period else ""
    status = "" if fact.status == "achieved" else f" ({fact.status})"
    return (
        f"{told}{period}{status}, {fact.outlet}, {fact.opened.day} {_MONTHS[fact.opened.month - 1]} {fact.opened.year}"
    )


def during(period: str | None) -> str:
    """A period with its preposition: `in 2025`, `in the second quarter of 2025`, `by 2027`, `to date`."""
    if not period:
        return ""
    if period == "cumulative":
        return "to date"
    if period.startswith("per "):
        return f"a {period.removeprefix('per ')}"
    first, slash, last = period.partition("/")
    if not slash:
        return _in(period)
    if first == "..":
        return f"by {_point(last)}"
    return f"since {_point(first)}" if last == ".." else f"from {_point(first)} to {_point(last)}"


def _in(period: str) -> str:
    match = _PERIOD.fullmatch(period)
    if match is None:
        return f"over {period}"
    return f"on {_point(period)}" if match[6] else f"in {_point(period)}"


def _point(period: str) -> str:
    match = _PERIOD.fullmatch(period)
    if match is None:
        return period
    fiscal, year, quarter, half, month, day = match.groups()
    of = f"fiscal {year}" if fiscal else year
    if quarter or half:
        return f"the {_ORDINALS[quarter or half]} {'quarter' if quarter else 'half'} of {of}"
    if month and 1 <= int(month) <= 12:
        return f"{int(day)} {_MONTHS[int(month) - 1]} {year}" if day else f"{_MONTHS[int(month) - 1]} {year}"
    return of
