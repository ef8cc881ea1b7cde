"""Commands as people call them: what they print, what they exit with, what they leave in the file."""

import json

import pytest

from monitor.cli import run
from monitor.cli.entry import COMMANDS
from monitor.cli.output import plain

FILE = """\
# the desk's own file
feeds:
  - {name: Echo, url: "https://echo.example/rss"}   # morning paper
  - name: Lantern
    url: https://lantern.example/rss

watchlists:
  - use: chips   # silicon
"""


@pytest.fixture
def file(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "feeds.yaml"
    path.write_text(FILE)
    return path


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help(command, capsys):
    assert run([command, "--help"]) == 0
    assert "Usage: chipwire" in capsys.readouterr().out


def test_nothing_is_configured_wrongly_without_a_word(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    assert run(["check"]) == 2
    assert "no feeds.yaml here; copy the shipped one" in capsys.readouterr().err
    assert run(["nonsense"]) == 2
    assert run(["run", "--once", "--deadline", "soon"]) == 2
    assert run(["search", "x", "--since", "yore"]) == 2


def test_check_shows_what_would_be_done(file, capsys):
    assert run(["check"]) == 0
    out = capsys.readouterr().out
    assert "2 feeds" in out
    assert "console" in out
    assert run(["check", "--format", "json"]) == 0
    assert [feed["name"] for feed in json.loads(capsys.readouterr().out)["feeds"]] == ["Echo", "Lantern"]


def test_check_runs_the_rule_tests(file, capsys):
    rule = """
milestones:
  - name: cards
    metric: shipments
    expect:
      - {title: "Alibaba has shipped more than 100,000 Zhenwu 810E chips", alert: true}
      - {title: "Alibaba has shipped more than 200,000 Zhenwu 810E chips", alert: false}
"""
    file.write_text(FILE + rule)
    assert run(["check"]) == 1
    assert "feeds.yaml:15: rule cards" in capsys.readouterr().err


def test_feeds_are_removed_and_nothing_else_changes(file, capsys):
    assert run(["feeds", "remove", "Lantern"]) == 0
    assert file.read_text() == FILE.replace("  - name: Lantern\n    url: https://lantern.example/rss\n", "")
    assert run(["feeds", "remove", "Echo"]) == 0
    assert run(["check"]) == 0
    assert run(["feeds", "remove", "Nobody"]) == 2
    assert 'no feed "Nobody"' in capsys.readouterr().err


def test_opml_goes_out_and_comes_in(file, capsys, tmp_path):
    assert run(["feeds", "export"]) == 0
    (tmp_path / "out.opml").write_text(capsys.readouterr().out.replace("echo.example", "other.example"))
    assert run(["feeds", "import", "out.opml"]) == 0
    assert "1 feeds added, 1 were there already" in capsys.readouterr().out
    assert "# morning paper" in file.read_text()
    assert "https://other.example/rss" in file.read_text()
    assert run(["check"]) == 0


def test_a_watchlist_grows_and_shrinks_beside_its_comments(file, capsys):
    added = ["watchlist", "add", "memory", "nanya", "--names", "Nanya Technology", "--names", "南亞科技"]
    assert run(added) == 0
    assert "# silicon" in file.read_text()
    assert run(["watchlist", "test", "南亚科技扩产"]) == 0
    assert "nanya" in capsys.readouterr().out
    assert run(added) == 2
    assert run(["watchlist", "remove", "memory"]) == 0
    assert file.read_text() == FILE


def test_an_edit_that_would_break_the_file_is_not_written(file, capsys):
    assert run(["watchlist", "add", "memory", "--query", "(HBM4"]) == 2
    assert file.read_text() == FILE
    assert "feeds.yaml" in capsys.readouterr().err


def test_watchlist_test_says_why_and_why_not(file, capsys):
    assert run(["watchlist", "test", "H20 in H200 and H2O: Nvidia", "--format", "json"]) == 0
    rows = json.loads(capsys.readouterr().out)
    assert {"mention", "rejected"} <= {row["outcome"] for row in rows}
    assert all(row["reason"] for row in rows)


def test_the_shipped_examples_come_out(file, capsys):
    assert run(["watchlist", "test"]) == 0
    assert "every example comes out as it should" in capsys.readouterr().out


def test_commands_without_a_database_say_what_makes_one(file, capsys):
    for command in (["status"], ["milestones"], ["search", "x"], ["alerts", "list"], ["feeds", "list"]):
        assert run(command) == 1
        assert "`chipwire run` makes it" in capsys.readouterr().err


def test_feeds_test_reads_files_and_names_what_it_cannot(file, capsys, tmp_path):
    (tmp_path / "a.xml").write_text(
        "<rss version='2.0'><channel><title>t</title><item><title>Nvidia H20 chips</title>"
        "<link>https://echo.example/1</link></item></channel></rss>"
    )
    (tmp_path / "b.html").write_text("<html><body>no feed</body></html>")
    assert run(["feeds", "test", "a.xml", "b.html", "missing.xml", "--format", "json"]) == 1
    rows = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert rows[0]["title"] == "Nvidia H20 chips"
    assert set(rows[0]) == {
        "feed", "id", "url", "title", "text", "published", "updated", "outlet", "lang", "mentions",
    }  # fmt: skip
    assert [row["feed"] for row in rows[1:]] == ["b.html", "missing.xml"]
    assert all("error" in row for row in rows[1:])


def test_feeds_test_says_what_would_not_be_stored(file, capsys, tmp_path):
    (tmp_path / "a.xml").write_text(
        "<rss><channel><item><title>t</title></item><item><title>t</title></item></channel></rss>"
    )
    assert run(["feeds", "test", "a.xml"]) == 0
    shown = capsys.readouterr().out.splitlines()
    assert shown[0] == "a.xml: 2 entries"
    assert [line.rstrip().endswith("repeats another item of the document") for line in shown[2:]] == [False, True]


def test_text_from_feeds_cannot_drive_a_terminal():
    assert plain("a\x1b[31mred\u202e\u200b\r\nb") == "a[31mred\nb"
