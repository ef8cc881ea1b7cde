import sys
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.mentions import EntitySpec, Watchlist, compile_lexicon, shipped
from monitor.mentions.probe import ODD, Probe, fragment, unfolded
from monitor.model import Article
from monitor.text.fold import folded, variants

LEXICON = shipped()
SPELLED = [spelling for spelling in LEXICON.spelled if not spelling.isascii()]


def test_what_the_probe_reads_as_it_stands_folds_as_the_probe_expects() -> None:
    for code in range(sys.maxunicode + 1):
        char = chr(code)
        if unicodedata.category(char) in {"Cn", "Cs", "Co"} or ODD.search(char.lower()):
            continue
        plain = folded(char)
        spelled_out = char.lower() in {look.lower() for look in variants(plain)} if len(plain) == 1 else False
        assert plain == char.lower() or spelled_out or not any(map(str.isalnum, plain)), f"U+{code:04X}"


@given(st.sampled_from(SPELLED), st.data())
def test_no_look_of_a_spelling_is_ruled_out(spelling: str, data: st.DataObject) -> None:
    look = "".join(data.draw(st.sampled_from(variants(char))) for char in spelling)
    assert LEXICON.probe.may_hold(f"前后{look}。")


@given(
    st.lists(
        st.one_of(
            st.sampled_from(["輝達", "H20", "商务部", "Arm", "삼성전자", "蘋果", " café ", "SK 海力士", "’s "]),
            st.text(max_size=4),
        )
    )
)
def test_the_quick_look_changes_no_reading(parts: list[str]) -> None:
    text = "".join(parts)
    quick = LEXICON.read(Article(id="1", title="", text=text))
    thorough = LEXICON.read(Article(id="1", title="", text=f"{text}\n\n\u200b"))
    assert quick.mentions == thorough.mentions
    assert quick.actors == thorough.actors


@pytest.mark.parametrize(
    ("spelling", "expected"),
    [("sk 海力士", "海力士"), ("オープン ai", "オープン"), ("镓", "镓"), ("三星", "三星")],
)
def test_the_part_to_look_for(spelling: str, expected: str) -> None:
    assert fragment(spelling) == expected


def test_a_long_name_of_many_looks_is_cut() -> None:
    part = fragment(folded("國家集成電路產業投資基金"))
    assert len(part) > 1
    assert len(unfolded(part)) <= 16


def test_a_probe_for_nothing() -> None:
    assert not Probe([]).may_hold("什么都没有")


def test_a_lexicon_of_nothing() -> None:
    lexicon = compile_lexicon([Watchlist(name="empty", entities=(EntitySpec(id="none"),))])
    assert lexicon.read(Article(id="1", title="什么", text="nothing")).mentions == ()
