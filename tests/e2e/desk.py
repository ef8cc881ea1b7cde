"""A desk as a user has it: a folder with feeds.yaml, a database and the program, run as a process of its own."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).parents[2]


class Desk:
    """Feeds of `server`, alerts as JSON Lines in `alerts.jsonl`."""

    def __init__(self, folder: Path, server: Any) -> None:
        self.folder, self.server = folder, server
        self.alerts = folder / "alerts.jsonl"
        self.environment = {"PATH": "/usr/bin:/bin", "PYTHONPATH": str(ROOT), "HOME": str(folder)}

    def write(self, feeds: dict[str, str], channels: dict[str, Any] | None = None, **more: Any) -> None:
        channels = channels or {"file": {"kind": "jsonl", "path": str(self.alerts)}}
        config = {
            "database": "desk.db",
            "poll": {"every": "1s", "min": "500ms"},
            "network": {"allow_private": ["127.0.0.0/8"]},
            "feeds": [{"url": self.server.url + path, "name": name} for path, name in feeds.items()],
            "watchlists": [{"use": "chips"}, {"use": "companies"}, {"use": "export-controls"}],
            "alerts": {"channels": channels, "routes": [{"to": list(channels)}], "ops": list(channels)},
        } | more
        part = self.folder / "feeds.yaml.part"
        part.write_text(json.dumps(config))
        part.rename(self.folder / "feeds.yaml")

    def run(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "monitor", *arguments],
            cwd=self.folder,
            env=self.environment,
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )

    def json(self, *arguments: str) -> Any:
        done = self.run(*arguments, "--format", "json")
        assert done.stdout, done.stderr
        return json.loads(done.stdout)

    def start(self) -> subprocess.Popen[str]:
        with (self.folder / "daemon.log").open("a") as log:
            return subprocess.Popen(
                [sys.executable, "-m", "monitor", "run"], cwd=self.folder, env=self.environment, stderr=log, text=True
            )

    def log(self) -> str:
        return (self.folder / "daemon.log").read_text()

    def messages(self) -> list[dict[str, Any]]:
        if not self.alerts.exists():
            return []
        return [json.loads(line) for line in self.alerts.read_text().splitlines()]

    def told(self) -> list[str]:
        """Titles of the alerts of every message, edits left out."""
        return [
            alert["title"]
            for message in self.messages()
            if message["event"] == "message"
            for alert in message["alerts"]
        ]


def until(condition: Callable[[], Any], seconds: float = 30.0) -> Any:
    """What `condition` answers once it is true; fails when it is not in time."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        found = condition()
        if found:
            return found
        time.sleep(0.05)
    raise AssertionError(f"not in {seconds} s: {condition}")


def end(daemon: subprocess.Popen[str], number: signal.Signals = signal.SIGTERM) -> int:
    """Exit status of a daemon that is told to end."""
    daemon.send_signal(number)
    return daemon.wait(30)
