from datetime import UTC, datetime

from monitor.mentions import EntitySpec, Watchlist, compile_lexicon, shipped
from monitor.mentions.explain import Verdict, explain
from monitor.mentions.survey import survey
from monitor.model import Article

LEXICON = shipped()


def verdicts(text: str, title: str = "") -> list[Verdict]:
    explanation = explain(LEXICON, Article(id="1", title=title, text=text))
    return list(explanation.verdicts)


def reasons(text: str, entity: str) -> list[tuple[str, str]]:
    return [(verdict.outcome, verdict.reason) for verdict in verdicts(text) if verdict.entity == entity]


def test_a_plain_name() -> None:
    assert reasons("Nvidia rose", "nvidia") == [("mention", "a name that needs no context")]


def test_a_name_in_context() -> None:
    (verdict,) = [each for each in verdicts("Intel cuts its chip prices") if each.entity == "intel"]
    assert verdict.outcome == "mention"
    assert "'chip' in the sentence" in verdict.reason


def test_a_name_turned_down() -> None:
    (outcome, reason) = reasons("Judge Rubin spoke", "nvidia-rubin")[0]
    assert outcome == "rejected"
    assert reason.startswith("scores -0.9, needs 0.5: 0.1 for the name, -1 for 'judge' before it")


def test_within_a_longer_name() -> None:
    assert ("rejected", "stands within 'Ascend 910C'") in reasons("Huawei's Ascend 910C", "ascend")
    assert ("rejected", "stands within '三星堆', which is another's name") in reasons("三星堆的文物", "samsung")
    assert ("other", "the name of another") in reasons("三星堆的文物", "samsung")


def test_case_words_and_furniture() -> None:
    assert ("rejected", "is written 'smic' here; the name counts as 'SMIC'") in reasons("the smic file", "smic")
    assert ("rejected", "is part of a longer word") in reasons("Nvidia H200", "nvidia-h20")
    assert reasons("Intel", "tokyo-electron") == []
    assert reasons("see www.TSMC.com", "tsmc")[0][1].startswith("stands in an address")


def test_actors() -> None:
    assert reasons("China answers", "china-government") == [("actor", "acts for the entity, does not name it")]


def test_offsets_and_order() -> None:
    title, text = "½ TSMC", "台積電 and Judge Rubin"
    found = verdicts(text, title)
    assert [verdict.text for verdict in found] == ["TSMC", "台積電", "Rubin"]
    assert all({"title": title, "text": text}[v.field][v.start : v.end] == v.text for v in found)


def test_nothing_at_all() -> None:
    assert explain(LEXICON, Article(id="1", title="", text="")).verdicts == ()
    assert explain(LEXICON, Article(id="1", title="Rain", text="All day.")).verdicts == ()


def test_survey() -> None:
    lexicon = compile_lexicon(
        [Watchlist(name="desk", entities=(EntitySpec(id="acme", names=("Acme", "極致")),), queries=("rain AND Acme",))]
    )
    texts = [
        (1, "Acme opens"),
        (1, "ACME closes; Acme again"),
        (2, "Acme in the rain"),
        (2, "极致晶片"),
        (3, "nothing"),
    ]
    articles = [
        Article(id=str(n), title="A title", text=text, published=datetime(2026, 3, day, 23, tzinfo=UTC))
        for n, (day, text) in enumerate(texts)
    ]
    counts = survey(lexicon, articles, samples=2)
    assert [(count.entity, count.term, count.articles) for count in counts] == [
        ("acme", "acme", 3),
        (None, "rain AND Acme", 1),
        ("acme", "极致", 1),
    ]
    assert [(day.day if day else None, number) for day, number in counts[0].days.items()] == [(1, 2), (2, 1)]
    assert counts[0].samples == ("[Acme] opens", "[ACME] closes; Acme again")
    assert counts[1].samples == ("A title",)
    assert survey(lexicon, [Article(id="1", title="Acme", text="")])[0].days == {None: 1}
