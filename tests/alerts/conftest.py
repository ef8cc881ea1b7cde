from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from alerts_desk import Desk
from alerts_make import Box, Time
from alerts_slack_server import SlackServer

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def box(tmp_path: Path) -> Iterator[Box]:
    made = Box(tmp_path / "outbox.db")
    yield made
    made.conn.close()


@pytest.fixture
def time() -> Time:
    return Time()


@pytest.fixture
def slack_server() -> Iterator[SlackServer]:
    server = SlackServer()
    yield server
    server.close()


@pytest.fixture
def desk(box: Box, slack_server: SlackServer, time: Time) -> Desk:
    return Desk(box, slack_server, time)
