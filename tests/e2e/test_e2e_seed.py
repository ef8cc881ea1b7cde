"""The case that started it: one long article, full of numbers, and one thing to be told."""

import json
from pathlib import Path

from monitor.cli import run

TEXT = (Path(__file__).parents[1] / "corpus" / "seed.txt").read_text("utf-8")
ARTICLE = {
    "id": "seed",
    "title": "Alibaba passes Cambricon with 100,000 AI chips shipped",
    "text": TEXT,
    "lang": "en",
    "published": "2026-01-30T09:00:00Z",
    "outlet": "Harbour Echo",
}
MENTIONED = {
    "alibaba", "zhenwu-810e", "cambricon", "nvidia", "nvidia-h20", "nvidia-h100", "nvidia-h200", "amd", "huawei",
    "ascend", "baidu", "bytedance", "google", "google-tpu", "amazon", "aws-graviton", "export-controls",
}  # fmt: skip


def lines(capsys, tmp_path, monkeypatch, command):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "seed.jsonl").write_text(json.dumps(ARTICLE))
    assert run([command, "seed.jsonl"]) == 0
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_exactly_one_shipments_claim(capsys, tmp_path, monkeypatch):
    (answer,) = lines(capsys, tmp_path, monkeypatch, "extract")
    (claim,) = [claim for claim in answer["claims"] if claim["metric"] == "shipments"]
    told = {name: claim[name] for name in ("subject", "product", "value", "unit", "bound", "status")}
    assert told == {
        "subject": "alibaba", "product": "zhenwu-810e", "value": 100000, "unit": "units", "bound": "at_least",
        "status": "achieved",
    }  # fmt: skip
    assert claim["evidence"] in TEXT
    assert MENTIONED - {mention["entity"] for mention in answer["mentions"]} <= {"washington"}


def test_exactly_one_alert_and_no_number_of_the_rest(capsys, tmp_path, monkeypatch):
    events = lines(capsys, tmp_path, monkeypatch, "replay")
    alerts = [event for event in events if event["event"] == "alert"]
    assert [alert["milestone"]["value"] for alert in alerts] == [100000], [alert["title"] for alert in alerts]
