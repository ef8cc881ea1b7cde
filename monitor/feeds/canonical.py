"""One spelling for the many URLs of an article. Pure."""

from __future__ import annotations

import re
from urllib.parse import parse_qsl, quote, unquote, urlencode, urljoin, urlsplit, urlunsplit

# What newsletters, social networks and counters put behind a "?" and no page is told apart by.
_TRACKING = re.compile(
    r"utm_.*|(?:fb|g|dc|ms|yb|tw|li_fat_|mc_e|mc_c|_hs)(?:cl)?id|_?ga|_gl|_hsenc|_hsmi|mkt_tok|igshid|spm|scm|cmpid|ncid|"
    r"soc_(?:src|trk)|guce_.*|guccounter|(?:at|wt|pk|mtm|piwik|hsa|oly|vero|sc)_.*|smid|smtyp|sref|taid|tpcc|rss|"
    r"cid_source|partner|campaign_id|emc|outputtype|xtor|ved|usg|oc|ito|ftag|feature=youtu\.be|share_source|from_source",
    re.IGNORECASE,
)
_SAFE = "/:@!$&'()*+,;=~-._"
_PLAIN = re.compile(r"https?://(?:www\.)?([a-z0-9-]+(?:\.[a-z0-9-]+)+)((?:/[A-Za-z0-9_.~/-]*)?)")
"""Most links: nothing to unescape, no port, no query, no fragment."""
_WHOLE = re.compile(r"https?://[a-z0-9-]+(?:\.[a-z0-9-]+)+(?:/[A-Za-z0-9_.~/%-]*(?:\?[A-Za-z0-9_.~/%&=+-]+)?)?")
"""Most links of feeds: nothing to join, to clean or to refuse."""
_INDEX = re.compile(r"/(?:index|default)\.(?:html?|php|aspx?|jsp)$", re.IGNORECASE)


def absolute(base: str, link: str) -> str | None:
    """The link as a full http(s) URL, blanks and control characters gone; None for what a browser should not follow."""
    if _WHOLE.fullmatch(link):
        return link
    cleaned = re.sub(r"[\x00-\x20\x7f]+", lambda blank: "" if blank[0].strip(" ") else "%20", link.strip())
    try:
        joined = urljoin(base, cleaned) if base else cleaned
        parts = urlsplit(joined)
        if parts.scheme.lower() not in {"http", "https"} or not parts.hostname:
            return None
        parts.port  # noqa: B018  raises for a port that is none
    except ValueError:
        return None
    return joined


def clean(url: str) -> str:
    """The URL without its tracking parameters; else as it was, so that it still leads where it led."""
    if "?" not in url:
        return url
    parts = urlsplit(url)
    kept = [pair for pair in parts.query.split("&") if not _TRACKING.fullmatch(unquote(pair.partition("=")[0]))]
    return urlunsplit(parts._replace(query="&".join(kept)))


def canonical(url: str) -> str:
    """Equal for the spellings of one page; a key, not to be followed. An unusable URL comes back as it is.

    One scheme, no `www.`, default port, index file, trailing slash, `/amp`, fragment or tracking parameter; the other
    parameters sorted, escapes normalised.
    """
    if (plain := _PLAIN.fullmatch(url)) is not None:
        return f"https://{plain[1]}{_path(plain[2])}"
    try:
        parts = urlsplit(url.strip())
        host = (parts.hostname or "").rstrip(".")
        port = parts.port
    except ValueError:
        return url
    if not host:
        return url
    host = host.removeprefix("www.")
    netloc = host if port in {None, 80, 443} else f"{host}:{port}"
    unescaped = unquote(parts.path, errors="surrogateescape").encode("utf-8", "surrogateescape")
    query = [
        (name, value) for name, value in parse_qsl(parts.query, keep_blank_values=True) if not _TRACKING.fullmatch(name)
    ]
    return urlunsplit(("https", netloc, _path(quote(unescaped, safe=_SAFE)), urlencode(sorted(query)), ""))


def _path(path: str) -> str:
    if "//" in path:
        path = re.sub(r"/{2,}", "/", path)
    return _INDEX.sub("/", path).removesuffix("/").removesuffix("/amp") or "/"
