"""`chipwire demo`."""

from __future__ import annotations

from typing import Annotated

import typer

from monitor.cli import options
from monitor.cli.options import DEFAULT_CONFIG

STOPPED = 130
"""Exit status of a demo that was stopped before its end, as of any interrupted command."""


def register(app: typer.Typer) -> None:
    """Adds the command."""
    app.command(epilog="Example: chipwire demo --speed 4")(demo)


def demo(
    speed: Annotated[
        float, typer.Option(min=0.1, max=20, help="1: the recorded morning passes in three minutes; 4: in 45 seconds.")
    ] = 1,
    port: Annotated[int, typer.Option(min=0, max=65535, help="Of the recorded feeds; 0: any that is free.")] = 0,
    config: options.Config = DEFAULT_CONFIG,
) -> int:
    """Run the daemon over recorded feeds on this machine, alerts in this terminal: no network, no token."""
    from monitor.demo.show import show

    over = show(options.settings_for(config, shipped=True), speed=speed, port=port)
    return 0 if over else STOPPED
