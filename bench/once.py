"""What a whole `run --once` costs beside `reader` (PyPI) on the same feeds: CPU of the process, start-up and children.

    python bench/once.py [--feeds 200] [--matching 0.1] [--rounds 3] [--plain] [--reader PYTHON]

Feeds of 30 items on loopback are asked three times: first fetch, unchanged (304), one new item each; `--matching` is
the share of items that tell of a chip, a figure and its maker. Items are marked up as in real feeds (`_items.py`); with
`--plain` they are 60 bare words. The least of `--rounds` runs counts, each from the same database. Both programs run
from byte code, as pip installs them, whatever PYTHONDONTWRITEBYTECODE says. `--reader` names an interpreter that has
`reader`; without one only our own figures are printed.
"""

from __future__ import annotations

import argparse
import compileall
import importlib.util
import json
import multiprocessing
import resource
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from _items import ITEMS, documents
from _server import serve

if TYPE_CHECKING:
    from collections.abc import Iterable

HERE = Path(__file__).parent
PHASES = ("first fetch", "unchanged", "one new item")
READER = """
import sys
from reader import make_reader
library = make_reader(sys.argv[1], feed_root=None)
for url in sys.argv[2:]:
    library.add_feed(url, exist_ok=True)
library.update_feeds(scheduled=False, workers=10)
"""


class Bench:
    """A folder with both databases, and the state that each phase begins with."""

    def __init__(self, folder: Path, urls: list[str], reader: str | None) -> None:
        self.folder = folder
        self.commands = {"chipwire": [sys.executable, "-m", "monitor", "run", "--once"]}
        if reader:
            self.commands["reader"] = [reader, "-c", READER, "reader.db", *urls]
        (folder / "feeds.yaml").write_text(configuration(urls))
        for package in ("monitor", "alerts"):
            compileall.compile_dir(HERE.parent / package, quiet=1)

    def phase(self, rounds: int) -> dict[str, float]:
        """Seconds of CPU by program; the last run's database stays."""
        before = self._state()
        spent: dict[str, float] = {}
        for name, command in self.commands.items():
            for _ in range(rounds):
                self._restore(name, before)
                seconds = self._run(command)
                spent[name] = min(seconds, spent.get(name, seconds))
        return spent

    def _run(self, command: list[str]) -> float:
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run(command, cwd=self.folder, check=True, capture_output=True)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime

    def _files(self, name: str) -> Iterable[Path]:
        return self.folder.glob(f"{name}.db*")

    def _state(self) -> Path:
        kept = Path(tempfile.mkdtemp(dir=self.folder))
        for name in self.commands:
            for file in self._files(name):
                shutil.copy(file, kept)
        return kept

    def _restore(self, name: str, state: Path) -> None:
        for file in self._files(name):
            file.unlink()
        for file in state.glob(f"{name}.db*"):
            shutil.copy(file, self.folder)


def configuration(urls: list[str]) -> str:
    settings = {
        "database": "chipwire.db",
        "network": {"allow_private": True},
        "feeds": [{"url": url, "name": f"Feed {number}"} for number, url in enumerate(urls)],
        "watchlists": [{"use": name} for name in ("chips", "companies", "export-controls")],
        "alerts": {"channels": {"file": {"kind": "jsonl", "path": "alerts.jsonl"}}, "routes": [{"to": ["file"]}]},
    }
    return json.dumps(settings)


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--feeds", type=int, default=200)
    arguments.add_argument("--matching", type=float, default=0.1)
    arguments.add_argument("--rounds", type=int, default=3)
    arguments.add_argument("--plain", action="store_true")
    arguments.add_argument("--reader", default=sys.executable if importlib.util.find_spec("reader") else None)
    options = arguments.parse_args()
    pipe, theirs = multiprocessing.Pipe()
    process = multiprocessing.get_context("spawn").Process(target=serve, args=(theirs,), daemon=True)
    process.start()
    port = pipe.recv()
    shape = f"{options.matching:.0%} of them matching, {'plain' if options.plain else 'marked up'}"
    print(f"{options.feeds} feeds of {ITEMS} items, {shape}; seconds of CPU")
    with tempfile.TemporaryDirectory() as folder:
        urls = [f"http://127.0.0.1:{port}/feed/{number}" for number in range(options.feeds)]
        bench = Bench(Path(folder), urls, options.reader)
        for phase in PHASES:
            if phase != "unchanged":
                pipe.send(documents(options.feeds, options.matching, int(phase == "one new item"), plain=options.plain))
                pipe.recv()
            spent = bench.phase(options.rounds)
            ratio = f"   ratio {spent['reader'] / spent['chipwire']:.2f}" if "reader" in spent else ""
            print(f"  {phase:13}" + "".join(f"   {name} {value:.2f}" for name, value in spent.items()) + ratio)
    if options.reader is None:
        print("  reader: not installed (pip install reader sgmllib3k, or --reader PYTHON)")
    pipe.send(None)
    process.join()


if __name__ == "__main__":
    main()
