import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.mentions import Clue, EntitySpec, Lexicon, Sense, Watchlist, compile_lexicon, shipped
from monitor.model import Article
from tests.growth import is_linear

LEXICON = shipped()


def desk(*specs: EntitySpec, queries: tuple[str, ...] = ()) -> Lexicon:
    return compile_lexicon([Watchlist(name="desk", entities=specs, queries=queries)])


def found(text: str, lexicon: Lexicon = LEXICON, title: str = "") -> list[tuple[str, str]]:
    reading = lexicon.read(Article(id="1", title=title, text=text))
    return [(mention.entity, mention.text) for mention in reading.mentions]


def ids(text: str, lexicon: Lexicon = LEXICON, title: str = "") -> set[str]:
    return {entity for entity, _ in found(text, lexicon, title)}


@pytest.mark.parametrize(
    "text",
    [
        "英伟达H20芯片",
        "エヌビディアのH20を",
        "엔비디아 H20의 판매",
        "Nvidia's H20s",
        "Nvidia H20-based cards",
        "NVIDIA：Ｈ２０",
    ],
)
def test_a_part_number_in_any_script(text: str) -> None:
    assert ids(text) == {"nvidia", "nvidia-h20"}


@pytest.mark.parametrize("text", ["Nvidia H2O", "Nvidia H20E", "Nvidia H200X", "Nvidia XH20", "NvidiaH20"])
def test_a_neighbouring_part_number_is_another(text: str) -> None:
    assert "nvidia-h20" not in ids(text)


@pytest.mark.parametrize(
    "text",
    [
        "Ascend 910C",
        "Ascend910C",
        "Ascend-910C",
        "ascend 910c",
        "Huawei 910C",
        "昇腾910C",
        "昇騰 910C",
        "어센드 910C의",
    ],
)
def test_spellings_of_one_part_number(text: str) -> None:
    assert ids(text) - {"huawei"} == {"ascend-910c"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("HBM4 for Nvidia", {"hbm4", "nvidia"}),
        ("HBM4E stacks and HBM3", {"hbm"}),
        ("GB200 racks of Nvidia", {"nvidia-gb200", "nvidia"}),
        ("昆仑芯递交招股书", {"kunlunxin"}),
        ("Ascend 310P and 昇腾910B", {"ascend", "ascend-910b"}),
        ("Google rents out TPUv7 pods", {"google", "google-tpu"}),
        ("AMD MI325X", {"amd"}),
        ("Trainium3芯片", {"aws-trainium"}),
        ("SK hynix and Samsung Electronics", {"sk-hynix", "samsung"}),
        ("华为海思", {"huawei", "hisilicon"}),
        ("T-Head, not its owner", {"t-head"}),
    ],
)
def test_the_longest_name_and_no_other(text: str, expected: set[str]) -> None:
    assert ids(text) == expected


@pytest.mark.parametrize(
    ("text", "entity", "expected"),
    [
        ("애플이 발표했다", "apple", True),
        ("애플리케이션을 발표했다", "apple", False),
        ("삼성전자는 늘린다", "samsung", True),
        ("메타버스 시장", "meta", False),
        ("グーグルは", "google", True),
        ("メタバース", "meta", False),
        ("スマートアームが動く", "arm", False),
        ("Intel's plan", "intel", True),
        ("INTELLIGENCE", "intel", False),
        ("the Alphabets", "google", False),
    ],
)
def test_words_end_as_their_script_has_it(text: str, entity: str, expected: bool) -> None:
    assert (entity in ids(text)) is expected


def test_traditional_and_simplified_are_one() -> None:
    assert ids("輝達與臺積電") == ids("辉达与台积电") == {"nvidia", "tsmc"}


def test_offsets_are_of_the_text_as_it_came() -> None:
    text = "ﬁrst… ｴﾇﾋﾞﾃﾞｨｱ and Nvi\u200bdia’s"
    mentions = LEXICON.read(Article(id="1", title="½ TSMC", text=text)).mentions
    assert [(m.field, m.text) for m in mentions] == [("title", "TSMC"), ("text", "ｴﾇﾋﾞﾃﾞｨｱ"), ("text", "Nvi\u200bdia")]
    assert all(m.text == {"title": "½ TSMC", "text": text}[m.field][m.start : m.end] for m in mentions)


@given(
    st.lists(
        st.one_of(
            st.sampled_from(
                [
                    "Nvidia",
                    "英偉達",
                    "H20",
                    "Ascend 910C",
                    "HBM3",
                    "商务部",
                    "Arm",
                    "삼성전자",
                    "サムスン",
                    "ｴﾇﾋﾞﾃﾞｨｱ",
                    "ﬁ",
                    "½",
                    "é",
                    "e\u0301",
                ]
            ),
            st.text(max_size=6),
            st.sampled_from([" ", "\n", "’s ", "-", "。", ". ", "、"]),
        ),
        max_size=25,
    ),
    st.integers(0, 25),
)
def test_offsets_always_point_at_the_matched_text(parts: list[str], cut: int) -> None:
    title, text = "".join(parts[:cut]), "".join(parts[cut:])
    reading = LEXICON.read(Article(id="1", title=title, text=text))
    for place in (*reading.mentions, *reading.actors, *reading.rejected):
        assert place.text
        assert {"title": title, "text": text}[place.field][place.start : place.end] == place.text


@given(st.text(max_size=80))
def test_a_name_between_blanks_is_always_found(text: str) -> None:
    assert "sk-hynix" in ids(f"{text.replace('<', '').replace('&', '').replace('@', '')}\n\nSK Hynix\n\n")


def test_a_name_does_not_reach_from_title_to_text() -> None:
    assert ids("Research opens", title="Mary Lam") == set()


def test_only_visible_text_counts() -> None:
    assert ids("See https://www.nvidia.com/tsmc and mail a@intel.com <b class='amd'>x</b>") == set()
    assert ids("Chips rise.\nRelated stories\nNvidia falls\n") == set()
    assert (
        LEXICON.read(Article(id="1", title="Chips - Microsoft News", text="", outlet="Microsoft News")).mentions == ()
    )


def test_a_product_implies_its_maker_for_others_only() -> None:
    assert ids("MI300X ships") == {"amd-mi300"}
    assert LEXICON.entities["amd-mi300"].maker == "amd"


def test_actors_are_no_mentions() -> None:
    reading = LEXICON.read(Article(id="1", title="China blocks the sale", text="Trump and 美国 answered; us too."))
    assert reading.mentions == ()
    assert [(a.entity, a.text) for a in reading.actors] == [
        ("china-government", "China"), ("us-government", "Trump"), ("us-government", "美国"),
    ]  # fmt: skip


def test_a_country_s_one_letter_name_acts_at_the_head_of_a_line() -> None:
    def actors(title: str) -> list[str]:
        return [actor.text for actor in LEXICON.read(Article(id="1", title=title, text="")).actors]

    assert actors("米、半導体の特例を撤回") == ["米"]
    assert actors("미, 장비 반입 허가") == ["미"]
    assert actors("米半導体大手が発表") == actors("跑完100米，他笑了") == actors("新米、豊作") == []


def test_an_acronym_in_context_still_needs_its_capitals() -> None:
    sense = Sense(names=("ACM", "Acme"), clues=(Clue(where="article", pattern="chip", weight=1),), folds=True)
    lexicon = desk(EntitySpec(id="acme", name="Acme", senses=(sense,)))
    assert ids("ACM chip", lexicon) == ids("acme chip", lexicon) == {"acme"}
    assert ids("acm chip", lexicon) == set()


def test_rejected_names_tell_why() -> None:
    reading = LEXICON.read(Article(id="1", title="", text="Judge Rubin fined the landlord"))
    (rejected,) = reading.rejected
    assert (rejected.entity, rejected.text, rejected.start) == ("nvidia-rubin", "Rubin", 6)
    assert "'judge' before it" in rejected.reason


def test_one_sense_for_an_article() -> None:
    assert "apple" not in ids("The apple harvest is late.", title="Apple pickers wanted")
    assert "xiaomi" not in ids("当地种植小米五千亩。", title="赤峰小米喜获丰收")
    assert "arm" in ids("Arm Holdings sells chips.\nAnalysts like Arm.")


def test_the_threshold_is_the_entity_s_own() -> None:
    sense = Sense(names=("Zeta",), prior=0.4, clues=(Clue(where="article", pattern="chip", weight=0.2),))
    strict = EntitySpec(id="zeta", name="Zeta", senses=(sense,), threshold=0.7)
    loose = EntitySpec(id="zeta", name="Zeta", senses=(sense,), threshold=0.5)
    assert ids("Zeta makes a chip", desk(strict)) == set()
    assert ids("Zeta makes a chip", desk(loose)) == {"zeta"}
    assert ids("Zeta makes a hat", desk(loose)) == set()


def test_own_entities() -> None:
    lexicon = desk(EntitySpec(id="acme", names=("Acme Chips", "極致晶片", "ACM"), others=("Acme Chips & Dip",)))
    assert ids("ACME CHIPS and 极致晶片", lexicon) == {"acme"}
    assert ids("acm is a lower-case word, Acme Chips & Dip a snack", lexicon) == set()
    assert lexicon.entities["acme"].name == "Acme Chips"


def test_an_id_in_two_watchlists_is_one_entity() -> None:
    lexicon = compile_lexicon(
        [
            Watchlist(name="a", entities=(EntitySpec(id="acme", names=("Acme Chips",)),)),
            Watchlist(name="b", entities=(EntitySpec(id="acme", names=("Extra Name",)),)),
        ]
    )
    assert ids("Acme Chips", lexicon) == ids("Extra Name", lexicon) == {"acme"}
    assert lexicon.entities["acme"].watchlist == "a"


def test_two_entities_of_one_name_are_both_named() -> None:
    lexicon = desk(EntitySpec(id="one", names=("Twin Co",)), EntitySpec(id="two", names=("Twin Co",)))
    assert ids("Twin Co", lexicon) == {"one", "two"}


@pytest.mark.parametrize("text", ["$MU rose", "Micron (NASDAQ: MU) rose", "(688256.SH)", "shares (MU) fell"])
def test_tickers_in_their_places(text: str) -> None:
    assert ids(text) in ({"micron"}, {"cambricon"})


@pytest.mark.parametrize("text", ["the Greek letter MU", "code 688256 on the box", "MU is Manchester United"])
def test_tickers_elsewhere_are_not(text: str) -> None:
    assert ids(text) == set()


def test_a_series_must_begin_with_letters() -> None:
    with pytest.raises(ValueError, match="does not begin with letters"):
        desk(EntitySpec(id="x", names=("Xyz",), series=(r"\d+x",)))


def test_an_article_without_words() -> None:
    reading = LEXICON.read(Article(id="1", title="", text=""))
    assert reading.mentions == reading.actors == reading.hits == reading.rejected == ()


@pytest.mark.parametrize("piece", ["Nvidia ", "Arm ", "Rubin, 昆仑 ", "https://x.com Intel ", "HBM4", "商务部"])
def test_hostile_texts_take_linear_time(piece: str) -> None:
    assert is_linear(lambda text: LEXICON.read(Article(id="1", title="", text=text)), piece.__mul__)


@pytest.mark.parametrize(
    ("text", "entity"),
    [
        ("Microns Umsatz stieg", "micron"),
        ("Die Aktie Samsungs fiel", "samsung"),
        ("Huaweis Chipsparte", "huawei"),
        ("AMDs Quartal", "amd"),
        ("TSMCs Werk in Dresden", "tsmc"),
    ],
)
def test_a_german_genitive_is_the_name(text: str, entity: str) -> None:
    article = Article(id="1", title="", text=text, language="de")
    mention = LEXICON.read(article).mentions[0]
    assert (mention.entity, text[mention.start : mention.end]) == (entity, mention.text)
    assert not mention.text.endswith("s")


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Arms sales to the region, metas and intels", "en"),
        ("Microns of dust, Apples from Kent, Arms and legs", "en"),
        ("Microns Umsatz stieg", None),
        ("AMDS", "de"),
        ("ein Mikrofon, Intelsat", "de"),
    ],
)
def test_an_s_behind_a_name_is_no_genitive_elsewhere(text: str, language: str | None) -> None:
    assert LEXICON.read(Article(id="1", title="", text=text, language=language)).mentions == ()


def test_what_touches_a_name_is_of_its_own_field() -> None:
    article = Article(
        id="1", title="AMD to buy an optics firm for $2 billion", text="AMD said so on Monday.", language="en"
    )
    assert [m.text for m in LEXICON.read(article).mentions] == ["AMD", "AMD"]
