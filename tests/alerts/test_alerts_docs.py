"""The documentation of the channels is what they do."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from alerts_make import NOW, alert, showcase, update

from alerts.channels.slack.check import SCOPES
from alerts.model import Message
from alerts.render.plain import body
from alerts.render.record import record

ROOT = Path(__file__).parents[2]


def shape(value: Any) -> Any:
    """Field names and kinds of a JSON value; a list is as its first item; what a milestone holds is its own."""
    if isinstance(value, dict):
        return {name: None if name == "milestone" else shape(item) for name, item in value.items()}
    if isinstance(value, list):
        return [shape(value[0])] if value else []
    return None if isinstance(value, str | int | float | bool | None) else type(value)


def test_the_json_of_the_documentation_is_that_of_the_channels() -> None:
    text = (ROOT / "docs/channels.md").read_text("utf-8")
    found = re.search(r"```json\n(.*?)```", text, re.DOTALL)
    assert found is not None
    told = json.loads(found[1])
    one = alert(1, tags=("china",), highlight=(1, 2), series=showcase().series)
    message = Message(key="k", kind="alert", alerts=(one,), at=NOW, updates=(update(1),))
    assert shape(told) == shape(json.loads(json.dumps(record(message, "hook"))))
    first, last = told["alerts"][0]["highlight"]
    assert told["alerts"][0]["evidence"][first:last] == "more than 100,000"


def test_the_manifest_asks_for_the_scopes_that_are_checked_and_explained() -> None:
    manifest = yaml.safe_load((ROOT / "slack-app-manifest.yaml").read_text("utf-8"))
    assert set(manifest["oauth_config"]["scopes"]["bot"]) == set(SCOPES)
    told = (ROOT / "docs/slack.md").read_text("utf-8")
    assert [scope for scope in SCOPES if f"`{scope}`" not in told] == []
    assert manifest["features"]["bot_user"]["display_name"] == "chipwire"
    assert manifest["settings"]["token_rotation_enabled"] is False


@pytest.mark.parametrize("line", range(4))
def test_the_message_of_the_documentation_is_what_is_drawn(line: int) -> None:
    drawn = body(Message(key="k", kind="alert", alerts=(showcase(),), at=NOW)).splitlines()[line]
    assert drawn in (ROOT / "docs/slack.md").read_text("utf-8")
