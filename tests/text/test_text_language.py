import pytest

from monitor.text.language import detect


@pytest.mark.parametrize(
    ("language", "title", "text"),
    [
        ("en", "Foundry to expand its plant", "The company said that it will build in the north of the island."),
        ("zh", "芯片出口新规今日生效", "记者从发布会上获悉，新规将分两步实施。"),
        ("zh", "NVIDIA H20晶片獲准出口", "業者表示訂單將在第三季恢復。"),
        ("ja", "半導体の新工場が稼働", "同社は来年度に生産を倍増すると発表した。"),
        ("ko", "반도체 공장 증설", "회사는 내년에 생산을 늘린다고 밝혔다."),
        (
            "de",
            "Werk in Dresden wird ausgebaut",
            "Das Unternehmen will die Kapazität mit dem neuen Gebäude verdoppeln.",
        ),
        ("fr", "Une usine pour les puces", "Le groupe a annoncé que la production sera doublée dans les deux ans."),
        ("es", "La planta de chips", "El grupo dijo que la producción de las plantas se duplicará por la demanda."),
    ],
)
def test_languages(language: str, title: str, text: str) -> None:
    assert detect(title, text) == language


@pytest.mark.parametrize("text", ["", "12345", "NVDA +3%", "H20"])
def test_too_little_to_tell(text: str) -> None:
    assert detect(text, "") is None


def test_a_chinese_name_makes_no_english_text_chinese() -> None:
    assert (
        detect("Alibaba (阿里巴巴) to invest in the cloud", "The group will spend more on chips in the years to come.")
        == "en"
    )
