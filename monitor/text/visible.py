"""Which parts of a text are not its words: addresses, mark-up, share buttons, related links, the outlet's own name."""

from __future__ import annotations

import re
from functools import cache

Span = tuple[int, int]

_WIDE = r"\u3000-\u303f\u3041-\u30ff\u3400-\u9fff\uac00-\ud7a3\uff00-\uffef"
_DOMAINS = "com|cn|org|net|io|co|jp|kr|tw|hk|de|fr|eu|uk|gov|edu|info|me|tv"
_DOMAIN_END = re.compile(rf"\.(?:{_DOMAINS})(?![\w-])", re.IGNORECASE | re.ASCII)


@cache
def _address() -> re.Pattern[str]:
    return re.compile(
        rf"(?:https?://|www\.)[^\s<>\"'{_WIDE}]+"
        r"|(?<![\w.+-])[\w.+-]+@[\w-]+\.[\w.-]+"
        rf"|(?<![\w.-])[a-z0-9][a-z0-9-]*(?:\.[a-z0-9-]+)*\.(?:{_DOMAINS})"
        rf"(?:/[^\s<>\"'{_WIDE}]*)?(?![\w-]|\.\w)",
        re.IGNORECASE | re.ASCII,
    )


_MARKUP = re.compile(r"<[a-z/!][^<>]{0,2000}>|&[a-z]{2,8};|&#x?[0-9a-f]{1,6};", re.IGNORECASE)
_PLATFORM = (
    r"(?:Facebook|Twitter|X|LinkedIn|Instagram|YouTube|WhatsApp|Telegram|Google(?: News| Play| Podcasts)?|"
    r"Apple (?:News|Podcasts|Music)|App Store|Reddit|WeChat|Microsoft Start|MSN|Threads|Bluesky|Mastodon|TikTok|"
    r"Spotify|Amazon Music|Pinterest|Flipboard|Weibo|email|E-Mail)"
)


@cache
def _share() -> re.Pattern[str]:
    return re.compile(
        r"\b(?:[Ss]hare|[Ff]ollow|[Ll]isten|[Ss]ubscribe|[Ll]ike|[Ff]ind|[Aa]dd|[Tt]eilen)"
        r"(?:\s+(?:us|this|it|me|our|to|as|a|preferred|source|page|story|article|post|channel|podcast|Sie|uns)){0,5}"
        rf"\s+(?:on|via|in|at|to|auf|bei)\s+{_PLATFORM}(?:(?:,\s*|\s+(?:and|or|und)\s+|,\s+(?:and|or)\s+|\s*/\s*){_PLATFORM})*"
    )


_VERBS = ("hare ", "ollow ", "isten ", "ubscribe ", "ike ", "ind ", "dd ", "eilen ")
_RELATED = (
    r"related(?: (?:articles?|stories|story|posts?|news|topics|reading|content|coverage|links?))?"
    r"|more (?:on|from) [^:\n]{2,40}|(?:read|see|watch) (?:more|next|also)|also read"
    r"|recommended(?: (?:for you|reading|stories))?|you (?:may|might) also like"
    r"|tags?|topics|keywords|trending(?: now)?|most (?:read|popular)|up next|editor.s picks"
    r"|相关(?:阅读|新闻|报道|文章|推荐|链接)|推荐阅读|延伸阅读|更多(?:阅读|新闻|内容)|标签|关键词"
    r"|相關(?:閱讀|新聞|報導|文章)|延伸閱讀|推薦閱讀|關鍵字"
    r"|関連(?:記事|リンク|ニュース|キーワード)|あわせて読みたい|こちらも(?:おすすめ|読まれています)"
    r"|관련 ?(?:기사|뉴스)|추천 ?기사"
    r"|mehr zum thema|lesen sie auch|das könnte sie auch interessieren|zum thema|à lire aussi"
)


@cache
def _heading() -> re.Pattern[str]:
    return re.compile(rf"\s*[>»▶•\[【]?\s*(?:{_RELATED})\s*[\]】]?\s*[:：]?\s*", re.IGNORECASE)


@cache
def _buttons() -> re.Pattern[str]:
    return re.compile(
        r"\s*(?:(?:share|tweet|email|print|copy link|comments?|save"
        rf"|分享(?:到|至)?|微信|微博|朋友圈|QQ空间|シェア|공유|teilen|{_PLATFORM})"
        r"[\s|·•,/:：、]*)+",
        re.IGNORECASE,
    )


_PROSE_END = re.compile(r"[.!?。！？…]['\"”’」』)）]*\s*$")
_TAIL = re.compile(r"\s[-|–—:·_]\s+([^|–—]{2,40}?)\s*\Z")
_HOUSE = re.compile(r"\b(?:news ?room|news|blogs?|press|official)\b", re.IGNORECASE)


def hidden_spans(text: str, outlet: str | None = None, *, title: bool = False) -> list[Span]:
    """Spans of `text` that a reader does not take as words of the article."""
    spans = [match.span() for match in _address().finditer(text)] if _may_hold_address(text) else []
    if "<" in text or "&" in text:
        spans += [match.span() for match in _MARKUP.finditer(text)]
    if title:
        return spans + _outlet_tail(text, outlet)
    if any(verb in text for verb in _VERBS):
        spans += [match.span() for match in _share().finditer(text)]
    if "\n" in text:
        spans += _furniture(text)
    return spans


def _may_hold_address(text: str) -> bool:
    """A cheap look: the full expression tries every word."""
    return "://" in text or "@" in text or "www." in text or _DOMAIN_END.search(text) is not None


def _furniture(text: str) -> list[Span]:
    """Lines of share buttons, and of links to other stories under a heading that says so."""
    spans: list[Span] = []
    under_heading = False
    at = 0
    for line in text.splitlines(keepends=True):
        start, at = at, at + len(line)
        heading = _heading().match(line)
        if heading and heading.end() >= len(line.rstrip()):
            under_heading = True
        elif not line.strip() or (under_heading and _PROSE_END.search(line)):
            under_heading = False
            continue
        if (
            under_heading
            or _buttons().fullmatch(line)
            or (heading and line[: heading.end()].rstrip().endswith((":", "：")))
        ):
            spans.append((start, at))
    return spans


def _outlet_tail(title: str, outlet: str | None) -> list[Span]:
    """The outlet's name at the end of a title: ` - Example News`, ` | TechCrunch`."""
    tail = _TAIL.search(title)
    if tail is None or not outlet:
        return []
    name, domain = _plain(tail[1]), _plain(_label(outlet))
    house = _plain(_HOUSE.sub("", tail[1]))
    if name in {_plain(outlet), domain} or (house and domain.startswith(house)) or (domain and name.startswith(domain)):
        return [tail.span()]
    return []


@cache
def _label(outlet: str) -> str:
    """`techcrunch` of techcrunch.com and of www.techcrunch.co.uk; other names as they are."""
    if not re.fullmatch(r"[\w-]+(?:\.[\w-]+)+", outlet):
        return outlet
    parts = [part for part in outlet.lower().split(".") if part not in {"www", "co", "com", "org", "net", "gov", "ac"}]
    return max(parts[-2:-1] or parts, key=len) if len(parts) > 1 else parts[0] if parts else outlet


def _plain(name: str) -> str:
    return "".join(filter(str.isalnum, name.lower()))
