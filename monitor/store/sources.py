"""What is kept of feeds between two polls: validators, pace, identities of entries, counts."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from monitor.model import Failed, Fetched, PollJob, Remembered, Unchanged, Validators
from monitor.store import codec, search, shingles

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Collection, Iterable, Mapping, Sequence
    from datetime import datetime

    from monitor.model import Feed, Identified, KeyKind, PollResult, PollState, Sorted, Step

_BATCH = 500
"""Keys asked for at once; SQLite takes at most 999 placeholders where it is old."""
_UNMATCHED_KEPT = timedelta(days=30)
_RECOGNISED = timedelta(days=15)
"""One day more than the longest look back at stories and copies."""
_POLLS_KEPT = timedelta(days=30)
_PRUNED_AT_ONCE = 2000
"""A transaction that takes longer would hold up the polls."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedRecord:
    """A feed of the file with its place in the store."""

    id: int
    feed: Feed
    url: str
    """Where it is asked."""
    state: PollState
    key: KeyKind | None
    baseline_at: datetime | None
    """None: never fetched, so that its next document is a baseline."""


class Sources:
    """Reads and writes on one connection; the caller has a transaction open when it calls what writes."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._sql = connection

    def sync(self, feeds: Sequence[Feed]) -> None:
        """Feeds of the file are active, all others rest; nothing of a resting feed is forgotten."""
        self._sql.execute("UPDATE feeds SET active = 0 WHERE active = 1")
        self._sql.executemany(
            "INSERT INTO feeds (url, name) VALUES (?, ?)"
            " ON CONFLICT (url) DO UPDATE SET active = 1, name = excluded.name",
            [(feed.url, feed.name) for feed in feeds],
        )

    def due(self, now: datetime, longest: timedelta) -> list[str]:
        """URLs of active feeds whose time has come, longest waiting first.

        A time further off than the longest wait was written by a clock that has been set back since: such a feed is
        due. Feeds that their servers ended (410) are not; whoever asks them all the same may revive them. Nor are feeds
        on a host that asked for a pause.
        """
        rows = self._sql.execute(
            "SELECT url FROM feeds WHERE active = 1"
            " AND (next_poll_at IS NULL OR next_poll_at <= ? OR next_poll_at > ?)"
            " AND NOT coalesce(json_extract(state, '$.gone'), 0) ORDER BY next_poll_at, feed",
            (codec.stamp(now), codec.stamp(now + longest)),
        )
        return [row[0] for row in rows]

    def paused(self, now: datetime) -> Mapping[str, datetime]:
        """Host -> until when it asked to be left alone."""
        rows = self._sql.execute("SELECT host, paused_until FROM hosts WHERE paused_until > ?", (codec.stamp(now),))
        return {row[0]: codec.moment(row[1]) for row in rows}

    def unfetched(self) -> set[str]:
        """URLs of active feeds whose next document is a baseline."""
        return {row[0] for row in self._sql.execute("SELECT url FROM feeds WHERE active = 1 AND baseline_at IS NULL")}

    def record(self, feed: Feed) -> FeedRecord:
        """The stored half of a feed that `sync` has seen."""
        row = self._sql.execute(
            "SELECT feed, asked_url, state, identity_key, baseline_at FROM feeds WHERE url = ?", (feed.url,)
        ).fetchone()
        return FeedRecord(
            id=row["feed"],
            feed=feed,
            url=row["asked_url"] or feed.url,
            state=codec.poll_state(row["state"]),
            key=row["identity_key"],
            baseline_at=codec.moment(row["baseline_at"]),
        )

    def job(self, feed: Feed, *, unconditional: bool) -> PollJob:
        """All that a poll may know of the past."""
        row = self._sql.execute(
            "SELECT asked_url, etag, last_modified, body_hash, items FROM feeds WHERE url = ?", (feed.url,)
        ).fetchone()
        return PollJob(
            feed=feed,
            url=row["asked_url"] or feed.url,
            validators=Validators(etag=row["etag"], last_modified=row["last_modified"]),
            body_hash=row["body_hash"],
            known=json.loads(row["items"]),
            unconditional=unconditional,
        )

    def memory(self, feed_id: int) -> Memory:
        """What is remembered of the feed's entries."""
        return Memory(self._sql, feed_id)

    def settle(self, record: FeedRecord, result: PollResult, sorted_: Sorted | None, step: Step, now: datetime) -> None:
        """Everything that one poll taught of its feed, but for its entries."""
        values: dict[str, Any] = {
            "last_poll_at": codec.stamp(now),
            "next_poll_at": codec.stamp(step.due),
            "poll_reason": step.reason,
            "state": codec.dump(step.state),
            "error_kind": None,
            "error": None,
        }
        if step.url is not None:
            values["asked_url"] = step.url
        if isinstance(result, Failed):
            values |= {"error_kind": result.kind, "error": result.message, "last_status": result.status}
        else:
            values |= {
                "last_success_at": codec.stamp(now),
                "last_status": result.status,
                "etag": result.validators.etag,
                "last_modified": result.validators.last_modified,
            }
        if isinstance(result, Fetched) and sorted_ is not None:
            values |= {
                "body_hash": result.body_hash,
                "items": codec.dump(sorted_.items),
                "identity_key": sorted_.key,
                "baseline_at": codec.stamp(record.baseline_at or now),
                "newest_entry_at": codec.stamp(step.state.newest),
            }
        sets = ", ".join(f"{name} = ?" for name in values)
        self._sql.execute(
            f"UPDATE feeds SET {sets} WHERE feed = ?",  # noqa: S608 - names from the code above
            (*values.values(), record.id),
        )
        self._log(record.id, result, sorted_, now)

    def pause(self, host: str, until: datetime, reason: str) -> None:
        """No feed of the host is asked before `until`."""
        self._sql.execute(
            "INSERT INTO hosts (host, paused_until, reason) VALUES (?, ?, ?) ON CONFLICT (host) DO UPDATE SET"
            " paused_until = max(paused_until, excluded.paused_until), reason = excluded.reason",
            (host, codec.stamp(until), reason),
        )

    def put_off(self, feed: Feed, until: datetime, reason: str) -> None:
        """The feed was not asked; it is due at `until`."""
        self._sql.execute(
            "UPDATE feeds SET next_poll_at = ?, poll_reason = ? WHERE url = ?", (codec.stamp(until), reason, feed.url)
        )

    def _log(self, feed_id: int, result: PollResult, sorted_: Sorted | None, now: datetime) -> None:
        counts = {
            "entries": result.count if isinstance(result, Fetched) else 0,
            "new": len(sorted_.new) if sorted_ else 0,
            "known": sorted_.known if sorted_ else 0,
            "edited": len(sorted_.edited) if sorted_ else 0,
            "rejected": len(sorted_.rejected) if sorted_ else 0,
        }
        self._sql.execute(
            "INSERT INTO polls (feed, at, outcome, status, entries, new, known, edited, rejected, bytes, error)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                feed_id,
                codec.stamp(now),
                _outcome(result),
                result.status,
                *counts.values(),
                result.size if isinstance(result, Fetched) else 0,
                result.message if isinstance(result, Failed) else None,
            ),
        )
        self.count({**counts, "polls": 1})

    def beat(self, what: str, at: datetime, due: datetime | None) -> None:
        """A sign of life; `due`: when the next is expected at the latest, None: no more is."""
        self._sql.execute(
            "INSERT INTO heartbeat (what, at, due) VALUES (?, ?, ?)"
            " ON CONFLICT (what) DO UPDATE SET at = excluded.at, due = excluded.due",
            (what, codec.stamp(at), codec.stamp(due)),
        )

    def note(self, name: str, text: str | None, at: datetime) -> None:
        """Keeps a line for `status`; None takes it back."""
        if text is None:
            self._sql.execute("DELETE FROM remarks WHERE name = ?", (name,))
        else:
            self._sql.execute("INSERT OR REPLACE INTO remarks VALUES (?, ?, ?)", (name, text, codec.stamp(at)))

    def prune(self, now: datetime) -> int:
        """Forgets the words of old articles that matched nothing, old polls and what stories are recognised by.

        Entries stay for ever: what left the store must not come back as new. Number of articles forgotten.
        """
        old, recent = codec.stamp(now - _UNMATCHED_KEPT), codec.stamp(now - _RECOGNISED)
        rows = self._sql.execute(
            "SELECT article, title, text FROM articles WHERE matched = 0 AND seen < ? LIMIT ?", (old, _PRUNED_AT_ONCE)
        ).fetchall()
        for row in rows:
            search.forget(self._sql, row["article"], row["title"], row["text"])
            self._sql.execute("DELETE FROM articles WHERE article = ?", (row["article"],))
        shingles.prune(self._sql, recent)
        self._sql.execute("DELETE FROM story_keys WHERE told < ?", (recent,))
        self._sql.execute("DELETE FROM polls WHERE at < ?", (codec.stamp(now - _POLLS_KEPT),))
        self._sql.execute("DELETE FROM hosts WHERE paused_until < ?", (codec.stamp(now),))
        return len(rows)

    def count(self, counts: Mapping[str, int]) -> None:
        """Adds to the books."""
        self._sql.executemany(
            "INSERT INTO counters (name, value) VALUES (?, ?)"
            " ON CONFLICT (name) DO UPDATE SET value = value + excluded.value",
            [(name, value) for name, value in counts.items() if value],
        )

    def add(self, feed_id: int, items: Sequence[Identified], now: datetime) -> None:
        """New entries, in order."""
        if not items:
            return
        when = codec.stamp(now)
        first = int(self._sql.execute("SELECT coalesce(max(entry), 0) FROM entries").fetchone()[0]) + 1
        self._sql.executemany(
            "INSERT INTO entries (entry, feed, identity, content, first_seen, last_changed)"
            " VALUES (?1, ?2, ?3, ?4, ?5, ?5)",
            [(entry, feed_id, item.identity, item.content, when) for entry, item in enumerate(items, first)],
        )
        self._keys(feed_id, enumerate(items, first))

    def edit(self, feed_id: int, item: Identified, now: datetime) -> tuple[int, datetime]:
        """Number of the new version of an entry that changed, and when the first one was seen."""
        row = self._sql.execute(
            "UPDATE entries SET content = ?, last_changed = ?, versions = versions + 1 WHERE identity = ?"
            " RETURNING entry, versions, first_seen",
            (item.content, codec.stamp(now), item.identity),
        ).fetchone()
        self._keys(feed_id, [(row["entry"], item)])
        return row["versions"], codec.moment(row["first_seen"])

    def reidentify(self, feed_id: int, item: Identified) -> None:
        """A known entry came under new keys."""
        row = self._sql.execute("SELECT entry FROM entries WHERE identity = ?", (item.identity,)).fetchone()
        self._keys(feed_id, [(row["entry"], item)])

    def outcome(self, identity: str, *, matched: bool, failed: str | None = None) -> None:
        """What became of an entry's article."""
        self._sql.execute("UPDATE entries SET matched = ?, failed = ? WHERE identity = ?", (matched, failed, identity))

    def _keys(self, feed_id: int, entries: Iterable[tuple[int, Identified]]) -> None:
        self._sql.executemany(
            "INSERT OR IGNORE INTO entry_keys (feed, key, entry) VALUES (?, ?, ?)",
            [
                (feed_id, key, entry)
                for entry, item in entries
                for key in dict.fromkeys((*item.keys, f"content:{item.content}"))
            ],
        )


class Memory:
    """Implements the port `EntryMemory`."""

    def __init__(self, connection: sqlite3.Connection, feed_id: int) -> None:
        self._sql = connection
        self._feed = feed_id

    def recall(self, keys: Collection[str]) -> Mapping[str, Remembered]:
        found: dict[str, Remembered] = {}
        wanted = list(keys)
        for start in range(0, len(wanted), _BATCH):
            part = wanted[start : start + _BATCH]
            rows = self._sql.execute(
                "SELECT k.key, e.identity, e.content FROM entry_keys AS k JOIN entries AS e USING (entry)"  # noqa: S608
                f" WHERE k.feed = ? AND k.key IN ({', '.join('?' * len(part))}) ORDER BY e.entry",
                (self._feed, *part),
            )
            found.update((row[0], Remembered(identity=row[1], content=row[2])) for row in rows)
        return found

    def count(self) -> int:
        row = self._sql.execute("SELECT count(*) FROM entries WHERE feed = ?", (self._feed,)).fetchone()
        return int(row[0])


def _outcome(result: PollResult) -> str:
    if isinstance(result, Fetched):
        return "fetched"
    return "unchanged" if isinstance(result, Unchanged) else "failed"
