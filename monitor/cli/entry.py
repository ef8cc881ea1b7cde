"""The command `chipwire`: its commands, and errors as one clear line with the right exit status."""

from __future__ import annotations

import importlib
import logging
import os
import sys
from typing import TYPE_CHECKING

import typer

from monitor import __version__
from monitor.errors import ConfigError, MonitorError

if TYPE_CHECKING:
    from collections.abc import Sequence

FAILED, MISUSED, INTERRUPTED = 1, 2, 130

COMMANDS = {
    "run": "daemon",
    "demo": "demo",
    "check": "check",
    "feeds": "feeds",
    "watchlist": "watchlist",
    "extract": "extract",
    "replay": "replay",
    "milestones": "milestones",
    "search": "questions",
    "stories": "questions",
    "why": "why",
    "alerts": "alerts",
    "status": "status",
}
"""Command -> the module that registers it."""


def command_line(only: str | None = None) -> typer.Typer:
    """All commands, or `only` one: what is not called need not be loaded."""
    app = typer.Typer(
        name="chipwire",
        help="Watches news feeds for AI chips and export controls, and tells each milestone once.",
        no_args_is_help=True,
        pretty_exceptions_enable=False,
        rich_markup_mode=None,
        context_settings={"help_option_names": ["-h", "--help"]},
    )
    app.callback(invoke_without_command=True)(_version)
    for module in dict.fromkeys(COMMANDS.values()) if only is None else (COMMANDS[only],):
        importlib.import_module(f"monitor.cli.{module}").register(app)
    return app


def _version(
    version: bool = typer.Option(False, "--version", help="Print the version and exit.", is_eager=True),
) -> None:
    if version:
        typer.echo(f"chipwire {__version__}")
        raise typer.Exit


def run(arguments: Sequence[str]) -> int:
    """Exit status of the command line `arguments`."""
    _logging()
    try:
        app = command_line(arguments[0] if arguments and arguments[0] in COMMANDS else None)
        result = typer.main.get_command(app).main(list(arguments), prog_name="chipwire", standalone_mode=False)
        sys.stdout.flush()
    except typer.Exit as stop:
        return stop.exit_code
    except (typer.Abort, KeyboardInterrupt):
        return INTERRUPTED
    except typer.TyperException as error:
        show = getattr(error, "show", None)
        show() if show else typer.echo(str(error), err=True)
        return MISUSED
    except BrokenPipeError:
        # The reader of a pipe went away (`| head`); Python would complain once more when it flushes at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return FAILED
    except ConfigError as error:
        typer.echo(str(error), err=True)
        return MISUSED
    except MonitorError as error:
        typer.echo(f"chipwire: {error}", err=True)
        return FAILED
    return result if isinstance(result, int) else 0


def _logging() -> None:
    logging.basicConfig(
        level=logging.WARNING, format="%(asctime)s %(levelname)s %(name)s: %(message)s", stream=sys.stderr
    )
    for name in ("httpx", "httpcore", "apprise", "apscheduler"):
        logging.getLogger(name).setLevel(logging.WARNING)
    # What Slack answers is told by the channel, with a remedy; the library would say it once more.
    logging.getLogger("slack_sdk").setLevel(logging.CRITICAL)
