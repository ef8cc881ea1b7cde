"""Compile the packs: `python -m monitor.mentions.packs` writes `packs.json` anew."""

from __future__ import annotations

from pathlib import Path

from monitor.mentions.packs.source import compiled

if __name__ == "__main__":
    Path(__file__).with_name("packs.json").write_text(compiled(), "utf-8")
