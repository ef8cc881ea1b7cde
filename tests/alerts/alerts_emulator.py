"""An independent Slack: npm package `emulate` by Vercel Labs, Apache-2.0, in exactly this version."""

from __future__ import annotations

import fcntl
import json
import shutil
import socket
import subprocess
import time
import urllib.request
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

VERSION = "0.11.2"
SEED = {
    "slack": {"strict_scopes": False, "team": {"name": "Desk", "domain": "desk"}, "channels": [{"name": "ai-chips"}]}
}
TOKEN = "test_token_admin"


def installed(folder: Path) -> Path:
    """The emulator's start file; skips the test where npm is missing or cannot reach its registry."""
    npm = shutil.which("npm")
    if npm is None or shutil.which("node") is None:
        pytest.skip("npm is not installed: the Slack emulator cannot run")
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        start = folder / "node_modules/emulate/dist/index.js"
        if not start.exists():
            call = [npm, "install", "--prefix", str(folder), "--no-audit", "--no-fund", f"emulate@{VERSION}"]
            done = subprocess.run(call, capture_output=True, text=True, timeout=180, check=False)
            if done.returncode != 0:
                pytest.skip(f"npm cannot install emulate@{VERSION}: {done.stderr.strip()[-200:]}")
    return start


def running(start: Path, folder: Path) -> Iterator[str]:
    """URL of its API, as long as it runs."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    seed = folder / "seed.json"
    seed.write_text(json.dumps(SEED))
    preload = Path(__file__).with_name("loopback.cjs")
    call = ["node", "--require", str(preload), str(start), "start", "-s", "slack", "-p", str(port), "--seed", str(seed)]
    process = subprocess.Popen(call, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    try:
        _wait(process, port)
        yield f"http://127.0.0.1:{port}/api/"
    finally:
        process.terminate()
        process.communicate(timeout=10)


def _wait(process: subprocess.Popen[str], port: int) -> None:
    until = time.monotonic() + 30
    while time.monotonic() < until:
        if process.poll() is not None:
            raise AssertionError(process.communicate()[1])
        try:
            socket.create_connection(("127.0.0.1", port), 0.2).close()
        except OSError:
            time.sleep(0.05)
        else:
            return
    raise AssertionError("the Slack emulator did not start within 30 s")


def ask(url: str, method: str, **params: object) -> dict[str, Any]:
    """One call by the standard library, so that what was said is not checked with the client that said it."""
    request = urllib.request.Request(
        url + method,
        json.dumps(params).encode(),
        {"Authorization": f"Bearer {TOKEN}", "Content-Type": "application/json"},
    )
    with urllib.request.urlopen(request, timeout=10) as answer:
        return dict(json.load(answer))
