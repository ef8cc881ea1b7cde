"""How a name may be spelled in a folded text."""

from __future__ import annotations

import re
import unicodedata
from itertools import product
from typing import TYPE_CHECKING

from monitor.mentions.watchlist import Clue, Sense
from monitor.text.fold import folded, words

if TYPE_CHECKING:
    from collections.abc import Iterator

_EAST = r"\u3041-\u30ff\u3400-\u9fff\uac00-\ud7a3"
_CHANGE = re.compile(
    rf"(?<=[a-z]) ?(?=\d)|(?<=\d)(?=[a-z]{{2,}})|(?<=[{_EAST}]) ?(?=[a-z\d])|(?<=[a-z\d]) ?(?=[{_EAST}])"
)
_MAX_CHANGES = 4
_SHORT = 5
_ACRONYM = re.compile(r"[A-Z0-9&]{1,4}\Z")
_EXCHANGE = r"(?:nasdaq|nyse|hkex|sehk|sse|szse|tse|tyo|krx|twse|tpe|xetra|amex|euronext|ams|lon)(?:gs|arca)?\s?:\s?"
_MARKET = r"\.(?:sh|sz|hk|ss|us|o|n|tw|two|t|ks|kq|as|de)\b"


def letters(name: str) -> str:
    """Letters and digits of a name as written, without what stands between them and without their width."""
    return "".join(filter(str.isalnum, name if name.isascii() else unicodedata.normalize("NFKC", name)))


def is_cased(name: str) -> bool:
    """Whether the name has letters that come in capitals and small."""
    return name.lower() != name.upper()


def is_written(exact: str, written: str) -> bool:
    """Whether a name stands as it must: as given, or a long one all in capitals, as headlines have it."""
    found = written if written.isascii() and written.isalnum() else letters(written)
    return found == exact or (len(exact) > _SHORT and found == exact.upper())


def is_acronym(name: str) -> bool:
    """A short name in capitals, which in small letters may be any word."""
    return _ACRONYM.match(name) is not None and not name.isdigit()


def spellings(name: str) -> list[str]:
    """Spellings of a name in a folded text: with and without a blank where letters and digits or two scripts meet."""
    plain = words(folded(name)).strip()
    if "  " not in plain and _CHANGE.search(plain) is None:
        return [plain]
    found: dict[str, None] = {}
    for base in dict.fromkeys((plain, " ".join(plain.split()))):
        found.update(dict.fromkeys(_spaced(base)))
    return list(found)


def _spaced(plain: str) -> Iterator[str]:
    spots = [spot for spot in _CHANGE.finditer(plain) if not _single_letter(plain, spot.start())][:_MAX_CHANGES]
    for blanks in product(("", " "), repeat=len(spots)):
        parts, at = [], 0
        for spot, blank in zip(spots, blanks, strict=True):
            parts += [plain[at : spot.start()], blank]
            at = spot.end()
        yield "".join([*parts, plain[at:]])


def _single_letter(plain: str, at: int) -> bool:
    """Whether one letter alone stands before the digits: H20 is never written H 20."""
    return plain[at - 1].isalpha() and (at == 1 or plain[at - 2] == " ")


def ticker_sense(ticker: str) -> Sense:
    """A ticker counts where the text shows that it is one: `$MU`, `(MU)`, `NASDAQ: MU`, `688256.SH`."""
    clues = (
        Clue(where="before", pattern=r"\$|" + _EXCHANGE, weight=1),
        Clue(where="before", pattern=r"\(\s?(?:[a-z0-9.]{1,9}[,;/、|]\s?)*", weight=0.3),
        Clue(where="after", pattern=r"\s?[),;/、|]", weight=0.3),
        Clue(where="after", pattern=_MARKET, weight=1),
    )
    return Sense(names=(ticker,), clues=clues)
