"""Visible words of HTML as feeds carry it, in linear time. Pure.

Not for documents: feeds hold fragments, often broken, escaped twice, or plain text. Only names that are HTML elements
count as tags, so that "yields < 60 %" and "vector<int>" stay text.
"""

from __future__ import annotations

import html
import re

# Tag names, WHATWG HTML and what feeds still carry of its past.
_BLOCK = """
address article aside blockquote body br caption center dd details dialog dir div dl dt fieldset figcaption figure
footer form frame frameset h1 h2 h3 h4 h5 h6 head header hgroup hr html legend li main menu nav ol optgroup option
p pre search section summary table tbody td tfoot th thead title tr ul
"""
_INLINE = """
a abbr acronym area audio b base basefont bdi bdo big blink button canvas cite code col colgroup command data datalist
del dfn em embed font i iframe img input ins kbd keygen label link map mark marquee math meta meter nobr noframes
noscript o:p object output param picture plaintext progress q rb rp rt ruby s samp select slot small source span
strike strong sub sup textarea time track tt u var video wbr xmp
"""
BLOCK = frozenset(_BLOCK.split())
INLINE = frozenset(_INLINE.split())
HIDDEN = frozenset(("applet", "script", "style", "svg", "template"))

KNOWN = BLOCK | INLINE | HIDDEN
STRANGE = 50
"""Names beyond HTML that are looked for in one text."""

_HIDDEN_END = {name: re.compile(f"</{name}", re.IGNORECASE) for name in HIDDEN}
# A ">" inside quotes does not end a tag; quotes that never end are none.
_ATTRIBUTES = re.compile(r"""(?>[^"'<>]++|"[^"]{0,2000}+"|'[^']{0,2000}+')*+>""")
_TAG = re.compile(
    r"<(?:!--(?P<comment>)|(?P<close>/)?(?P<name>[a-zA-Z][a-zA-Z0-9:]*)|(?:\?|!(?=[a-zA-Z\[]))(?P<other>))"
)
# A tag as software writes it: attributes with balanced quotes, and no angle brackets in them.
_USUAL_TAG = re.compile(r"""</?([a-zA-Z][a-zA-Z0-9:]*)[^"'<>]*+(?:"[^"<>]*"[^"'<>]*+|'[^'<>]*'[^"'<>]*+)*+>""")
_LEAVES = dict.fromkeys(INLINE, "") | dict.fromkeys(BLOCK, "\n")
# C0 and C1, zero-width, bidirectional overrides: nothing that a reader sees, much that an attacker uses.
_INVISIBLE = re.compile(
    r"[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff]"
)


def text(markup: str) -> str:
    """Paragraphs, one a line, blanks collapsed; script, style and what else is not shown left out."""
    if "<" in markup:
        markup = _usual(markup) or "".join(_pieces(markup))
    if "&" in markup:
        markup = html.unescape(markup)
    return tidy(markup)


def line(markup: str) -> str:
    """The same on one line: for titles."""
    return text(markup).replace("\n", " ")


def tidy(words: str) -> str:
    """Invisible characters removed, blanks of any kind collapsed, empty lines dropped."""
    lines = [" ".join(line.split()) for line in words.split("\n")]
    if not "".join(lines).isprintable():
        lines = [" ".join(_INVISIBLE.sub("", line).split()) for line in lines]
    return "\n".join(filter(None, lines))


def _usual(markup: str) -> str | None:
    """What `_pieces` gives for markup that holds nothing but usual tags, which is most of it; else None."""
    split = _USUAL_TAG.split(markup.replace("\n", " "))
    words, names = split[::2], split[1::2]
    if not _LEAVES.keys() >= set(names) or any("<" in piece for piece in words):
        return None
    split[1::2] = [_LEAVES[name] for name in names]
    return "".join(split)


def _pieces(markup: str) -> list[str]:
    """Text between tags; a block element leaves a line break, line breaks of the source become blanks."""
    pieces: list[str] = []
    closed: dict[str, bool] = {}
    start = at = 0
    while (found := _TAG.search(markup, at)) is not None:
        name = (found["name"] or "").lower()
        if name and name not in KNOWN and not _is_closed(name, markup, closed):
            at = found.end()
            continue
        pieces.append(markup[start : found.start()].replace("\n", " "))
        if name in BLOCK:
            pieces.append("\n")
        start = at = _tag_end(markup, found, name)
    pieces.append(markup[start:].replace("\n", " "))
    return pieces


def _is_closed(name: str, markup: str, closed: dict[str, bool]) -> bool:
    """Whether a name that is no HTML is used as an element all the same (MathML, custom elements)."""
    if name not in closed:
        closed[name] = len(closed) < STRANGE and f"</{name}" in markup.lower()
    return closed[name]


def _tag_end(markup: str, found: re.Match[str], name: str) -> int:
    """Just after the tag, comment, or element that is not shown."""
    if found["comment"] is not None:
        return _after(markup, "-->", found.end())
    if name in HIDDEN and not found["close"]:
        close = _HIDDEN_END[name].search(markup, found.end())
        return len(markup) if close is None else _after(markup, ">", close.end())
    whole = _ATTRIBUTES.match(markup, found.end()) if name else None
    return _after(markup, ">", found.end()) if whole is None else whole.end()


def _after(markup: str, mark: str, at: int) -> int:
    where = markup.find(mark, at)
    return len(markup) if where < 0 else where + len(mark)
