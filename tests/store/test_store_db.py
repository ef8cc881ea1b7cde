"""The file: owner, mode, migrations, transactions, refusals."""

import multiprocessing
import os
import signal
import sqlite3
import stat
import threading
import time

import pytest

from monitor.errors import StoreError
from monitor.store.db import Lock, open_memory, open_reader, open_writer
from monitor.store.schema import MIGRATIONS


def test_new_file_is_private(tmp_path):
    database = open_writer(tmp_path / "news.db")
    database.close()
    assert stat.S_IMODE((tmp_path / "news.db").stat().st_mode) == 0o600


def test_pragmas_are_the_promised_ones(tmp_path):
    database = open_writer(tmp_path / "news.db")
    sql = database.connection
    assert sql.execute("PRAGMA journal_mode").fetchone()[0] == "wal"
    assert sql.execute("PRAGMA synchronous").fetchone()[0] == 2
    assert sql.execute("PRAGMA foreign_keys").fetchone()[0] == 1
    database.close()


def test_opening_again_changes_nothing(tmp_path):
    open_writer(tmp_path / "news.db").close()
    database = open_writer(tmp_path / "news.db")
    assert database.connection.execute("PRAGMA user_version").fetchone()[0] == len(MIGRATIONS)
    database.close()


def test_newer_schema_is_refused_untouched(tmp_path):
    path = tmp_path / "news.db"
    database = open_writer(path)
    database.connection.execute("PRAGMA user_version = 99")
    database.close()
    with pytest.raises(StoreError, match=r"newer chipwire \(schema 99"):
        open_writer(path)
    with pytest.raises(StoreError, match="newer chipwire"):
        open_reader(path)


def test_foreign_database_is_refused(tmp_path):
    path = tmp_path / "other.db"
    other = sqlite3.connect(path)
    other.execute("CREATE TABLE recipes (name TEXT)")
    other.close()
    with pytest.raises(StoreError, match="not a chipwire database"):
        open_writer(path)


def test_file_that_is_no_database_is_refused(tmp_path):
    path = tmp_path / "letter.db"
    path.write_text("Dear desk, " * 500)
    with pytest.raises(StoreError, match="damaged"):
        open_writer(path)


def test_missing_folder_is_named(tmp_path):
    with pytest.raises(StoreError, match="cannot be created"):
        open_writer(tmp_path / "nowhere" / "news.db")


def test_reader_asks_for_a_database(tmp_path):
    with pytest.raises(StoreError, match="no database yet"):
        open_reader(tmp_path / "news.db")


def test_reader_cannot_write(tmp_path):
    open_writer(tmp_path / "news.db").close()
    reader = open_reader(tmp_path / "news.db")
    with pytest.raises(StoreError), reader.reading() as sql:
        sql.execute("DELETE FROM feeds")
    reader.close()


def test_transaction_is_all_or_nothing():
    database = open_memory()
    with pytest.raises(ZeroDivisionError), database.transaction() as sql:
        sql.execute("INSERT INTO counters VALUES ('new', 1)")
        raise ZeroDivisionError
    assert database.connection.execute("SELECT count(*) FROM counters").fetchone()[0] == 0


def test_savepoint_gives_up_its_part_only():
    database = open_memory()
    with database.transaction() as sql:
        sql.execute("INSERT INTO counters VALUES ('new', 1)")
        with pytest.raises(ZeroDivisionError), database.savepoint():
            sql.execute("INSERT INTO counters VALUES ('known', 1)")
            raise ZeroDivisionError
    assert [row[0] for row in database.connection.execute("SELECT name FROM counters")] == ["new"]


def test_driver_errors_come_out_as_store_errors():
    database = open_memory()
    with pytest.raises(StoreError, match="the database failed"), database.transaction() as sql:
        sql.execute("INSERT INTO nowhere VALUES (1)")


def test_full_disk_says_so_and_reading_goes_on(tmp_path):
    database = open_writer(tmp_path / "news.db")
    pages = database.connection.execute("PRAGMA page_count").fetchone()[0]
    database.connection.execute(f"PRAGMA max_page_count = {pages + 2}")
    with pytest.raises(StoreError, match="the disk is full"):
        for number in range(200):
            with database.transaction() as sql:
                sql.execute("INSERT INTO counters VALUES (?, 1)", (f"{number} {'x' * 2000}",))
    with database.reading() as sql:
        assert sql.execute("SELECT count(*) FROM counters").fetchone()[0] > 0
    database.close()


def test_read_decide_write_from_many_threads_loses_nothing(tmp_path):
    path = tmp_path / "news.db"
    open_writer(path).close()

    def work():
        mine = open_writer(path)
        for _ in range(50):
            with mine.transaction() as sql:
                row = sql.execute("SELECT value FROM counters WHERE name = 'new'").fetchone()
                value = 1 if row is None else row[0] + 1
                sql.execute("INSERT OR REPLACE INTO counters VALUES ('new', ?)", (value,))
        mine.close()

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    reader = open_reader(path)
    assert reader.connection.execute("SELECT value FROM counters").fetchone()[0] == 200
    reader.close()


def _hold(path, held):
    lock = Lock(path)
    lock.acquire()
    held.set()
    time.sleep(60)


def test_second_owner_is_told_the_pid_of_the_first(tmp_path):
    context = multiprocessing.get_context("spawn")
    held = context.Event()
    owner = context.Process(target=_hold, args=(tmp_path / "news.db", held))
    owner.start()
    try:
        assert held.wait(30)
        with pytest.raises(StoreError, match=f"pid {owner.pid}"):
            Lock(tmp_path / "news.db").acquire()
        assert Lock(tmp_path / "news.db").owner().pid == owner.pid
    finally:
        os.kill(owner.pid, signal.SIGKILL)
        owner.join()
        owner.close()
    lock = Lock(tmp_path / "news.db")
    lock.acquire()
    lock.release()
    assert Lock(tmp_path / "news.db").owner() is None
