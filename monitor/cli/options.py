"""Options that several commands share, and the settings they lead to."""

from __future__ import annotations

from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from monitor.errors import ConfigError

if TYPE_CHECKING:
    from monitor.settings import Settings

DEFAULT_CONFIG = Path("feeds.yaml")


class Format(StrEnum):
    """How rows are written."""

    TABLE = "table"
    JSON = "json"
    CSV = "csv"


Config = Annotated[Path, typer.Option("--config", "-c", help="The configuration file.", readable=False)]
OutputFormat = Annotated[Format, typer.Option("--format", "-f", help="For people, programs or spreadsheets.")]
Entity = Annotated[str | None, typer.Option(help="Only this entity id, for example huawei or nvidia-h20.")]
Metric = Annotated[str | None, typer.Option(help="Only this metric, for example shipments.")]
Since = Annotated[str | None, typer.Option(help="Only from then on: 36h, 7d, 2026-05-01.")]
Limit = Annotated[int, typer.Option(min=1, max=100_000, help="At most so many rows.")]


def settings_for(config: Path, *, secrets: bool = False, shipped: bool = False) -> Settings:
    """The settings of `config`; with `shipped`, those of the package where nobody named a file and none is here.

    ConfigError says what is wrong, or that there is no file and how to get one.
    """
    from monitor.settings import load, shipped_path

    if config == DEFAULT_CONFIG and not config.exists():
        if shipped:
            return load(shipped_path(), secrets=False)
        raise ConfigError(
            f"no {config} here; copy the shipped one (cp {shipped_path()} .) or name yours with --config PATH"
        )
    return load(config, secrets=secrets)


def database_of(config: Path) -> Path:
    """Where the desk's database is, even while an edit of the file is broken: the daemon runs on the last good one.

    ConfigError when there is no file.
    """
    from monitor.settings.source import read

    try:
        return settings_for(config).database
    except ConfigError:
        if not config.exists():
            raise
    try:
        named = read(config, secrets=False).data.get("database")
    except ConfigError:
        named = None
    return config.parent / (named if isinstance(named, str) and named else "chipwire.db")


def moment(text: str | None, now: datetime) -> datetime | None:
    """`36h`, `7d` before `now`, or an ISO date or time (UTC by default); ConfigError for anything else."""
    if text is None:
        return None
    from monitor.settings import parse_duration

    try:
        return now - parse_duration(text)
    except ValueError:
        pass
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        raise ConfigError(f'--since "{text}": write for example 36h, 7d or 2026-05-01') from None
    return found.astimezone(UTC) if found.tzinfo else found.replace(tzinfo=UTC)


def until(text: str, now: datetime) -> datetime:
    """`now` plus a duration; ConfigError for anything else."""
    from monitor.settings import parse_duration

    try:
        return now + parse_duration(text)
    except ValueError as error:
        raise ConfigError(f'"{text}": {error}') from error


def utc_now() -> datetime:
    """The clock of commands."""
    return datetime.now(UTC)
