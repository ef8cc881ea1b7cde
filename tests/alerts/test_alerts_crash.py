"""kill -9 at every step of the state machine: nothing lost, nothing doubled."""

from __future__ import annotations

import os
import random
import re
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

from alerts_make import Box

from alerts import outbox

if TYPE_CHECKING:
    from alerts_slack_server import SlackServer

HERE = Path(__file__).parent


def deliver(mode: str, path: Path, server: SlackServer) -> int:
    server.ahead = 1e6  # the lives below run ahead of the clock, and Slack must not seem to be behind
    done = subprocess.run(
        [sys.executable, str(HERE / "alerts_crash_child.py"), mode, str(path), server.url],
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
        env={**os.environ, "PYTHONPATH": os.pathsep.join([str(HERE), str(HERE.parents[1])])},
    )
    assert done.returncode == 0, done.stderr[-3_000:]
    return int(done.stdout)


def told(server: SlackServer) -> Counter[int]:
    """How often each alert was told, by its figure."""
    figures = (re.findall(r"(?<![\d,])1\d\d,\d{3}(?![\d,])", str(message["text"])) for message in server.messages)
    return Counter(int(figure.replace(",", "")) - 100_000 for found in figures for figure in found)


def balanced(path: Path, count: int) -> None:
    box = Box(path)
    assert outbox.counts(box.conn)["sent"] == count
    assert outbox.books(box.conn) == {"left": count, "right": count, "balanced": True}
    assert box.rows("SELECT DISTINCT state FROM messages") == [("sent",)]
    box.conn.close()


def test_a_kill_at_every_step_loses_and_doubles_nothing(tmp_path: Path, slack_server: SlackServer) -> None:
    steps = deliver("every-step", tmp_path / "outbox.db", slack_server)
    assert steps > 30
    wanted = {step * 10 + number for step in range(1, steps + 1) for number in (1, 2, 3)}
    assert told(slack_server) == Counter(wanted)
    joined = [m for m in slack_server.messages if re.search(r"10\d,\d\d[13]\b", m["text"])]
    assert "chat.update" in slack_server.methods()
    assert [m["text"] for m in joined if "2 sources" not in str(m["blocks"])] == []
    balanced(tmp_path / "outbox.db", len(wanted))


def test_a_thousand_alerts_under_kills_and_faults(tmp_path: Path, slack_server: SlackServer) -> None:
    dice = random.Random(4)
    faults = ("ok",) * 12 + (
        "lost",
        "drop",
        "http:500",
        "5xx-done",
        "cut",
        "garbage",
        "retry:1",
        "error:internal_error",
    )
    for method in ("chat.postMessage", "chat.update", "conversations.history"):
        slack_server.script[method].extend(dice.choice(faults) for _ in range(1_500))
    deaths = deliver("at-random", tmp_path / "outbox.db", slack_server)
    assert deaths > 20
    assert told(slack_server) == Counter(range(1, 1_001))
    assert len(set(slack_server.keys())) == len(slack_server.messages)
    balanced(tmp_path / "outbox.db", 1_000)
