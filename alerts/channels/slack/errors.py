"""Slack's error words -> what to do. https://docs.slack.dev/reference/methods/chat.postMessage#errors"""

from __future__ import annotations

import errno
import http.client
import re
import socket
import ssl
from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from urllib.error import URLError

from slack_sdk.errors import SlackApiError, SlackClientError

from alerts.channels.retry_after import retry_after
from alerts.ports import Ambiguous, Blocked, Lost, NotSent, Rejected, Throttled

if TYPE_CHECKING:
    from collections.abc import Mapping

    from alerts.ports import Failure

RAISED = (SlackClientError, OSError, http.client.HTTPException, ValueError)
"""What the client raises for what happens on the way: also UnicodeDecodeError and JSONDecodeError (ValueError)."""

TOKEN_PROBE = timedelta(minutes=5)
CHANNEL_PROBE = timedelta(hours=1)

_THROTTLED = frozenset(("ratelimited", "rate_limited"))
_IN_DOUBT = frozenset(("fatal_error", "internal_error", "request_timeout", "service_unavailable"))
_BAD_MESSAGE = frozenset(
    (
        "invalid_blocks", "invalid_blocks_format", "msg_blocks_too_long", "msg_too_long", "no_text", "block_mismatch",
        "invalid_attachments", "too_many_attachments", "markdown_text_conflict", "metadata_too_large",
        "invalid_arguments", "invalid_arg_name", "invalid_array_arg", "invalid_charset", "invalid_form_data",
        "invalid_json", "json_not_object", "metadata_must_be_sent_from_app",
    )
)  # fmt: skip
_LOST = frozenset(
    (
        "message_not_found", "thread_not_found", "cant_update_message", "edit_window_closed", "is_inactive",
        "cannot_reply_to_message", "restricted_action_thread_locked", "invalid_thread_ts",
    )
)  # fmt: skip

_TOKEN = {
    "not_authed": "set the bot token (xoxb-…) that the channel's `token` names",
    "invalid_auth": "the token is not valid; copy the Bot User OAuth Token again from OAuth & Permissions",
    "account_inactive": "the app was removed from the workspace; install it again and copy the new token",
    "token_revoked": "the token was revoked; install the app again and copy the new token",
    "token_expired": "the token has expired; turn token rotation off in the app's manifest and install it again",
    "missing_scope": "add the scopes of slack-app-manifest.yaml to the app and install it again",
    "no_permission": "add the scopes of slack-app-manifest.yaml to the app and install it again",
    "not_allowed_token_type": "use a bot token (xoxb-…)",
    "access_denied": "an administrator of the workspace must allow the app",
    "ekm_access_denied": "an administrator of the workspace must allow the app",
    "app_access_restricted": "an administrator of the workspace must allow the app",
    "org_login_required": "the workspace is being moved to an organisation; wait until that is done",
    "team_added_to_org": "the workspace is being moved to an organisation; wait until that is done",
    "enterprise_is_restricted": "an administrator of the organisation must allow the app",
    "two_factor_setup_required": "an administrator of the workspace must allow the app",
}
_CHANNEL = {
    "not_in_channel": "in Slack, write `/invite @chipwire` in {channel}",
    "channel_not_found": "check the name {channel}; if it is private, write `/invite @chipwire` in it",
    "is_archived": "{channel} is archived; unarchive it, or name another channel in feeds.yaml",
    "restricted_action": "an administrator must let the app post in {channel}",
    "messages_tab_disabled": "turn the Messages tab of the app on (App Home), or name a channel",
    "team_not_found": "the token belongs to no workspace that can be found; install the app again",
    "message_limit_exceeded": "the workspace has used up its messages; wait or upgrade the plan",
    "team_access_not_granted": "an administrator must give the app access to this workspace",
}


def explained(error: BaseException, channel: str, now: datetime) -> Failure:
    """What an exception of the client means for the message in hand. `channel` is the channel as configured."""
    if isinstance(error, SlackApiError):
        return _refused(error, channel, now)
    cause = error.reason if isinstance(error, URLError) else error
    said = f"{type(cause).__name__}: {cause}"
    return NotSent(said) if isinstance(cause, BaseException) and _never_left(cause) else Ambiguous(said)


def _never_left(cause: BaseException) -> bool:
    """Whether no connection was made, so that nothing can have been sent."""
    if isinstance(cause, ConnectionRefusedError | socket.gaierror | ssl.SSLCertVerificationError):
        return True
    return isinstance(cause, OSError) and cause.errno in {errno.ENETUNREACH, errno.EHOSTUNREACH, errno.EADDRNOTAVAIL}


def word(error: SlackApiError) -> str:
    """Slack's word for the error; empty where the answer was not Slack's JSON."""
    data = error.response.data
    found = data.get("error") if isinstance(data, dict) else None
    return found if isinstance(found, str) and re.fullmatch(r"[a-z_0-9]{1,60}", found) else ""


def _refused(error: SlackApiError, channel: str, now: datetime) -> Failure:
    status, said = error.response.status_code, word(error)
    if status == 429 or said in _THROTTLED:
        return Throttled(
            retry_after(_header(error.response.headers, "retry-after"), now), "Slack asks for a pause (429)"
        )
    if said in _TOKEN:
        return Blocked(said, _TOKEN[said] + _needed(error), TOKEN_PROBE)
    if said in _BAD_MESSAGE or said.startswith("invalid_metadata"):
        return Rejected(said)
    if said in _LOST:
        return Lost(said)
    if 400 <= status < 500 and status != 408 and not said:
        return Blocked(
            f"HTTP {status}, not an answer of Slack", "check api_url, and the proxy if there is one", CHANNEL_PROBE
        )
    if status >= 500 or said in _IN_DOUBT or not said:
        return Ambiguous(f"HTTP {status}: {said or 'not an answer of Slack'}")
    if said in _CHANNEL or said.startswith("restricted_action"):
        remedy = _CHANNEL.get(said, _CHANNEL["restricted_action"])
        return Blocked(said, remedy.format(channel=channel), CHANNEL_PROBE)
    return Blocked(
        said, f"Slack answered {said}: see https://docs.slack.dev/reference/methods/chat.postMessage", CHANNEL_PROBE
    )


def _needed(error: SlackApiError) -> str:
    data = error.response.data
    needed = data.get("needed") if isinstance(data, dict) else None
    return f" (needed: {needed})" if isinstance(needed, str) else ""


def _header(headers: Mapping[str, str], name: str) -> str | None:
    return next((value for key, value in headers.items() if key.lower() == name), None)
