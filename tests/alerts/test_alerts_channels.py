"""One contract for every channel: what the dispatcher may rely on, whatever the kind."""

from __future__ import annotations

import io
import json
import socketserver
import threading
from datetime import timedelta
from email import message_from_string, policy
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

import feedparser
import pytest
import standardwebhooks.webhooks as standard
from alerts_http_server import HttpServer
from alerts_make import NOW, Box, Time, alert, delivering, dispatcher, settle_all, showcase, slack, source, update
from alerts_slack_server import SlackServer

from alerts.channels import build
from alerts.channels.console import ConsoleNotifier
from alerts.model import (
    AppriseChannel,
    AtomChannel,
    Channel,
    ConsoleChannel,
    JsonlChannel,
    Message,
    WebhookChannel,
)
from alerts.ports import Ambiguous, Blocked, Missing, NotSent, Rejected, Sent, Throttled, Unverifiable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from alerts.ports import Notifier

# Apprise loads all its plugins, and one of them this old module of the standard library.
pytestmark = pytest.mark.filterwarnings("ignore:'imghdr' is deprecated:DeprecationWarning")


class MailServer:
    """SMTP, as much of it as a mail needs."""

    def __init__(self) -> None:
        self.mails: list[str] = []
        server = self

        class Handler(socketserver.StreamRequestHandler):
            def say(self, line: str) -> None:
                self.wfile.write(line.encode() + b"\r\n")

            def handle(self) -> None:
                self.say("220 ready")
                while line := self.rfile.readline().decode().strip():
                    if line.upper() == "DATA":
                        self.say("354 go on")
                        server.mails.append(self.data())
                    if line.upper() == "QUIT":
                        self.say("221 bye")
                        return
                    self.say("250 ok")

            def data(self) -> str:
                lines: list[str] = []
                while (line := self.rfile.readline().decode()) not in (".\r\n", ""):
                    lines.append(line)
                mail = message_from_string("".join(lines), policy=policy.default)
                return f"{mail['Subject']}\n{mail.get_body().get_content()}"

        self._server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
        self.port = self._server.server_address[1]

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()


class Bench(Protocol):
    """A channel and what has arrived behind it."""

    channel: Channel
    notifier: Notifier

    def arrived(self) -> list[str]:
        """One text a message, in the order of arrival."""


class Made:
    def __init__(self, channel: Channel, arrived: Callable[[], list[str]], notifier: Notifier | None = None) -> None:
        self.channel = channel
        self.notifier = notifier or build(channel)
        self.arrived = arrived


def slack_bench(server: SlackServer) -> Made:
    return Made(slack(server.url), lambda: [f"{m['text']} {m.get('blocks')}" for m in server.messages])


def console_bench() -> Made:
    screen = io.StringIO()
    channel = ConsoleChannel(name="desk")
    return Made(
        channel,
        lambda: [part for part in screen.getvalue().split("\n\n") if part.strip()],
        ConsoleNotifier(channel, screen),
    )


def jsonl_bench(path: Path) -> Made:
    return Made(
        JsonlChannel(name="desk", path=str(path)), lambda: path.read_text().splitlines() if path.exists() else []
    )


def atom_bench(path: Path) -> Made:
    return Made(
        AtomChannel(name="desk", path=str(path)),
        lambda: path.read_text().split("<entry>")[1:] if path.exists() else [],
    )


def webhook_bench(server: HttpServer) -> Made:
    return Made(WebhookChannel(name="desk", url=server.url), lambda: [body.decode() for _, _, body in server.requests])


def apprise_bench(server: MailServer) -> Made:
    url = f"mailto://127.0.0.1:{server.port}?from=wire@desk.example&to=desk@desk.example&mode=insecure&format=text"
    made = Made(AppriseChannel(name="desk", url=url), lambda: server.mails)
    for service in made.notifier._apprise:  # type: ignore[attr-defined]
        service.request_rate_per_sec = 0  # it would rest 5 s between two mails
    return made


@pytest.fixture
def http_server() -> Iterator[HttpServer]:
    server = HttpServer()
    yield server
    server.close()


@pytest.fixture(params=["slack", "console", "jsonl", "atom", "webhook", "apprise"])
def bench(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Made]:
    match request.param:
        case "slack":
            server: Any = SlackServer()
            yield slack_bench(server)
        case "webhook":
            server = HttpServer()
            yield webhook_bench(server)
        case "apprise":
            server = MailServer()
            yield apprise_bench(server)
        case "console":
            yield console_bench()
            return
        case "jsonl":
            yield jsonl_bench(tmp_path / "alerts.jsonl")
            return
        case _:
            yield atom_bench(tmp_path / "alerts.atom")
            return
    server.close()


def test_an_alert_arrives_once_with_its_figure(bench: Made, box: Box, time: Time) -> None:
    to = delivering(bench.channel)
    made = dispatcher(box, to, bench.notifier, time=time)
    box.put([showcase()], to, time.now)
    box.put([showcase()], to, time.now)
    settle_all(made, time)
    (text,) = bench.arrived()
    assert "100,000" in text
    assert "Zhenwu" in text
    assert box.states() == {"sent": 1}
    made.close()


def test_every_figure_of_a_burst_arrives(bench: Made, box: Box, time: Time) -> None:
    to = delivering(bench.channel)
    made = dispatcher(box, to, bench.notifier, time=time)
    box.put([alert(number) for number in range(1, 31)], to, time.now)
    settle_all(made, time)
    told = "\n".join(bench.arrived())
    assert all(f"{100_000 + number:,}" in told for number in range(1, 31))
    assert box.states() == {"sent": 30}


def test_hostile_text_arrives_without_breaking_anything(bench: Made, box: Box, time: Time) -> None:
    nasty = "</title>]]>\x1b[31m\x00\u202e<!channel> & \"'\r\nBcc: all@desk.example\n.\n 芯片 \ud800 {0} %s"
    to = delivering(bench.channel)
    made = dispatcher(box, to, bench.notifier, time=time)
    made_of = {"title": nasty, "evidence": nasty, "reason": nasty, "rule": nasty, "before": nasty, "url": nasty}
    box.put([alert(1, **made_of, sources=(source(nasty),), tags=(nasty,))], to, time.now)
    settle_all(made, time)
    assert box.states() == {"sent": 1}
    (text,) = bench.arrived()
    assert "\x1b" not in text
    assert "\x00" not in text


def test_a_notice_arrives(bench: Made) -> None:
    assert isinstance(bench.notifier.send(Message(key="n", kind="notice", note="Feed x is down", at=NOW)), Sent)
    assert "Feed x is down" in bench.arrived()[0]


def test_an_edit_shows_what_has_joined_and_makes_no_second_alert(bench: Made, box: Box, time: Time) -> None:
    to = delivering(bench.channel)
    made = dispatcher(box, to, bench.notifier, time=time)
    box.put([alert(1)], to, time.now)
    settle_all(made, time)
    box.put([], to, time.now, updates=[update(1, "Second Wire")])
    settle_all(made, time)
    told = bench.arrived()
    if bench.notifier.capabilities.edits:
        assert "Second Wire" in told[-1]
    else:
        assert len(told) == 1
    assert box.rows("SELECT COUNT(*) FROM messages") == [(1,)]


def test_finding_is_true_or_says_that_it_cannot(bench: Made) -> None:
    message = Message(key="k1", kind="alert", alerts=(alert(1),), at=NOW)
    other = Message(key="k2", kind="alert", alerts=(alert(2),), at=NOW)
    assert isinstance(bench.notifier.send(message), Sent)
    found, missing = bench.notifier.find(message, NOW), bench.notifier.find(other, NOW)
    if bench.notifier.capabilities.on_ambiguous == "verify":
        assert isinstance(found, Sent)
        assert missing == Missing()
    else:
        assert isinstance(found, Unverifiable)


def test_alerts_test_sends_a_labelled_test_only_when_asked(bench: Made) -> None:
    bench.notifier.check(NOW, send=False)
    assert bench.arrived() == []
    lines = bench.notifier.check(NOW, send=True)
    assert {line.what: line.ok for line in lines}["send"] is True
    assert "Test of chipwire" in bench.arrived()[0]


def test_after_a_crash_it_is_sent_again_at_most_where_it_cannot_be_asked(bench: Made, box: Box, time: Time) -> None:
    to = delivering(bench.channel)
    made = dispatcher(box, to, bench.notifier, time=time)
    box.put([alert(1)], to, time.now)
    made.run_once(time.now)
    box.conn.execute("UPDATE messages SET state = 'sending', sent = NULL")
    box.conn.execute("UPDATE deliveries SET state = 'sending'")
    made.recover(time.pass_(seconds=3))
    settle_all(made, time)
    assert box.states() == {"sent": 1}
    assert len(bench.arrived()) == (1 if bench.notifier.capabilities.on_ambiguous == "verify" else 2)


@pytest.mark.parametrize("bench", ["jsonl", "atom"], indirect=True)
def test_a_file_that_cannot_be_written_blocks_and_says_where(bench: Made, box: Box, time: Time, tmp_path: Path) -> None:
    path = Path(bench.channel.path)  # type: ignore[union-attr]
    path.mkdir()
    outcome = bench.notifier.send(Message(key="k", kind="alert", alerts=(alert(1),), at=NOW))
    assert isinstance(outcome, Blocked)
    assert str(path) in outcome.reason
    assert list(tmp_path.glob("*.new")) == []


def test_a_line_cut_short_by_a_full_disk_is_taken_back(tmp_path: Path) -> None:
    path = tmp_path / "alerts.jsonl"
    path.write_text('{"id": "whole"}\n{"id": "cut sho')
    notifier = build(JsonlChannel(name="file", path=str(path)))
    cut = Message(key="cut", kind="alert", alerts=(alert(1),), at=NOW)
    assert notifier.find(cut, NOW) == Missing()
    notifier.send(cut)
    assert [json.loads(line)["id"] for line in path.read_text().splitlines()] == ["whole", "cut"]


def test_json_lines_of_updates_carry_an_id_of_their_own(tmp_path: Path, box: Box, time: Time) -> None:
    path = tmp_path / "alerts.jsonl"
    channel = JsonlChannel(name="file", path=str(path))
    to = delivering(channel)
    made = dispatcher(box, to, build(channel), time=time)
    box.put([alert(1)], to, time.now)
    settle_all(made, time)
    box.put([], to, time.now, updates=[update(1)])
    settle_all(made, time)
    first, second = (json.loads(line) for line in path.read_text().splitlines())
    assert (first["event"], second["event"]) == ("message", "update")
    assert second["message"] == first["id"]
    assert second["id"] != first["id"]
    assert [s["outlet"] for s in second["alerts"][0]["sources"]] == ["Example Wire", "Chip Daily"]


def test_atom_keeps_the_newest_and_is_read_by_a_feed_reader(tmp_path: Path) -> None:
    path = tmp_path / "alerts.atom"
    notifier = build(AtomChannel(name="feed", path=str(path), keep=3))
    for number in range(5):
        one = alert(number, created=NOW + timedelta(minutes=number), tags=("china",))
        notifier.send(Message(key=f"m{number}", kind="alert", alerts=(one,), at=NOW))
    read = feedparser.parse(path.read_bytes())
    assert not read.bozo
    assert read.version == "atom10"
    assert [entry.id for entry in read.entries] == [f"urn:chipwire:alert:alert-{n}" for n in (4, 3, 2)]
    assert read.entries[0].title.endswith("100,004 Zhenwu 810E")
    assert read.entries[0].link == "https://news.example/articles/4"
    assert {tag.term for tag in read.entries[0].tags} == {"high", "china"}


def test_the_console_of_a_pipe_has_no_colours_and_wraps_nothing() -> None:
    bench = console_bench()
    long = alert(1, evidence="word " * 200)
    bench.notifier.send(Message(key="k", kind="alert", alerts=(long,), at=NOW))
    (text,) = bench.arrived()
    assert "\x1b" not in text
    assert max(map(len, text.splitlines())) > 900


class TestWebhook:
    @pytest.mark.parametrize(
        ("answer", "outcome"),
        [
            ("204", Sent),
            ("500", Ambiguous),
            ("503", Ambiguous),
            ("drop", Ambiguous),
            ("408", Ambiguous),
            ("429|Retry-After: 2.5", Throttled),
            ("503|Retry-After: 30", Throttled),
            ("400", Rejected),
            ("413", Rejected),
            ("302|Location: http://127.0.0.1/x", Blocked),
            ("401", Blocked),
            ("404", Blocked),
            ("410", Blocked),
        ],
    )
    def test_answers(self, http_server: HttpServer, answer: str, outcome: type) -> None:
        http_server.answers.append(answer)
        notifier = build(WebhookChannel(name="hook", url=http_server.url))
        assert type(notifier.send(Message(key="k", kind="alert", alerts=(alert(1),), at=NOW))) is outcome
        assert len(http_server.requests) == 1

    def test_a_hang_is_in_doubt(self, http_server: HttpServer, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("alerts.channels.webhook.notifier.TIMEOUT", 0.2)
        http_server.answers.append("hang")
        notifier = build(WebhookChannel(name="hook", url=http_server.url))
        assert isinstance(notifier.send(Message(key="k", kind="notice", note="x", at=NOW)), Ambiguous)

    def test_nobody_there_is_certainly_not_sent(self, http_server: HttpServer) -> None:
        url = http_server.url
        http_server.close()
        outcome = build(WebhookChannel(name="hook", url=url)).send(Message(key="k", kind="notice", note="x", at=NOW))
        assert isinstance(outcome, NotSent)

    def test_the_signature_is_what_standard_webhooks_verifies(self, http_server: HttpServer) -> None:
        secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
        notifier = build(WebhookChannel(name="hook", url=http_server.url, secret=secret), user_agent="desk/1")
        notifier.send(Message(key="k" * 32, kind="alert", alerts=(alert(1),), at=NOW))
        path, headers, body = http_server.requests[0]
        assert path == "/hook?team=7"
        assert headers["User-Agent"] == "desk/1"
        assert headers["webhook-id"] == "k" * 32
        read = standard.Webhook(secret).verify(body.decode(), {name.lower(): value for name, value in headers.items()})
        assert read["alerts"][0]["alert"] == "alert-1"
        with pytest.raises(standard.WebhookVerificationError):
            standard.Webhook(secret).verify(body.decode() + " ", {n.lower(): v for n, v in headers.items()})

    def test_a_private_address_is_refused_where_a_guard_says_so(self, http_server: HttpServer) -> None:
        channel = WebhookChannel(name="hook", url=http_server.url)
        notifier = build(channel, guard=lambda address: f"{address} is a private address")
        outcome = notifier.send(Message(key="k", kind="notice", note="x", at=NOW))
        assert isinstance(outcome, Blocked)
        assert outcome.reason == "127.0.0.1 is a private address"
        assert http_server.requests == []

    def test_the_same_message_has_the_same_id_when_it_is_sent_again(
        self, http_server: HttpServer, box: Box, time: Time
    ) -> None:
        http_server.answers.extend(["500", "drop"])
        channel = WebhookChannel(name="hook", url=http_server.url)
        to = delivering(channel)
        made = dispatcher(box, to, build(channel), time=time)
        box.put([alert(1)], to, time.now)
        settle_all(made, time)
        assert len(http_server.requests) == 3
        assert len({headers["webhook-id"] for _, headers, _ in http_server.requests}) == 1
        assert box.states() == {"sent": 1}
