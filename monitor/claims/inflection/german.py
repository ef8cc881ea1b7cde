"""German verbs: `liefern`, `aus|liefern` (separable), `ein|nehmen/nimmt/nahm/genommen` (principal parts)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from monitor.claims.inflection.model import Form

if TYPE_CHECKING:
    from collections.abc import Iterator

_INSEPARABLE = ("be", "ver", "er", "ent", "emp", "zer", "miss", "über", "unter", "wider", "hinter", "durch")
_ADJECTIVE = ("", "e", "en", "er", "es", "em")


def forms(verb: str) -> Iterator[Form]:
    """Present, past and first subjunctive of the third person, infinitives and declined participles."""
    infinitive, *parts = verb.split("/")
    prefix, _, base = infinitive.rpartition("|")
    if not base.endswith("n") or len(parts) not in (0, 3):
        raise ValueError(f"{verb!r} is no German infinitive, or has not three principal parts (nimmt/nahm/genommen)")
    finite = list(dict.fromkeys(_finite(base, parts)))
    participle = parts[2] if parts else _participle(base)
    yield from (Form(text) for text in finite if not prefix)
    if prefix:
        yield from (Form(text, prefix=prefix) for text in finite)
        yield from (Form(prefix + text) for text in finite)
        yield Form(f"{prefix}zu{base}")
    yield Form(prefix + base)
    for ending in _ADJECTIVE:
        yield Form(prefix + participle + ending)
        yield Form(f"{prefix}{base}d{ending}")


def _stem(base: str) -> str:
    return base[:-2] if base.endswith("en") else base[:-1]


def _finite(base: str, parts: list[str]) -> Iterator[str]:
    stem = _stem(base)
    link = "e" if stem.endswith(("t", "d", "chn", "ffn", "gn")) else ""
    yield base
    yield stem + "e"
    if parts:
        present, past, _ = parts
        yield present
        yield from (past, past + ("n" if past.endswith("e") else "en"))
    else:
        yield f"{stem}{link}t"
        yield from (f"{stem}{link}te", f"{stem}{link}ten")


def _participle(base: str) -> str:
    stem = _stem(base)
    link = "e" if stem.endswith(("t", "d", "chn", "ffn", "gn")) else ""
    bare = base.startswith(_INSEPARABLE) or base.endswith("ieren")
    return f"{'' if bare else 'ge'}{stem}{link}t"
