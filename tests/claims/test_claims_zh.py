"""The Chinese tables: every example beside an entry is a test; then what no single entry shows."""

from __future__ import annotations

from datetime import UTC, datetime
from importlib import resources

import pytest
import yaml
from claims_words import told
from hypothesis import given
from hypothesis import strategies as st

from monitor.claims import explain, extract
from monitor.mentions import Lexicon, shipped
from monitor.model import Article, Claim
from tests.growth import is_linear

PUBLISHED = datetime(2026, 7, 9, tzinfo=UTC)
LEXICON: Lexicon = shipped()
ROOM = resources.files("monitor.claims") / "languages" / "zh"


def entries():
    for file in sorted(ROOM.iterdir(), key=lambda f: f.name):
        table = yaml.load(file.read_text("utf-8"), Loader=yaml.BaseLoader) if file.name.endswith(".yaml") else {}
        for metric, group in table.get("metrics", {}).items():
            for number, entry in enumerate(group, 1):
                yield f"{file.name}:{metric}:{number}", entry


def examples():
    for where, entry in entries():
        for example in entry.get("examples", ()):
            yield pytest.param(example["text"], example["claims"], id=f"{where}:{example['text'][:24]}")


def article(text: str, title: str = "") -> Article:
    return Article(id="x", title=title, text=text, language="zh", published=PUBLISHED)


def claims(text: str, title: str = "") -> tuple[Claim, ...]:
    told = article(text, title)
    return extract(told, LEXICON.read(told), LEXICON.entities)


@pytest.mark.parametrize(("text", "expected"), list(examples()))
def test_an_example_gives_its_claims(text: str, expected: list[str]) -> None:
    assert [told(claim) for claim in claims(text)] == expected


def test_every_entry_of_a_metric_has_an_example() -> None:
    assert [where for where, entry in entries() if not entry.get("examples")] == []


@pytest.mark.parametrize(
    "text",
    [
        "英伟达股价收涨3.2%，报188.5美元，市盈率41倍。",
        "寒武纪成交额突破200亿元，居A股首位，主力资金净流入12亿元。",
        "高盛把台积电目标价上调至2500元新台币。",
        "中芯国际现有员工约2万人，研发人员占比超过一成。",
        "华为去年管理费用为180亿元，毛利率44%。",
        "英伟达发布580.88版驱动，支持H200和B300。",
        "有人说昇腾去年出货数十万颗，也有人说上百家客户在排队。",
        "昇腾今年到底能出多少货？60万颗还是80万颗？",
        "台积电2纳米产能明年将全部满载。",
        "腾讯控股、建设银行、工商银行分别遭净卖出24亿港元、8亿港元、2亿港元。",
        "英伟达上季营收高于分析师估的785亿美元。",
        "四家公司去年合计亏损超过50亿元。",
        "欧盟对伊朗的限制性措施延长至明年。",
    ],
)
def test_what_is_no_claim(text: str) -> None:
    assert [told(claim) for claim in claims(text)] == []


@pytest.mark.parametrize(
    ("simplified", "traditional"),
    [
        ("寒武纪去年出货约9万张加速卡。", "寒武紀去年出貨約9萬張加速卡。"),
        ("台积电把月产能提高到12.5万片。", "台積電把月產能提高到12.5萬片。"),
        ("英伟达否认已交付3万颗H20。", "英偉達否認已交付3萬顆H20。"),
    ],
)
def test_traditional_texts_read_like_simplified_ones(simplified: str, traditional: str) -> None:
    assert [told(c) for c in claims(simplified)] == [told(c) for c in claims(traditional)] != []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("美国商务部将42家实体列入实体清单。", "achieved"),
        ("美国商务部将把42家实体列入实体清单。", "planned"),
        ("美国商务部拟将42家实体列入实体清单。", "planned"),
    ],
)
def test_jiang_before_an_object_is_no_future(text: str, expected: str) -> None:
    (claim,) = claims(text)
    assert (claim.metric, claim.status) == ("listed_entities", expected)


@pytest.mark.parametrize(
    ("text", "subject"),
    [
        ("摩尔线程公布季报。公司一季度营收12亿元。", "moore-threads"),
        ("寒武纪起诉海光信息，后者去年营收120亿元。", "hygon"),
        ("阿里巴巴旗下的平头哥去年出货20万片。", "t-head"),
        ("刚刚上市的沐曦去年营收18亿元。", "metax"),
        ("英伟达对手AMD去年营收346亿美元。", "amd"),
        ("壁仞科技上半年出货1.1万张，是摩尔线程的两倍。", "biren"),
    ],
)
def test_whose_figure_it_is(text: str, subject: str) -> None:
    assert {claim.subject for claim in claims(text)} == {subject}


def test_somebody_off_the_watchlists_keeps_his_figures() -> None:
    found = claims("英伟达的客户名单很长。浪潮信息去年交付AI服务器8.4万台，营收1200亿元。")
    assert [told(claim) for claim in found] == []


def test_a_lead_that_repeats_the_title_is_read_once() -> None:
    title = "寒武纪：去年净利润20.6亿元"
    found = claims(f"【{title}】寒武纪公告，公司去年净利润为205,922万元，同比扭亏。", title)
    assert [told(claim) for claim in found] == ["profit cambricon 2059220000 CNY period=2025"]


def test_a_semicolon_keeps_the_year() -> None:
    found = claims("2025年4月，美国政府要求H20出口须获许可；7月又放行。", "H20的四年")
    assert [(claim.act, claim.period) for claim in found] == [("tightened", "2025-04"), ("granted", "2025-07")]


def test_why_a_figure_made_no_claim() -> None:
    text = "中芯国际员工总数约2万人。"
    (passed,) = explain(article(text), LEXICON.read(article(text)), LEXICON.entities).passed
    assert (passed.text, passed.reason) == ("约2万人", "held by '员工总数'")


_PARTS = st.sampled_from(
    [
        "英伟达",
        "华为",
        "昇腾910C",
        "H20",
        "公司",
        "该公司",
        "将",
        "已",
        "计划",
        "预计",
        "否认",
        "称",
        "，",
        "。",
        "；",
        "：",
        "（",
        "）",
        "【",
        "】",
        "《",
        "》",
        "“",
        "”",
        "、",
        "？",
        "如果",
        "若",
        "则",
        "去年",
        "今年",
        "第三季度",
        "出货",
        "营收",
        "净利润",
        "产能",
        "良率",
        "份额",
        "10万颗",
        "12.5亿元",
        "30%",
        "三成",
        "翻番",
        "同比增长",
        "从",
        "至",
        "由",
        "被",
        "向",
        "的",
        "和",
        "分别为",
        "据",
        "不实",
        "传闻",
        "其中",
        "约",
        "超",
    ]
)


@given(st.lists(_PARTS, max_size=40))
def test_any_text_is_read_and_evidence_stands_in_it(parts: list[str]) -> None:
    text = "".join(parts)
    for claim in claims(text, text[:30]):
        assert claim.evidence in (text, text[:30]) or claim.evidence in text
        assert claim.figure is None or claim.value is not None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "该机构把华为昇腾全年出货预测由90万颗上调至110万颗。",
            ["shipments huawei/ascend 1100000 units status=forecast period=2026"],
        ),
        (
            "美国政府把原定8月起征的30%芯片关税延到明年1月。",
            ["tariff us-government 30 percent status=planned period=2027-01"],
        ),
        (
            "长鑫存储副总对“良率八成”的说法一口否认。",
            ["yield cxmt 80 percent status=denied"],
        ),
        (
            "网传字节跳动向英伟达订购20万颗H20。字节跳动回应：消息不实。",
            ["orders bytedance/nvidia-h20 200000 units status=denied"],
        ),
        (
            "拆解：华为麒麟9030仍是中芯国际7纳米。",
            ["process_node huawei/kirin 7 nm"],
        ),
        (
            "海光信息一季报：28.8亿营收，5.1亿净利。",
            ["revenue hygon 2880000000 CNY period=2026-Q1", "profit hygon 510000000 CNY period=2026-Q1"],
        ),
        (
            "台积电打算在2027年底把2纳米月产能拉到12万片，眼下约为6万片。",
            [
                "capacity tsmc 120000 wafers/month status=planned period=2027-12",
                "capacity tsmc 60000 wafers/month bound=about",
            ],
        ),
        (
            "谷歌吃下台积电3纳米6万片产能。",
            ["orders google 60000 wafers"],
        ),
        (
            "华为在国内AI芯片市场的份额从去年的32%升至41%。",
            ["market_share huawei 32 percent period=2025", "market_share huawei 41 percent"],
        ),
        (
            "截至6月底，海光信息今年已售出处理器50万颗。",
            ["shipments hygon 500000 units period=2026-01/2026-06"],
        ),
        (
            "微软将在五年间向Nebius支付194亿美元算力费，合约上周已签。",
            ["deal microsoft 19400000000 USD period=5 years"],
        ),
        (
            "SK海力士HBM市占率62%，居首；美光21%，三星17%。",
            [
                "market_share sk-hynix/hbm 62 percent",
                "market_share micron/hbm 21 percent",
                "market_share samsung/hbm 17 percent",
            ],
        ),
        (
            "甲骨文预计2027财年营收达900亿美元，较此前预期上调10亿美元。",
            ["revenue oracle 90000000000 USD status=planned period=FY2027"],
        ),
        ("甲骨文2026财年Q3营收171.9亿美元。", ["revenue oracle 17190000000 USD period=FY2026-Q3"]),
        ("OpenAI正为IPO做准备。", ["ipo openai status=planned"]),
        ("星巴克中国发布战略；TikTok宣布将投资10亿欧元，建第二座数据中心。", []),
        ("腾讯公告回购61万股，每股回购价488港元，总支付3.01亿港元。", []),
        ("英特尔砍掉70亿美元资本开支。", []),
        (
            "微软、谷歌一季度资本开支分别为349亿和360亿美元。",
            ["investment microsoft 34900000000 USD period=2026-Q1", "investment google 36000000000 USD period=2026-Q1"],
        ),
        (
            "台积电将2纳米量产时间推迟到明年上半年。",
            ["mass_production tsmc status=planned period=2027-H1"],
        ),
        ("三星SDI获得1.5万亿韩元储能电池订单。", []),
        ("腾讯音乐一季度净利润22亿元。", []),
        ("三星泰勒厂获47.5亿美元补贴。", []),
        ("平头哥真武810E第20万片已于上周下线交付。", []),
        ("若禁令落地，海光信息明年出货将少6万颗。", []),
        ("微软计划年内为300万非洲人提供AI工具培训。", []),
    ],
)
def test_what_the_words_around_a_figure_make_of_it(text: str, expected: list[str]) -> None:
    assert [told(claim) for claim in claims(text)] == expected


def test_of_several_takeovers_that_name_their_party_the_first_does_for_one_that_names_none() -> None:
    found = claims("AMD宣布收购一家初创公司。AMD收购Arm。AMD收购Groq。")
    assert [(c.metric, c.subject, c.of) for c in found] == [("acquisition", "amd", "arm")]


def test_sentences_that_tell_nothing_still_say_who_the_next_ones_are_about() -> None:
    found = claims("寒武纪今天召开了股东大会。会场设在北京。公司4月交付加速卡2.3万张。会后没有安排采访。")
    assert [(c.metric, c.subject, c.value) for c in found] == [("shipments", "cambricon", 23000)]


@pytest.mark.parametrize(
    "piece",
    [
        "寒武纪4月交付加速卡1.2万张，高于上月的9000张。",
        "公司6月出货3万颗；7月出货4万颗；同年8月又出货5万颗；",
        "台積電第一季營收新台幣8000億元，其中海外3000億元。",
        "会后没有安排采访，公司也未作回应。",
    ],
)
def test_a_long_article_costs_no_more_a_sentence(piece: str) -> None:
    text = "寒武纪和台积电回应。"
    assert is_linear(lambda body: claims(text + body), piece.__mul__)
