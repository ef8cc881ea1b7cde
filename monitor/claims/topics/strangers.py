"""Names off the watchlists: who speaks that no list knows, and what only looks like somebody."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from monitor.claims.speech import Speech
    from monitor.claims.tokens import Token

_HAN = "\u3400"
_ANNOUNCES = frozenset({"宣布", "宣佈", "签署", "簽署", "决定", "決定"})
"""What a company does about itself, not what it says of others."""
_QUOTES, _CLOSED = frozenset("「“『"), frozenset("」”』")
_DIVISIONS = ("分部", "业务", "業務", "部门", "部門", "事业部", "事業部", "板块", "板塊", "在内", "在內")


def somebody_else(speech: Speech, row: Sequence[Token]) -> bool:
    """Whether the speaker is an organisation off the watchlists: by name, or as it announces figures of its own."""
    if any(t.has("foreign") for t in speech.speaker):
        return True
    if not speech.speaker or any(t.has("ourselves") for t in speech.speaker):
        return False
    if not firm(speech.speaker) and any(t.kind != "word" or t.text[0] < _HAN for t in speech.speaker):
        return False
    verb = next((t for t in reversed(row[: speech.scope[0]]) if t.speech == speech.number), None)
    return verb is not None and (
        verb.has("filed") or verb.text in _ANNOUNCES or not verb.has("say", "estimate", "expect", "deny")
    )


def firm(speaker: Sequence[Token]) -> bool:
    """ "蜜雪集团：", "英矽智能年报显示": a name that no list knows before what companies are called."""
    words = [t for t in speaker if not t.verb]
    if len(words) < 2 or not (words[-1].has("orgword") or words[-1].text == "公司"):
        return False
    name = words[-2]
    if name.has("foreign") or (name.kind == "word" and name.capital and name.text[0] < _HAN):
        return True
    return name.kind == "word" and len(name.text) > 1 and name.text[0] >= _HAN and name.end == words[-1].start


def quoted(region: Sequence[Token], at: int) -> bool:
    """ "脑机接口企业「阶梯医疗」": a name in quotes behind the word for what it is."""
    if at < 2 or at + 1 >= len(region) or region[at - 1].text not in _QUOTES or region[at + 1].text not in _CLOSED:
        return False
    return region[at - 2].has("orgword", "class:companyword")


def of_a_division(region: Sequence[Token], at: int) -> bool:
    """ "“手机×AIoT”分部", "包含MaaS在内的": letters that name a part of the business, not somebody else."""
    if region[at].text.endswith(_DIVISIONS):
        return True
    after = next((t for t in region[at + 1 : at + 3] if t.text not in _CLOSED), None)
    return after is not None and after.text.startswith(_DIVISIONS)
