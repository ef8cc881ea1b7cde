"""How a name may be spelled in a folded text."""

from __future__ import annotations

import re
from itertools import product

from monitor.mentions.watchlist import Clue, Sense
from monitor.text.fold import folded, words

_CHANGE = re.compile(r"(?<=[a-z])(?=\d)|(?<=\d)(?=[a-z]{2,})|(?<=[a-z]) (?=\d)")
_MAX_CHANGES = 4
_ACRONYM = re.compile(r"[A-Z0-9&]{1,4}\Z")
_EXCHANGE = r"(?:nasdaq|nyse|hkex|sehk|sse|szse|tse|tyo|krx|twse|tpe|xetra|amex|euronext|ams|lon)(?:gs|arca)?\s?:\s?"
_MARKET = r"\.(?:sh|sz|hk|ss|us|o|n|tw|two|t|ks|kq|as|de)\b"


def letters(name: str) -> str:
    """Letters and digits of a name as written, without what stands between them."""
    return "".join(filter(str.isalnum, name))


def is_acronym(name: str) -> bool:
    """A short name in capitals, which in small letters may be any word."""
    return _ACRONYM.match(name) is not None and not name.isdigit()


def spellings(name: str) -> list[str]:
    """Spellings of a name in a folded text: with and without a blank where letters and digits meet."""
    plain = " ".join(words(folded(name)).split())
    spots = [spot for spot in _CHANGE.finditer(plain) if not _single_letter(plain, spot.start())][:_MAX_CHANGES]
    found: dict[str, None] = {}
    for blanks in product(("", " "), repeat=len(spots)):
        parts, at = [], 0
        for spot, blank in zip(spots, blanks, strict=True):
            parts += [plain[at : spot.start()], blank]
            at = spot.end()
        found["".join([*parts, plain[at:]])] = None
    return list(found)


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
