"""Who counts as whom: units and parents, departments and governments, products, families and makers."""

from __future__ import annotations

import re
from functools import cached_property
from typing import TYPE_CHECKING

from monitor.text.fold import folded

if TYPE_CHECKING:
    from collections.abc import Mapping

    from monitor.model import Entity

_ACTORS = frozenset({"company", "agency", "government", "fund"})
_MODEL = re.compile(r"[a-z]*\d[a-z0-9]*")
_LATIN = re.compile(r"[a-z]")
_OTHER_SCRIPTS = {
    "kana": r"[\u3040-\u30ff]",
    "han": r"[\u3400-\u9fff]",
    "hangul": r"[\uac00-\ud7af]",
    "other": r"[^\x00-\u024f\u3000-\u30ff\u3400-\u9fff\uac00-\ud7af]",
}
_KINDS = re.compile(
    r"\b(?:ai|cpus?|gpus?|npus?|tpus?|chips?|processors?|accelerators?|cards?|servers?|systems?|series|platform)\b|"
    r"芯片|晶片|处理器|處理器|加速卡|系列|プロセッサー?|チップ|칩|프로세서"
)
_LEAST_LATIN, _LEAST_OTHER = 4, 2
"""Letters from which on the beginning of a name stands for it."""
GENERAL = "export-controls"
"""The thing controlled, unnamed."""


class Kinship:
    """The watchlists' entities as a family tree."""

    def __init__(self, entities: Mapping[str, Entity]) -> None:
        self._entities = entities

    @cached_property
    def _roots(self) -> dict[str, str]:
        return {id_: self._climb(id_) for id_, e in self._entities.items() if e.kind in _ACTORS}

    def _climb(self, id_: str) -> str:
        seen = {id_}
        while (entity := self._entities.get(id_)) and entity.parent and entity.parent not in seen:
            id_ = entity.parent
            seen.add(id_)
        return id_

    def root(self, actor: str | None) -> str:
        """The actor that a unit or department counts as; itself where none is known; empty for None."""
        return self._roots.get(actor, actor) if actor else ""

    def maker(self, product: str | None) -> str | None:
        """Who makes a product; of its family where it names none itself."""
        seen: set[str] = set()
        while product and product not in seen and (entity := self._entities.get(product)):
            if entity.maker:
                return entity.maker
            seen.add(product)
            product = entity.parent
        return None

    def actor(self, subject: str | None, product: str | None) -> str:
        """Root of the subject, else of the product's maker, else empty."""
        return self.root(subject) or self.root(self.maker(product))

    def family(self, product: str | None) -> tuple[str, ...]:
        """A product and the families that it belongs to, nearest first."""
        line: list[str] = []
        while product and product not in line:
            line.append(product)
            entity = self._entities.get(product)
            product = entity.parent if entity else None
        return tuple(line)

    def related(self, one: str, other: str) -> bool:
        """The same product, or one the family of the other."""
        return one in self.family(other) or other in self.family(one)

    def name(self, id_: str) -> str:
        """For people."""
        entity = self._entities.get(id_)
        return entity.name if entity else id_

    def known(self, id_: str) -> bool:
        return id_ in self._entities

    def watchlist(self, id_: str) -> str:
        entity = self._entities.get(id_)
        return entity.watchlist if entity else ""

    def is_actor(self, id_: str) -> bool:
        """A company, government, agency or fund."""
        return id_ in self._roots


def _within(short: str, long: str) -> bool:
    """ "Lightspan" and "Lightspan Inc", 魔芯 and 魔芯科技; of names with model numbers the numbers decide."""
    least = _LEAST_LATIN if short.isascii() else _LEAST_OTHER
    return len(short) >= least and long.startswith(short) and not _MODEL.search(short + long)


def same_name(one: str, other: str) -> bool:
    """Names off the watchlists: equal when folded, one within the other, of the same model numbers, or in scripts that
    cannot be compared."""
    a, b = folded(one).strip(), folded(other).strip()
    if a == b or _within(a, b) or _within(b, a):
        return True
    models = set(_MODEL.findall(a)), set(_MODEL.findall(b))
    if models[0] and models[1]:
        return bool(models[0] & models[1])
    return _incomparable(a, b)


def bare_name(name: str, maker: str) -> str:
    """A product's name without its maker's and without words for what it is: "agi" of "Arm AGI CPU"; never empty."""
    plain = folded(name).removeprefix(folded(maker)) if maker else folded(name)
    return " ".join(_KINDS.sub(" ", plain).split()) or folded(name)


def same_model(short: str, name: str) -> bool:
    """Whether a name is a product's own model number, its line left out: P800, of "Kunlun P800"."""
    models = {model.removesuffix("s") for model in _MODEL.findall(folded(name))}
    return bool(models) and {model.removesuffix("s") for model in _MODEL.findall(folded(short))} == models


def _incomparable(a: str, b: str) -> bool:
    """Whether the two are written in different scripts, their Latin letters, if any, in agreement: ZTシステムズ."""
    ones, others = _scripts(a), _scripts(b)
    if "latin" in ones & others and (ones != others):
        short, long = sorted((_latin(a), _latin(b)), key=len)
        return long.startswith(short)
    return ones.isdisjoint(others)


def _scripts(name: str) -> set[str]:
    found = {"latin"} if _LATIN.search(name) else set()
    if not name.isascii():
        found |= {script for script, letters in _OTHER_SCRIPTS.items() if re.search(letters, name)}
    return found - {"han"} if "kana" in found else found


def _latin(name: str) -> str:
    return "".join(_LATIN.findall(name))
