"""Signatures of Standard Webhooks 1.0: https://github.com/standard-webhooks/standard-webhooks/blob/main/spec"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac

from alerts.errors import ChannelConfigError

PREFIX = "whsec_"


def key_of(secret: str) -> bytes:
    """Bytes of a secret: base64 after `whsec_`, else its characters. ChannelConfigError where base64 is none."""
    if not secret.startswith(PREFIX):
        return secret.encode()
    try:
        return base64.b64decode(secret.removeprefix(PREFIX), validate=True)
    except binascii.Error as error:
        raise ChannelConfigError("a secret that begins with whsec_ goes on in base64; write it so") from error


def signed(key: bytes, message_id: str, timestamp: int, body: bytes) -> str:
    """Value of `webhook-signature`."""
    content = f"{message_id}.{timestamp}.".encode() + body
    return "v1," + base64.b64encode(hmac.digest(key, content, hashlib.sha256)).decode()
