"""`chipwire demo` as a newcomer sees it: each alert of the morning once, with its sources; reasons for silence."""

import re
import signal
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
COMMAND = [sys.executable, "-m", "monitor", "demo", "--speed", "12"]

ALERTS = [
    (
        r"Alibaba has shipped more than 100,000 Zhenwu 810E",
        "Silicon Ledger, 江岸芯报, Harbour Business Post, 南湾财讯; copied by Wafer Digest",
    ),
    (r"Hygon: revenue of 4\.6 billion yuan", "Harbour Business Post"),
    (r"14 entities on a control list", "Trade Control Register, 南湾财讯"),
    (r"CXMT has capacity for 300,000 wafers a month", "Wafer Digest"),
    (r"Denied: CXMT has capacity for 300,000 wafers a month", "Harbour Business Post"),
    (r"Corrected: Hygon: revenue of 4\.06 billion yuan", "Harbour Business Post"),
    (r"Cambricon: revenue of 5\.1 billion yuan", "江岸芯报"),
]
"""What the morning is worth, in order: title and sources."""


@pytest.fixture(scope="module")
def output(tmp_path_factory):
    folder = tmp_path_factory.mktemp("demo")
    environment = {"PATH": "/usr/bin:/bin", "PYTHONPATH": str(ROOT), "HOME": str(folder), "TMPDIR": str(folder)}
    done = subprocess.run(
        COMMAND, cwd=folder, env=environment, capture_output=True, text=True, timeout=110, check=False
    )
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
    assert list(folder.iterdir()) == [], "the demo leaves nothing behind"
    return done.stdout


@pytest.fixture(scope="module")
def summary(output):
    return output[output.index("What came of it") :]


def told(summary):
    block = summary[summary.index("alerts:") : summary.index("Why no alert")]
    return re.findall(r"^      (.+)  \((.+)\)$", block, re.MULTILINE)


def test_the_alerts_of_the_morning_and_no_others(summary):
    found = told(summary)
    for (title, sources), (pattern, expected) in zip(found, ALERTS, strict=False):
        assert re.search(pattern, title), (title, pattern)
        assert sources == expected, title
    assert len(found) == len(ALERTS), found


def test_every_entry_became_an_article_and_unchanged_feeds_were_not_sent_again(summary):
    articles = int(re.search(r"(\d+) articles", summary)[1])
    polls, unchanged = map(int, re.search(r"(\d+) polls, (\d+) of them answered 304", summary).groups())
    assert articles >= 60
    assert polls / 2 < unchanged < polls


def test_alerts_come_while_polls_go_on_and_later_sources_join(output):
    alert = output.index("Alibaba has shipped more than 100,000 Zhenwu 810E")
    joins = [output.index(f"↳ {who}") for who in ("Wafer Digest copies Silicon Ledger", "江岸芯报 joins")]
    assert output.index("first fetch") < alert < min(joins) < max(joins) < output.index("What came of it")
    assert re.search(r"\d s  \S.*: 1 of \d+ unseen: \S", output[alert:])


def test_two_articles_without_alert_are_explained(summary):
    assert "Why no alert for “Opinion: stop counting chips, start counting results” (Silicon Ledger)?" in summary
    assert "ledger: background: " in summary
    assert "Why no alert for “How to read a chip's name, from H100 to 910C” (Silicon Ledger)?" in summary
    assert "claims: none: " in summary


def test_ctrl_c_ends_it_in_order(tmp_path):
    environment = {"PATH": "/usr/bin:/bin", "PYTHONPATH": str(ROOT), "HOME": str(tmp_path), "TMPDIR": str(tmp_path)}
    with subprocess.Popen(
        [*COMMAND[:-1], "1"], cwd=tmp_path, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        for line in process.stdout:
            if "The morning begins" in line:
                break
        process.send_signal(signal.SIGINT)
        rest, errors = process.communicate(timeout=30)
    assert process.returncode == 130
    assert "What came of it" in rest
    assert "Traceback" not in errors
    assert list(tmp_path.iterdir()) == []
