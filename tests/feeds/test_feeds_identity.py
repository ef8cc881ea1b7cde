"""New, known, edited, repeated, re-identified: whatever a feed does to its ids."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from feeds_memory import FEED, Memory, entry
from hypothesis import given
from hypothesis import strategies as st

from monitor.model import Feed

NOW = datetime(2026, 11, 23, 8, tzinfo=UTC)


def test_first_fetch_then_nothing_then_one_more() -> None:
    memory = Memory()
    first = memory.see([entry(n) for n in range(5)])
    assert (len(first.new), first.key, first.reidentification) == (5, "guid", False)
    assert len({item.identity for item in first.new}) == 5
    again = memory.see([entry(n) for n in range(5)])
    assert (again.new, again.edited, again.known) == ((), (), 5)
    more = memory.see([entry(n) for n in range(1, 6)])
    assert [item.entry.guid for item in more.new] == ["g5"]


@pytest.mark.parametrize("cut", [False, True])
def test_an_edit_is_the_same_article(cut: bool) -> None:
    memory = Memory()
    before = memory.see([entry(n) for n in range(5)])
    after = memory.see(
        [entry(0, title="Corrected headline", fingerprint="f0b"), *(entry(n) for n in range(1, 5))], cut=cut
    )
    assert after.new == ()
    assert [item.identity for item in after.edited] == [before.new[0].identity]
    assert after.known == 4


def test_markup_and_dates_alone_are_no_edit() -> None:
    memory = Memory()
    memory.see([entry(n) for n in range(5)])
    html = "<div>Words of\n story   number 0 <img src='pixel'></div>"
    after = memory.see([entry(0, html=html, updated=NOW, fingerprint="x"), *(entry(n) for n in range(1, 5))])
    assert (after.new, after.edited, after.known) == ((), (), 5)


@pytest.mark.parametrize(
    ("values", "key"),
    [
        ({}, "guid"),
        ({"guid": "https://w.example/"}, "link"),
        ({"guid": None}, "link"),
        ({"guid": None, "link": "https://w.example/"}, "title"),
        ({"guid": None, "link": None}, "title"),
        ({"guid": "same", "link": None}, "title"),
    ],
)
def test_the_first_key_that_tells_entries_apart(values: dict[str, object], key: str) -> None:
    memory = Memory()
    first = memory.see([entry(n, **values) for n in range(5)])
    assert (first.key, len(first.new)) == (key, 5)
    again = memory.see([entry(n, **values) for n in range(-1, 4)], cut=True)
    assert (again.key, len(again.new), again.known) == (key, 1, 4)


def test_canonical_links_tell_apart_what_links_do_not() -> None:
    memory = Memory()
    first = memory.see([entry(n, guid=None, link=f"https://w.example/{n}?utm_source=rss") for n in range(3)])
    assert first.key == "link"
    again = memory.see([entry(n, guid=None, link=f"http://www.w.example/{n}/") for n in range(3)])
    assert (len(again.new), again.known, len(again.reidentified)) == (0, 3, 3)


def test_a_guid_that_turns_out_to_be_shared() -> None:
    memory = Memory()
    memory.see([entry(0, guid="site")])
    both = memory.see([entry(1, guid="site"), entry(0, guid="site")], cut=True)
    assert (both.key, [item.entry.link for item in both.new]) == ("link", ["https://w.example/1"])
    # A single entry whose guid is unique again does not lead back to the shared key.
    lone = memory.see([entry(2, guid="site")])
    assert (lone.key, len(lone.new), len(lone.edited)) == ("link", 1, 0)


def test_a_better_key_comes_back_when_it_means_the_same() -> None:
    memory = Memory()
    memory.see([entry(0, guid="twice"), entry(1, guid="twice"), *(entry(n) for n in range(2, 6))])
    assert memory.key == "link"
    found = memory.see([entry(n) for n in range(2, 6)])
    assert (found.key, found.known) == ("guid", 4)


def test_the_same_item_twice_in_a_document_counts_once() -> None:
    memory = Memory()
    found = memory.see([entry(0), entry(1), entry(0, fingerprint="other")])
    assert len(found.new) == 2
    assert [reason for _, reason in found.rejected] == ["repeats another item of the document"]
    assert found.key == "guid"


def test_entries_without_anything_are_rejected() -> None:
    found = Memory().see([entry(0), entry(1, guid="g", link=None, title=" ", html="")])
    assert [reason for _, reason in found.rejected] == ["neither title nor text nor link"]


def test_max_items() -> None:
    memory = Memory()
    feed = Feed(url=FEED.url, name="Wire", max_items=2)
    found = memory.see([entry(n) for n in range(4)], feed=feed)
    assert [item.entry.guid for item in found.new] == ["g0", "g1"]
    assert [reason for _, reason in found.rejected] == ["beyond max_items: 2"] * 2


def test_all_ids_change_at_once() -> None:
    memory = Memory()
    before = memory.see([entry(n) for n in range(10)])
    moved = [
        entry(n, guid=f"new-{n}", link=f"https://new.example/p/{n}", fingerprint=f"m{n}", published=NOW)
        for n in range(10)
    ]
    after = memory.see([entry(99, fingerprint="m99"), *moved[:9]])
    assert after.reidentification
    assert len(after.warnings) == 1
    assert [item.entry.guid for item in after.new] == ["g99"]
    assert [item.identity for item in after.reidentified] == [item.identity for item in before.new[:9]]
    later = memory.see([entry(99, fingerprint="m99"), *moved[:9]])
    assert (later.new, later.reidentification, later.known) == ((), False, 10)


def test_a_busy_feed_with_nothing_known_is_not_re_identified() -> None:
    memory = Memory()
    memory.see([entry(n) for n in range(10)])
    found = memory.see([entry(n) for n in range(20, 30)])
    assert (len(found.new), found.reidentification, found.warnings) == (10, False, ())


def test_entries_that_return_after_months_are_known() -> None:
    memory = Memory()
    memory.see([entry(n) for n in range(5)])
    memory.see([])
    memory.see([entry(n) for n in range(5, 10)])
    assert memory.see([entry(n) for n in range(5)]).new == ()


def test_google_news_goes_by_headline_and_outlet() -> None:
    def item(n: int, title: str, outlet: str) -> object:
        link = f"https://news.google.com/rss/articles/CBMi{n}?oc=5"
        return entry(n, guid=f"CBMi{n}", link=link, title=f"{title} - {outlet}", outlet=outlet, html=f"<ol>{n}</ol>")

    memory = Memory()
    memory.see([item(1, "Maker ships", "Post"), item(2, "Other news", "Mail")])  # type: ignore[list-item]
    found = memory.see([item(3, "Maker ships", "Post"), item(4, "Maker ships", "Mail")])  # type: ignore[list-item]
    assert [item.visible for item in found.new] == [("Maker ships", "")]
    assert (found.new[0].entry.outlet, found.known) == ("Mail", 1)


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["a", "b", None]), st.sampled_from(["x", "y", None]), st.sampled_from(["t", "u", ""])
        ),
        max_size=8,
    ),
    st.booleans(),
)
def test_the_books_balance_and_nothing_is_new_twice(rows: list[tuple[str | None, str | None, str]], cut: bool) -> None:
    memory = Memory()
    entries = [
        entry(n, guid=guid, link=link and f"https://w.example/{link}", title=title, html=title)
        for n, (guid, link, title) in enumerate(rows)
    ]
    first = memory.see(entries, cut=cut)
    assert len({item.identity for item in first.new}) == len(first.new)
    again = memory.see(entries, cut=cut)
    assert again.new == ()
