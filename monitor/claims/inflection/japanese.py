"""Japanese verbs: `納める1` (one stem), `売る5` (five rows). Phrases match inside words, so that stems are enough."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from monitor.claims.inflection.model import Form

if TYPE_CHECKING:
    from collections.abc import Iterator

_ROWS = {
    "う": "わいえおっ", "く": "かきけこい", "ぐ": "がぎげごい", "す": "さしせそ", "つ": "ちてとっ", "ぬ": "なにねのん",
    "ぶ": "ばびべぼん", "む": "まみめもん", "る": "らりれろっ",
}  # fmt: skip

_PLAIN = re.compile(r"(\w{0,3}[うくすつぬぶむるぐ])(?=と(?![もきこ])|との|[。.」』]|$)")
_STATES = re.compile(
    r"(?:いる|ある|おる|いう|いく|くる|上る|のぼる|及ぶ|占める|持つ|握る|誇る|できる|れる|当たる|相当する|迫る|とどまる|並ぶ"
    r"|備える|使う|用いる|動く|抱える|積む|載せる|つながる|受け取る|含む|要する|当てる|売れる|出回る|回す"
    r"|達する|すぎる|処理する|話す|語る|述べる|明かす|指摘する|訴える|伝える|報じる|主張する|示す"
    r"|上回る|下回る|超える|超す|続く|動く|強まる|みる|見る|する|なる)$"
)
"""What is told in the plain form as the case now: "…している", "…に上る"."""

_RUNS_ON = re.compile(
    r"(?:(?<![た含じ初])め|(?<![よた巡ぐ限通まはぶわ])(?<!とお)り|(?<![うま加控備])え|[しきちびけせれべげみ]"
    r"|(?<!とし)(?<!つい)(?<!おい)(?<!よっ)(?<!対し)(?<!関し)(?<!に加え)(?<!向け)(?<!通じ)(?<!もっ)(?<!比べ)(?<!巡っ)て)$"
)
"""The stem in which a verb before a comma leads on: "出荷し、", "超え、"; not ため, より, を巡り, に加え."""


def closes_clause(before: str) -> bool:
    """Whether what stands before a comma ends a clause."""
    return _RUNS_ON.search(before) is not None


_WISH = re.compile(r"[いきしちりみびぎせめべてえけねれげで]たい(?=[。」と]|考え|意向|$)")
"""What somebody wants to do: "集めたい"."""


def tells_future(clause: str) -> bool:
    """Whether a clause ends, or is quoted, in the plain form of a verb of doing: "投じる。", "納めると述べた"."""
    return _WISH.search(clause) is not None or any(
        not _STATES.search(match.group(1)) for match in _PLAIN.finditer(clause)
    )


def forms(verb: str) -> Iterator[Form]:
    """The dictionary form, which tells the future of what is done once, and the stems of all others."""
    kind, word = verb[-1:], verb[:-1]
    stem, last = word[:-1], word[-1:]
    if kind == "1" and last == "る" and stem:
        yield from (Form(word, future=not _STATES.search(word)), Form(stem))
    elif kind == "5" and last in _ROWS and stem:
        yield Form(word, future=not _STATES.search(word))
        yield from (Form(stem + kana) for kana in _ROWS[last])
    else:
        raise ValueError(f"{verb!r}: write the dictionary form and its class, 納める1 or 売る5")
