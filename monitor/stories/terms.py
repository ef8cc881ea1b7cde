"""What an article is about, as terms that stories share: entities, figures, facts, concepts and words."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files
from itertools import pairwise
from math import prod
from typing import TYPE_CHECKING

import yaml

from monitor.text.fold import folded

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from monitor.model import Article

_LEAD = 480
"""Characters of the text, after the title, that say what it is about …"""
_SPACELESS_LEAD = 160
"""… and of scripts without spaces, where a character says as much as half a word."""

_SCALES = {
    "k": 1e3, "thousand": 1e3, "tausend": 1e3, "tsd": 1e3, "m": 1e6, "mn": 1e6, "mln": 1e6, "mio": 1e6, "million": 1e6,
    "millionen": 1e6, "b": 1e9, "bn": 1e9, "bln": 1e9, "billion": 1e9, "milliarden": 1e9, "milliarde": 1e9, "mrd": 1e9,
    "trillion": 1e12, "trn": 1e12, "tn": 1e12, "billionen": 1e12, "千": 1e3, "万": 1e4, "만": 1e4, "亿": 1e8, "億": 1e8,
    "억": 1e8, "兆": 1e12, "조": 1e12,
}  # fmt: skip
_SPACELESS_SCALES = "千万만亿억兆조"
_SPACED = re.compile(
    r"(?<![a-z0-9.千万만亿억兆조])(\d{1,3}(?:[.,]\d{3})+(?:[.,]\d{1,2})?|\d+(?:[.,]\d+)?)(?![\d千万만亿억兆조])\s?"
    r"(%|percent|per cent|prozent|(?:"
    + "|".join(sorted(filter(str.isascii, _SCALES), key=len, reverse=True))
    + r")\b)?"
)
_SPACELESS = re.compile(rf"(?:\d[\d,.]*\s?[{_SPACELESS_SCALES}]+\s?)+(?:\d{{1,4}}(?![\d.,]))?")
_PART = re.compile(rf"(\d[\d,.]*)\s?([{_SPACELESS_SCALES}]*)")
_WORD = re.compile(r"[a-zäöüßéèà][a-zäöüßéèà'\-]{3,}")
_SPACELESS_RUN = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]{2,}")


@cache
def _stopwords() -> frozenset[str]:
    """Words that tell no event from another, English and German."""
    return frozenset(files("monitor.stories").joinpath("stopwords.txt").read_text("utf-8").split())


@cache
def _concepts() -> tuple[Mapping[str, str], Mapping[str, Sequence[tuple[str, str]]]]:
    """Words and phrases of spaced scripts, and strings of the others by their first character."""
    spaced: dict[str, str] = {}
    by_first: dict[str, list[tuple[str, str]]] = {}
    text = files("monitor.stories").joinpath("concepts.yaml").read_text("utf-8")
    for concept, names in yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader)).items():  # noqa: S506 - safe, in C
        for name in map(folded, names):
            if name[0].isascii() or name[0] in "äöü":
                spaced[name] = f"c:{concept}"
            else:
                by_first.setdefault(name[0], []).append((name, f"c:{concept}"))
    return spaced, by_first


def head(article: Article) -> str:
    """Title and lead, folded."""
    spaceless = sum(map(len, _SPACELESS_RUN.findall(article.title))) * 2 > len(article.title)
    lead = article.text[: _SPACELESS_LEAD if spaceless else _LEAD]
    return folded(f"{article.title}\n{lead}")


def concepts(text: str) -> set[str]:
    """Concepts of a folded text."""
    spaced, by_first = _concepts()
    words = _latin_words(text)
    found = {spaced[word] for word in words if word in spaced}
    found |= {spaced[pair] for pair in map(" ".join, pairwise(words)) if pair in spaced}
    for run in _SPACELESS_RUN.findall(text):
        for start, first in enumerate(run):
            found.update(concept for name, concept in by_first.get(first, ()) if run.startswith(name, start))
    return found


def _latin_words(text: str) -> list[str]:
    return re.findall(r"[a-zäöüß0-9]+", text)


def figures(text: str) -> set[str]:
    """Figures that tell events apart, as `n:46700000000` and `n:15%`: from 1,000 on, and percentages; no years."""
    return set(_figures(text))


def _figures(text: str) -> Iterator[str]:
    for match in _SPACELESS.finditer(text):
        parts = [_scaled(number, signs) for number, signs in _PART.findall(match[0])]
        if (total := sum(parts)) >= 1_000:
            yield f"n:{total:.6g}"
    for match in _SPACED.finditer(text):
        value, scale = _number(match[1]), match[2]
        if scale in {"%", "percent", "per cent", "prozent"}:
            yield f"n:{value:.6g}%"
        elif value * _SCALES.get(scale, 1) >= 1_000 and not (scale is None and value < 2_100 and "," not in match[1]):
            yield f"n:{value * _SCALES.get(scale, 1):.6g}"


def _scaled(number: str, signs: str) -> float:
    return prod((_SCALES[sign] for sign in signs), start=_number(number))


def figure(value: float, unit: str) -> str:
    """The term of a figure whose value is known."""
    return f"n:{value:.6g}%" if unit == "percent" else f"n:{value:.6g}"


def _number(text: str) -> float:
    """Commas and dots as thousands where three digits follow each of them; 0 where it is no number after all."""
    plain = re.sub(r"[.,](?=\d{3}(?:\D|$))", "", text) if re.fullmatch(r"\d{1,3}([.,]\d{3})+", text) else text
    if plain.count(",") + plain.count(".") > 1:
        plain = re.sub(r"[.,](?=\d*[.,])", "", plain)
    try:
        return float(plain.replace(",", "."))
    except ValueError:
        return 0.0


def words(text: str) -> set[str]:
    """Words of spaced scripts without their plural ending, and pairs of characters of the others."""
    stop = _stopwords()
    latin = {f"w:{_stem(word)}" for word in _WORD.findall(text) if word not in stop}
    pairs = {f"w:{run[i : i + 2]}" for run in _SPACELESS_RUN.findall(text) for i in range(len(run) - 1)}
    return latin | pairs


def _stem(word: str) -> str:
    word = word.removesuffix("'s")
    return word[:-1] if len(word) > 4 and word.endswith("s") and not word.endswith("ss") else word


def facts(keys: Iterable[str]) -> set[str]:
    return {f"f:{key}" for key in keys}


def entities(ids: Iterable[str]) -> set[str]:
    return {f"e:{id_}" for id_ in ids}


def titled(ids: Iterable[str]) -> set[str]:
    return {f"m:{id_}" for id_ in ids}
