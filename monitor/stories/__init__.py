"""Which articles report the same event. Streaming and pure; asks the past through `Known`."""

from monitor.stories.about import About, about, headline
from monitor.stories.alike import Likeness
from monitor.stories.alone import roundup
from monitor.stories.copies import copied, versions
from monitor.stories.place import Placer
from monitor.stories.shingles import shingles

__all__ = ["About", "Likeness", "Placer", "about", "copied", "headline", "roundup", "shingles", "versions"]
