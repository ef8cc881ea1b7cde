"""Channels and routes of the file -> the words of `alerts`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from alerts import model
from alerts.errors import ChannelConfigError
from alerts.policy import hours
from monitor.settings import schema, words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from monitor.settings.source import Location

    Problem = Callable[[Location, str], None]


def channels(tables: Mapping[str, schema.ChannelTable], problem: Problem) -> tuple[model.Channel, ...]:
    """In the order of the file."""
    return tuple(_channel(name, table, problem) for name, table in tables.items())


def _channel(name: str, table: schema.ChannelTable, problem: Problem) -> model.Channel:
    match table:
        case schema.SlackTable():
            _timing(model.Digest(cron="0 8 * * *", zone=table.zone), ("alerts", "channels", name, "zone"), problem)
            return model.SlackChannel(
                name=name,
                token=table.token,
                channel=table.channel,
                api_url=table.api_url if table.api_url.endswith("/") else table.api_url + "/",
                on_ambiguous=table.on_ambiguous,
                zone=table.zone,
            )
        case schema.ConsoleTable():
            return model.ConsoleChannel(name=name)
        case schema.JsonlTable():
            return model.JsonlChannel(name=name, path=table.path)
        case schema.WebhookTable():
            return model.WebhookChannel(name=name, url=table.url, secret=table.secret)
        case schema.AppriseTable():
            return model.AppriseChannel(name=name, url=table.url)
        case schema.AtomTable():
            return model.AtomChannel(name=name, path=table.path, keep=table.keep)


def routes(
    tables: Iterable[schema.RouteTable], names: set[str], rules: set[str], problem: Problem
) -> tuple[model.Route, ...]:
    """Every channel and rule that a route names must exist."""
    return tuple(_route(index, table, names, rules, problem) for index, table in enumerate(tables))


def _route(index: int, table: schema.RouteTable, names: set[str], rules: set[str], problem: Problem) -> model.Route:
    at: Location = ("alerts", "routes", index)
    for name in table.to:
        if name not in names:
            problem((*at, "to"), words.unknown("channel", name, names))
    for rule in table.rules:
        if rule not in rules:
            problem((*at, "rules"), words.unknown("rule", rule, rules))
    quiet = _quiet(table.quiet) if table.quiet else None
    digest = model.Digest(cron=table.digest.cron, zone=table.digest.zone) if table.digest else None
    for part, timing in (("quiet", quiet), ("digest", digest)):
        if timing is not None:
            _timing(timing, (*at, part), problem)
    return model.Route(
        to=table.to,
        severity=table.severity,
        tags=table.tags,
        rules=table.rules,
        quiet=quiet,
        digest=digest,
    )


def _quiet(table: schema.QuietTable) -> model.QuietHours:
    return model.QuietHours(start=table.start, end=table.end, zone=table.zone, days=table.days, pierce=table.pierce)


def ops(wanted: Iterable[str], names: set[str], problem: Problem) -> tuple[str, ...]:
    """The channels for the operator's notices."""
    for name in wanted:
        if name not in names:
            problem(("alerts", "ops"), words.unknown("channel", name, names))
    return tuple(wanted)


def _timing(timing: model.QuietHours | model.Digest, location: Location, problem: Problem) -> None:
    try:
        hours.validate(timing)
    except ChannelConfigError as error:
        problem(location, str(error))
