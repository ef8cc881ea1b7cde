"""Compile the packs: `python -m monitor.mentions.packs` writes the JSON beside each YAML anew."""

from __future__ import annotations

from pathlib import Path

from monitor.mentions.packs import NAMES
from monitor.mentions.packs.source import compiled

if __name__ == "__main__":
    for name in NAMES:
        Path(__file__).with_name(f"{name}.json").write_text(compiled(name), "utf-8")
