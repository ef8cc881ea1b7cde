"""Which language a text is in, by its letters and commonest words."""

from __future__ import annotations

import re
from collections import Counter

_COMMON = {
    "en": "the of and to in is that for with on was are as at by from has it will be than more its said after over"
    " have not up which but new an or were been two people their this about into",
    "de": "der die das und ist nicht mit ein eine den von zu auf für sich dem im auch wird",
    "fr": "le la les des et est une un du que dans pour qui sur pas avec au plus par ce",
    "es": "el la los las de y que en un una es por con para se del al como su más",
    "it": "il lo la gli di e che è un una per con non del della sono nel alla più dei",
    "nl": "de het een van en is dat op te in voor met niet zijn aan er ook wordt door bij",
    "pt": "o a os as de e que em um uma é por com para se do da não mais dos",
}
_OF_WORD: dict[str, list[str]] = {}
for _language, _words in _COMMON.items():
    for _word in _words.split():
        _OF_WORD.setdefault(_word, []).append(_language)
_EASTERN = re.compile(rb"[\xe3-\xed]")
"""What UTF-8 begins with from U+3000 to U+DFFF: kana, Han and Hangul are among it."""
_SAMPLE = 400
"""Characters of the text that are looked at: a language shows in its first lines, and every article of a feed pays."""


def detect(title: str, text: str) -> str | None:
    """ISO 639-1 code of the language, or None where there is too little to tell by."""
    sample = f"{title}\n{text[:_SAMPLE]}"
    if not sample.isascii() and _EASTERN.search(sample.encode("utf-8", "replace")) and (language := _by_script(sample)):
        return language
    return _by_words(sample)


def _by_script(sample: str) -> str | None:
    kana = len(re.findall(r"[\u3041-\u30fa]", sample))
    hangul = len(re.findall(r"[\uac00-\ud7a3]", sample))
    han = len(re.findall(r"[\u4e00-\u9fff]", sample))
    latin = len(re.findall(r"[A-Za-z\u00c0-\u024f]", sample))
    east = kana + hangul + han
    if not east or east * 4 < latin:
        return None
    if hangul > kana and hangul * 2 > han:
        return "ko"
    return "ja" if kana * 8 > han else "zh"


def _by_words(sample: str) -> str | None:
    counts: dict[str, int] = {}
    for word, times in Counter(filter(_OF_WORD.__contains__, sample.lower().split())).items():
        for language in _OF_WORD[word]:
            counts[language] = counts.get(language, 0) + times
    if not counts:
        return None
    best = max(counts, key=lambda language: (counts[language], language == "en"))
    return best if counts[best] > 1 else None
