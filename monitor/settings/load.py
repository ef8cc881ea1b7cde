"""Reads the file and turns it into Settings, or into all its problems at once."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from alerts.model import ConsoleChannel, Delivering, Route
from monitor.errors import ConfigError
from monitor.feeds.network import Network
from monitor.model import Expect, Feed, Rule
from monitor.settings import delivering, source, watchlists, words
from monitor.settings.values import Poll, Settings

if TYPE_CHECKING:
    from monitor.settings.schema import FeedTable, File, RuleTable
    from monitor.settings.source import Location, Source

_CONSOLE = ConsoleChannel(name="console")


def shipped_path() -> Path:
    """The feeds.yaml that the package carries."""
    return Path(__file__).parent.parent / "data" / "feeds.yaml"


def load(path: Path, *, secrets: bool) -> Settings:
    """The settings of the file at `path`; ConfigError with every problem found.

    With `secrets`, `${NAME}` is taken from the environment and a missing variable is a problem; commands that send
    nothing leave it unread.
    """
    file = source.read(path, secrets=secrets)
    tables, problems = words.check(file)
    if tables is None:
        raise ConfigError(*_sorted(file, problems))
    loader = _Loader(file, tables)
    settings = loader.settings()
    problems = (*problems, *loader.problems)
    if problems:
        raise ConfigError(*_sorted(file, problems))
    return settings


def _sorted(file: Source, problems: tuple[str, ...]) -> list[str]:
    """In the order of the file."""

    def line(problem: str) -> int:
        number = problem.removeprefix(f"{file.path}:").partition(":")[0]
        return int(number) if number.isdigit() else 0

    return sorted(dict.fromkeys(problems), key=line)


@dataclass
class _Loader:
    file: Source
    tables: File

    def __post_init__(self) -> None:
        self.problems: list[str] = []

    def problem(self, location: Location, message: str) -> None:
        self.problems.append(self.file.problem(location, message))

    def settings(self) -> Settings:
        tables = self.tables
        lists = watchlists.convert(tables.watchlists, self.problem)
        channels = delivering.channels(tables.alerts.channels, self.problem)
        names = {channel.name for channel in channels} or {_CONSOLE.name}
        rules = self._rules({watchlist.name for watchlist in lists})
        return Settings(
            path=self.file.path,
            database=self.file.path.parent / tables.database,
            poll=Poll(
                every=tables.poll.every,
                min=tables.poll.min,
                max=tables.poll.max,
                jitter=tables.poll.jitter,
                host_gap=tables.poll.host_gap,
            ),
            network=self._network(),
            feeds=self._feeds(),
            watchlists=lists,
            rules=rules,
            delivering=Delivering(
                channels=channels or (_CONSOLE,),
                routes=delivering.routes(tables.alerts.routes, names, {rule.name for rule in rules}, self.problem)
                or (Route(to=tuple(channel.name for channel in channels or (_CONSOLE,))),),
                ops=delivering.ops(tables.alerts.ops, names, self.problem) or (() if channels else (_CONSOLE.name,)),
            ),
            max_age=tables.alerts.max_age,
        )

    def _network(self) -> Network:
        table = self.tables.network
        network = Network(timeout=table.timeout, max_body=table.max_body, allow_private=table.allow_private)
        return network if table.user_agent is None else replace(network, user_agent=table.user_agent)

    def _feeds(self) -> tuple[Feed, ...]:
        feeds: dict[str, Feed] = {}
        lines: dict[str, int] = {}
        for index, table in enumerate(self.tables.feeds):
            location = ("feeds", index, "url")
            if table.url in feeds:
                self.problem(location, f'"{table.url}" stands already in line {lines[table.url]}; keep one')
                continue
            feeds[table.url] = _feed(table)
            lines[table.url] = self.file.line(location)
        return tuple(feeds.values())

    def _rules(self, known: set[str]) -> tuple[Rule, ...]:
        from monitor.rules import default_rules

        tables = self.tables.milestones
        if tables is None:
            return default_rules()
        rules: dict[str, Rule] = {}
        for index, table in enumerate(tables):
            for rule in default_rules() if table.use else (self._rule(index, table),):
                if rule.name in rules:
                    self.problem(("milestones", index), f'a rule named "{rule.name}" stands already; rename one')
                rules[rule.name] = rule
            for name in (*table.watchlists, *([table.watchlist] if table.watchlist else [])):
                if name not in known:
                    where = "watchlist" if table.watchlist == name else "watchlists"
                    self.problem(("milestones", index, where), words.unknown("watchlist", name, known))
        return tuple(rules.values())

    def _rule(self, index: int, table: RuleTable) -> Rule:
        return Rule(
            name=table.name or "",
            metrics=table.metric,
            watchlist=table.watchlist,
            severity=table.severity,
            entities=table.entities,
            watchlists=table.watchlists,
            statuses=table.status,
            changes=table.changes,
            thresholds=tuple(int(step) if step == int(step) else step for step in table.thresholds),
            minimum=table.minimum,
            change_by=table.change_by,
            sources=table.sources,
            max_age=table.max_age,
            quiet=table.quiet,
            tags=table.tags,
            expect=tuple(
                Expect(
                    title=expect.title,
                    text=expect.text,
                    alert=expect.alert,
                    language=expect.lang,
                    after=expect.after,
                    line=self.file.line(("milestones", index, "expect", number)),
                )
                for number, expect in enumerate(table.expect)
            ),
        )


def _feed(table: FeedTable) -> Feed:
    from urllib.parse import urlsplit

    return Feed(
        url=table.url,
        name=table.name or urlsplit(table.url).hostname or table.url,
        every=table.every,
        tags=table.tags,
        language=table.language,
        trust=table.trust,
        headers=table.headers,
        user_agent=table.user_agent,
        encoding=table.encoding,
        max_items=table.max_items,
    )
