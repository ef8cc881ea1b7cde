"""Channels and routes of the file -> the words of `alerts`."""

from __future__ import annotations

import zoneinfo
from typing import TYPE_CHECKING

from alerts import model
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
            _zone(table.zone, ("alerts", "channels", name, "zone"), problem)
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


def routes(tables: Iterable[schema.RouteTable], names: set[str], problem: Problem) -> tuple[model.Route, ...]:
    """Every channel that a route names must exist."""
    return tuple(_route(index, table, names, problem) for index, table in enumerate(tables))


def _route(index: int, table: schema.RouteTable, names: set[str], problem: Problem) -> model.Route:
    at: Location = ("alerts", "routes", index)
    for name in table.to:
        if name not in names:
            problem((*at, "to"), words.unknown("channel", name, names))
    quiet, digest = table.quiet, table.digest
    if quiet is not None:
        _zone(quiet.zone, (*at, "quiet", "zone"), problem)
    if digest is not None:
        _zone(digest.zone, (*at, "digest", "zone"), problem)
        _cron(digest.cron, (*at, "digest", "cron"), problem)
    return model.Route(
        to=table.to,
        severity=table.severity,
        tags=table.tags,
        rules=table.rules,
        quiet=_quiet(quiet) if quiet else None,
        digest=model.Digest(cron=digest.cron, zone=digest.zone) if digest else None,
    )


def _quiet(table: schema.QuietTable) -> model.QuietHours:
    return model.QuietHours(start=table.start, end=table.end, zone=table.zone, days=table.days, pierce=table.pierce)


def ops(wanted: Iterable[str], names: set[str], problem: Problem) -> tuple[str, ...]:
    """The channels for the operator's notices."""
    for name in wanted:
        if name not in names:
            problem(("alerts", "ops"), words.unknown("channel", name, names))
    return tuple(wanted)


def _zone(name: str, location: Location, problem: Problem) -> None:
    try:
        zoneinfo.ZoneInfo(name)
    except (zoneinfo.ZoneInfoNotFoundError, ValueError):
        problem(location, f'"{name}" is no time zone; write for example Asia/Singapore')


def _cron(text: str, location: Location, problem: Problem) -> None:
    from apscheduler.triggers.cron import CronTrigger

    try:
        CronTrigger.from_crontab(text)
    except ValueError as error:
        problem(location, f'"{text}" is no cron expression ({error}); write for example "0 8 * * 1-5"')
