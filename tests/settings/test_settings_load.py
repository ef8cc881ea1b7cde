"""feeds.yaml as people write it: what it means, and what is said of a slip."""

from datetime import timedelta
from ipaddress import ip_network
from pathlib import Path

import pytest

from alerts.model import ConsoleChannel, SlackChannel
from monitor.errors import ConfigError
from monitor.settings import load, parse_duration, shipped_path

ROOT = Path(__file__).parents[2]


@pytest.fixture
def write(tmp_path):
    def write(text):
        path = tmp_path / "feeds.yaml"
        path.write_text(text)
        return path

    return write


def problems(path, **options):
    with pytest.raises(ConfigError) as caught:
        load(path, secrets=options.get("secrets", False))
    return [problem.removeprefix(f"{path}:") for problem in caught.value.problems]


def test_the_shipped_file_is_valid_and_the_same_in_both_places():
    settings = load(shipped_path(), secrets=True)
    assert (ROOT / "feeds.yaml").read_bytes() == shipped_path().read_bytes()
    assert len(settings.feeds) >= 55
    assert {feed.language for feed in settings.feeds} == {"en", "zh", "ja", "ko"}
    assert {watchlist.name for watchlist in settings.watchlists} == {"chips", "companies", "export-controls"}
    assert settings.delivering.channels == (ConsoleChannel(name="console"),)


def test_an_empty_desk_uses_the_defaults(write):
    settings = load(write("feeds: []\n"), secrets=True)
    assert settings.poll.every == timedelta(minutes=10)
    assert settings.max_age == timedelta(hours=72)
    assert settings.rules
    assert settings.database.name == "chipwire.db"


def test_the_contract_example_is_read(write, monkeypatch):
    monkeypatch.setenv("SLACK_BOT_TOKEN", "xoxb-secret")
    path = write("""
database: desk.db
poll: {every: 2s, min: 500ms, jitter: 10%, host_gap: 0s}
network: {user_agent: desk/1, timeout: 20s, max_body: 10MB, allow_private: ["127.0.0.0/8"]}
feeds:
  - {url: https://example.org/rss, name: Example, every: 5m, tags: [china], language: en, trust: press}
watchlists:
  - use: chips
  - name: memory
    entities: [{id: nanya, names: [Nanya, 南亞科技], kind: company}]
    queries: ['("HBM4" OR HBM3E) AND (capacity OR yield) NOT "stock split"']
milestones:
  - {name: shipments, metric: shipments, thresholds: [10000, 50000], severity: high}
  - {name: controls, metric: export_control, severity: high}
alerts:
  channels:
    desk: {kind: slack, token: "${SLACK_BOT_TOKEN}", channel: "#ai-chips"}
  routes:
    - {to: [desk], severity: [high, medium]}
  ops: [desk]
""")
    settings = load(path, secrets=True)
    assert settings.poll.min == timedelta(milliseconds=500)
    assert settings.poll.host_gap == timedelta(0)
    assert settings.network.allow_private == (ip_network("127.0.0.0/8"),)
    assert settings.network.max_body == 10_000_000
    assert [rule.name for rule in settings.rules] == ["shipments", "controls"]
    assert settings.rules[0].thresholds == (10000, 50000)
    channel = settings.delivering.channels[0]
    assert isinstance(channel, SlackChannel)
    assert channel.token == "xoxb-secret"
    assert "xoxb-secret" not in repr(settings)
    assert settings.delivering.routes[0].severity == ("high", "medium")


def test_use_default_adds_the_shipped_rules(write):
    shipped = load(write("feeds: []\n"), secrets=False).rules
    path = write("milestones:\n  - use: default\n  - {name: mine, metric: growth}\n")
    assert load(path, secrets=False).rules[: len(shipped)] == shipped
    assert load(path, secrets=False).rules[-1].name == "mine"


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("fedes: []\n", '1: fedes: unknown key "fedes"; did you mean "feeds"?'),
        ("poll: {evry: 5m}\n", '1: poll.evry: unknown key "evry"; did you mean "every"?'),
        (
            "feeds:\n  - {url: https://a.example/x, nmae: A}\n",
            '2: feeds[0].nmae: unknown key "nmae"; did you mean "name"?',
        ),
        ("feeds:\n  - name: A\n", "2: feeds[0].url: `url:` is missing; add it"),
        (
            "poll:\n  every: soon\n",
            '2: poll.every: "soon": not a duration; write for example 500ms, 2s, 10m, 6h or 1d',
        ),
        ("poll:\n  every: 10\n", '2: poll.every: "10": not a duration; write for example 500ms, 2s, 10m, 6h or 1d'),
        ("alerts: {max_age: 99999999999d}\n", '1: alerts.max_age: "99999999999d": longer than ten years'),
        ("feeds: x\n", '1: feeds: "x": a list is expected'),
        (
            "alerts:\n  channels: {c: {kind: console}}\n  routes: [{to: []}]\n",
            "3: alerts.routes[0].to: is empty; write",
        ),
        ("poll: {min: 2h, max: 1h}\n", "1: poll: min is longer than max; swap them"),
        ("poll: {jitter: 0.1}\n", '1: poll.jitter: "0.1": not a share between 0% and 50%; write for example 10%'),
        ("network: {max_body: lots}\n", '1: network.max_body: "lots": not a size; write for example 500kB or 10MB'),
        (
            "feeds:\n  - url: ftp://a.example/x\n",
            '2: feeds[0].url: "ftp://a.example/x": only http:// and https:// URLs can be polled;'
            " write for example https://example.org/rss",
        ),
        (
            "feeds:\n  - url: https://a.example/x\n  - url: https://a.example/x\n",
            '3: feeds[1].url: "https://a.example/x" stands already in line 2; keep one',
        ),
        (
            "watchlists:\n  - use: chip\n",
            '2: watchlists[0].use: unknown shipped watchlist "chip"; did you mean "chips"?',
        ),
        (
            "watchlists:\n  - name: x\n",
            "2: watchlists[0]: is empty; add `entities:` or `queries:`",
        ),
        (
            "alerts:\n  channels:\n    desk: {kind: console}\n  routes:\n    - {to: dsek}\n",
            '5: alerts.routes[0].to: unknown channel "dsek"; did you mean "desk"?',
        ),
        (
            "alerts:\n  channels:\n    desk: {kind: console}\n  ops: [dsk]\n",
            '4: alerts.ops: unknown channel "dsk"; did you mean "desk"?',
        ),
        (
            "alerts:\n  channels:\n    desk: {kind: slak}\n",
            "3: alerts.channels.desk: unknown kind slak; write 'slack', 'console', 'jsonl',",
        ),
        (
            "milestones:\n  - {name: x, metric: shipment}\n",
            '2: milestones[0].metric[0]: unknown value "shipment"; did you mean "shipments"?',
        ),
        (
            "milestones:\n  - {name: x, watchlist: memry}\nwatchlists: [{use: chips}]\n",
            '2: milestones[0].watchlist: unknown watchlist "memry"; known: chips',
        ),
        (
            "alerts:\n  channels: {c: {kind: console}}\n  routes: [{to: c, quiet: {start: '22:00', end: '7:00'}}]\n",
            "3: alerts.routes[0].quiet.end",
        ),
        (
            "alerts:\n  channels: {c: {kind: console}}\n"
            "  routes: [{to: c, quiet: {start: '22:00', end: '07:00', zone: Mars/Base}}]\n",
            "3: alerts.routes[0].quiet: 'Mars/Base' is no time zone",
        ),
        (
            "alerts:\n  channels: {c: {kind: console}}\n  routes: [{to: c, digest: {cron: '61 8 * * *'}}]\n",
            "3: alerts.routes[0].digest: '61 8 * * *' is no schedule",
        ),
        (
            "alerts:\n  channels: {c: {kind: console}}\n  routes: [{to: c, rules: [shipment]}]\n",
            '3: alerts.routes[0].rules: unknown rule "shipment"; did you mean "shipments"?',
        ),
        ("network: {allow_private: [10.0.0.0/33]}\n", "1: network.allow_private: '10.0.0.0/33' does not appear to be"),
        (
            "watchlists:\n  - {name: x, queries: ['entity:nvidia-h2O']}\n",
            '2: watchlists[0].queries[0]: unknown entity "nvidia-h2O"; did you mean "nvidia-h20"?',
        ),
        (
            "watchlists:\n  - {name: x, queries: ['(HBM4']}\n",
            "2: watchlists[0].queries[0]",
        ),
    ],
)
def test_a_slip_is_named_with_line_and_remedy(write, text, problem):
    found = problems(write(text))
    assert any(line.startswith(problem) for line in found), found


def test_all_problems_come_at_once_in_the_order_of_the_file(write):
    found = problems(write("database: 3\npoll: {every: soon}\nfeeds:\n  - {url: nowhere}\nfoo: 1\n"))
    assert [line.partition(":")[0] for line in found] == ["1", "2", "4", "5"]


def test_missing_variables_are_problems_only_for_what_sends(write, monkeypatch):
    monkeypatch.delenv("NO_SUCH_TOKEN", raising=False)
    path = write('alerts:\n  channels:\n    d: {kind: slack, token: "${NO_SUCH_TOKEN}", channel: "#c"}\n')
    assert any("NO_SUCH_TOKEN is not set" in line for line in problems(path, secrets=True))
    load(path, secrets=False)


def test_a_secret_is_never_quoted(write, monkeypatch):
    monkeypatch.setenv("DESK_URL", "ftp://user:hunter2@example.org/")
    path = write('alerts:\n  channels:\n    w: {kind: webhook, url: "${DESK_URL}"}\n')
    assert "hunter2" not in "\n".join(problems(path, secrets=True))


@pytest.mark.parametrize(
    ("text", "seconds"), [("500ms", 0.5), ("2s", 2), ("10m", 600), ("6h", 21600), ("1d", 86400), ("1.5h", 5400)]
)
def test_durations(text, seconds):
    assert parse_duration(text).total_seconds() == seconds


@pytest.mark.parametrize("text", ["", "5", "m", "5 minutes", "-2s", "1h30m", "∞"])
def test_what_is_no_duration(text):
    with pytest.raises(ValueError, match="write for example"):
        parse_duration(text)
