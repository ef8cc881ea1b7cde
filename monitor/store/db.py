"""Opens the SQLite file: owner, pragmas, migrations, and the one `transaction()` of the program."""

from __future__ import annotations

import contextlib
import fcntl
import os
import sqlite3
import threading
from dataclasses import dataclass
from functools import cached_property
from typing import IO, TYPE_CHECKING

from monitor.errors import StoreError
from monitor.store.schema import APPLICATION_ID, MIGRATIONS

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from sqlite_utils import Database as SqliteUtils

BUSY_TIMEOUT = 5.0
"""Seconds that a write waits for a reader's or a stranger's lock before it is an error."""
CACHE = 16_000
"""kB of pages that the writer keeps: with SQLite's own 2 MB the indexes over hashes are read again and again."""


@dataclass(frozen=True, slots=True)
class Owner:
    """The process that has the database open for writing."""

    pid: int


class Lock:
    """`<database>.lock`, held by the one process that writes; the kernel drops it with the process, however it ends."""

    def __init__(self, database: Path) -> None:
        self._path = database.with_name(database.name + ".lock")
        self._file: IO[str] | None = None

    def acquire(self) -> None:
        """StoreError, naming the owner's pid, when another process holds it."""
        try:
            handle = os.fdopen(os.open(self._path, os.O_RDWR | os.O_CREAT, 0o600), "r+")
        except OSError as error:
            raise StoreError(
                f"{self._path}: cannot be written: {error.strerror}; the folder of the database must be writable"
            ) from error
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            owner = handle.read().strip() or "unknown"
            handle.close()
            raise StoreError(
                f"{self._path}: another chipwire (pid {owner}) has this database open; stop it first"
            ) from error
        handle.seek(0)
        handle.truncate()
        handle.write(f"{os.getpid()}\n")
        handle.flush()
        self._file = handle

    def owner(self) -> Owner | None:
        """Who holds the lock; None when nobody does."""
        try:
            with self._path.open("r+") as handle:
                try:
                    fcntl.flock(handle, fcntl.LOCK_SH | fcntl.LOCK_NB)
                except OSError:
                    text = handle.read().strip()
                    return Owner(int(text)) if text.isdigit() else Owner(0)
        except OSError:
            return None
        return None

    def release(self) -> None:
        if self._file is not None:
            self._file.close()
            self._file = None


class Database:
    """One connection to the file; writes happen inside `transaction()` alone.

    Shared between threads under a lock that `transaction()` and `reading()` take; both may not be nested.
    """

    def __init__(self, connection: sqlite3.Connection, name: str = "the store in memory") -> None:
        self.connection = connection
        self._name = name
        self.rollbacks = 0
        """How often written rows were taken back; whoever remembers rows forgets them when it moves."""
        self._mutex = threading.RLock()

    @cached_property
    def tables(self) -> SqliteUtils:
        """The file's sqlite-utils face: tables, schema, upkeep."""
        from sqlite_utils import Database as Opened

        return Opened(self.connection)

    @contextlib.contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """BEGIN IMMEDIATE ... COMMIT, rolled back on any exception; driver errors come out as StoreError.

        IMMEDIATE because a deferred transaction that reads, decides and then writes fails at once with SQLITE_BUSY
        when another connection committed in between, whatever the busy timeout.
        """
        with self._mutex:
            try:
                self.connection.execute("BEGIN IMMEDIATE")
                try:
                    yield self.connection
                except BaseException:
                    self._take_back()
                    raise
                self.connection.execute("COMMIT")
            except sqlite3.Error as error:
                self._take_back()
                raise StoreError(f"{self._name}: {_explain(error)}") from error

    def _take_back(self) -> None:
        self.rollbacks += 1
        if self.connection.in_transaction:
            self.connection.execute("ROLLBACK")

    @contextlib.contextmanager
    def savepoint(self) -> Iterator[None]:
        """Inside a transaction: all of it or nothing, without giving up the rest."""
        self.connection.execute("SAVEPOINT part")
        try:
            yield
        except BaseException:
            self.rollbacks += 1
            self.connection.execute("ROLLBACK TO part")
            self.connection.execute("RELEASE part")
            raise
        self.connection.execute("RELEASE part")

    @contextlib.contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """For queries outside a transaction; driver errors come out as StoreError."""
        with self._mutex:
            try:
                yield self.connection
            except sqlite3.Error as error:
                raise StoreError(f"{self._name}: {_explain(error)}") from error

    def close(self) -> None:
        with self._mutex:
            self.connection.close()


def _explain(error: sqlite3.Error) -> str:
    text = str(error)
    if "locked" in text or "busy" in text:
        return f"the database is locked by another program ({text}); close what writes to it"
    if "full" in text:
        return f"the disk is full ({text}); free some space: polling goes on by itself"
    if "malformed" in text or "not a database" in text:
        return f"the database is damaged ({text}); restore the last backup"
    if "readonly" in text:
        return f"the database cannot be written ({text}); check the owner and mode of the file and its folder"
    return f"the database failed: {text}"


def open_writer(path: Path, *, throw_away: bool = False) -> Database:
    """The writing connection, migrated to this version; the caller holds the `Lock` of `path`.

    A `throw_away` store gives up durability (`synchronous=OFF`) for speed.
    """
    if path.is_dir():
        raise StoreError(f"{path}: a folder, not a database; name a file in `database:`")
    fresh = not path.exists()
    try:
        if fresh:
            os.close(os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600))
        connection = _connect(f"file:{_quote(path)}?mode=rw")
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute(f"PRAGMA synchronous = {'OFF' if throw_away else 'FULL'}")
        connection.execute("PRAGMA mmap_size = 0")
        connection.execute(f"PRAGMA cache_size = -{CACHE}")
        _check_ours(connection, path)
    except OSError as error:
        raise StoreError(f"{path}: cannot be created: {error.strerror}; name another place in `database:`") from error
    except sqlite3.Error as error:
        raise StoreError(f"{path}: {_explain(error)}") from error
    database = Database(connection, str(path))
    _migrate(database, path)
    return database


def open_memory() -> Database:
    """A store that is gone with the process."""
    database = Database(_connect("file::memory:"))
    _migrate(database, None)
    return database


def open_reader(path: Path) -> Database:
    """A connection that reads beside a running daemon and writes nothing; StoreError when there is no database yet."""
    if not path.exists():
        raise StoreError(f"{path}: no database yet; `chipwire run` makes it")
    try:
        connection = _connect(f"file:{_quote(path)}?mode=ro")
        connection.execute("PRAGMA query_only = ON")
        _check_ours(connection, path)
    except sqlite3.Error as error:
        raise StoreError(f"{path}: {_explain(error)}") from error
    return Database(connection, str(path))


def _connect(uri: str) -> sqlite3.Connection:
    connection = sqlite3.connect(
        uri, uri=True, isolation_level=None, check_same_thread=False, timeout=BUSY_TIMEOUT, cached_statements=512
    )
    connection.row_factory = sqlite3.Row
    connection.execute("PRAGMA foreign_keys = ON")
    return connection


def _quote(path: Path) -> str:
    from urllib.parse import quote

    return quote(str(path))


def _version(connection: sqlite3.Connection) -> int:
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def _check_ours(connection: sqlite3.Connection, path: Path) -> None:
    application = connection.execute("PRAGMA application_id").fetchone()[0]
    tables = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
    if tables and application != APPLICATION_ID:
        raise StoreError(f"{path}: not a chipwire database; name another file in `database:`")
    version = _version(connection)
    if version > len(MIGRATIONS):
        raise StoreError(
            f"{path}: written by a newer chipwire (schema {version}, known here {len(MIGRATIONS)}); upgrade chipwire"
        )


def _migrate(database: Database, path: Path | None) -> None:
    """Each step in a transaction of its own, so that an interrupted upgrade goes on where it stopped."""
    connection = database.connection
    if _version(connection) == len(MIGRATIONS):
        return
    connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    for number in range(_version(connection), len(MIGRATIONS)):
        with database.transaction():
            for statement in MIGRATIONS[number]:
                database.tables.execute(statement)
            connection.execute(f"PRAGMA user_version = {number + 1}")
    broken = connection.execute("PRAGMA foreign_key_check").fetchall()
    if broken:
        raise StoreError(
            f"{path}: rows without their parents after the upgrade ({len(broken)}); restore the last backup"
        )
