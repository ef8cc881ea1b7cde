"""The words of a language as data: `languages/<code>/*.yaml` read, checked and compiled."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from importlib import resources
from itertools import product
from typing import TYPE_CHECKING, Any, get_args

import yaml

from monitor.claims.inflection import Form, forms
from monitor.claims.numbers.phrases import CASED_SCRIPTS_END
from monitor.claims.words import FIGURES, Draft, Entry, Lexicon, Phrase, Pos, fold
from monitor.errors import ConfigError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from importlib.resources.abc import Traversable

__all__ = ["Entry", "Lexicon", "Phrase", "compile_tables", "expand", "fold", "lexicon", "roles"]

_ENTRY_KEYS = frozenset(
    {*get_args(Pos), "fits", "subject", "object", "also", "unless", "act", "status", "sign", "owner", "of", "examples"}
)
_LOADER = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
"""Every scalar a string: "no" and "on" are words here."""
_FLAGS = ("spaced", "verb_final", "topic_chains", "simplified", "marked", "compounds")
_SECTIONS = ("verb_endings", "particles", "countries", "cues", "classes", "metrics", "traps")
_PARTICLES = (
    *"はがをのもにでとへ", "した", "する", "して",
    *"이가은는을를의에로도", "으로", "에서", *"했하한할해", "됐", "된", "되",
)  # fmt: skip
"""Japanese and Korean particles, and forms of the verb "do", that a phrase of the tables may end in."""
_LEADING = ("で", "を", "に", "と", "の", "로 ", "으로 ", "를 ", "을 ", "에 ")
"""And such as a phrase may begin with: "で製造" is "製造" too."""
_STATUSES = frozenset({"achieved", "planned", "forecast", "denied", "conditional"})


_GROUP = re.compile(r"\(([^)]*)\)?")


def expand(pattern: str) -> Iterator[str]:
    """`ship(|s|ped)` -> `ship`, `ships`, `shipped`; groups multiply, they do not nest."""
    if "(" not in pattern:
        return iter((pattern,))
    parts = _GROUP.split(pattern)
    if any("(" in part or ")" in part for part in parts):
        raise ValueError(f"{pattern!r}: groups do not nest; write a phrase of its own for each")
    return map("".join, product(*(part.split("|") if at % 2 else (part,) for at, part in enumerate(parts))))


@cache
def roles() -> Mapping[str, frozenset[str]]:
    """Role -> entity ids of the trade it means."""
    file = resources.files("monitor.claims") / "languages" / "roles.yaml"
    loaded = yaml.load(file.read_text("utf-8"), Loader=_LOADER)  # noqa: S506
    return {role: frozenset(ids) for role, ids in loaded.items()}


@cache
def lexicon(language: str) -> Lexicon | None:
    """The tables of `language` (`en`, `zh`, ...), read at first use; None where there are none."""
    folder = resources.files("monitor.claims") / "languages" / language
    if not re.fullmatch(r"[a-z]{2,3}", language) or not folder.is_dir():
        return None
    return compile_tables(language, sorted(_tables(folder), key=lambda item: item[0]))


def _tables(folder: Traversable) -> Iterator[tuple[str, Any]]:
    for file in folder.iterdir():
        if file.name.endswith(".yaml"):
            yield file.name, _plain(yaml.compose(file.read_text("utf-8"), Loader=_LOADER))


def _plain(node: yaml.Node | None) -> Any:
    """What `yaml.load` makes of it where every scalar is a string, in two thirds of the time."""
    if isinstance(node, yaml.ScalarNode):
        return node.value
    if isinstance(node, yaml.SequenceNode):
        return [_plain(item) for item in node.value]
    return {_plain(key): _plain(value) for key, value in node.value} if node else {}


def compile_tables(language: str, tables: Iterable[tuple[str, Any]]) -> Lexicon:
    """Raises `ConfigError` naming the file and the key that is wrong."""
    drafts: dict[str, Draft] = {}
    settings: dict[str, bool] = {}
    endings: tuple[str, ...] = ()
    particles: dict[str, tuple[str, ...]] = {}
    countries: dict[str, str] = {}
    for name, table in tables:
        where = f"languages/{language}/{name}"
        for key, value in (table or {}).items():
            if key in _FLAGS:
                settings[key] = value == "true"
            elif key == "verb_endings":
                endings = tuple(form.text for form, _ in _words(value, language, where))
            elif key == "particles":
                particles = {role: tuple(map(str, marks)) for role, marks in value.items()}
            elif key == "countries":
                countries = {word: entity for entity, words in value.items() for word in words}
            else:
                _add_section(drafts, key, value, language, where)
    if settings.get("marked") and not settings.get("spaced", True):
        _inherit(drafts)
    return Lexicon(
        language,
        spaced=settings.get("spaced", True),
        verb_final=settings.get("verb_final", False),
        topic_chains=settings.get("topic_chains", False),
        simplified=settings.get("simplified", False),
        marked=settings.get("marked", False),
        compounds=settings.get("compounds", False),
        particles=particles,
        countries=countries,
        verb_endings=endings,
        drafts=drafts,
    )


def _add_section(drafts: dict[str, Draft], key: str, value: Any, language: str, where: str) -> None:
    if key == "cues":
        _add_cues(drafts, value, language, where)
    elif key == "classes":
        _add_cues(drafts, {f"class:{k}": v for k, v in value.items()}, language, where)
    elif key == "metrics":
        _add_metrics(drafts, value, language, where)
    elif key == "traps":
        _add_entries(drafts, None, value, language, where)
    else:
        raise ConfigError(f"{where}: unknown key {key!r}; known are {', '.join((*_FLAGS, *_SECTIONS))}")


def _draft(drafts: dict[str, Draft], text: str) -> Draft:
    folded = fold(text)
    draft = drafts.get(folded)
    if draft is None:
        draft = drafts[folded] = Draft()
    return draft


def _words(patterns: Any, language: str, where: str) -> Iterator[tuple[Form, str]]:
    """The phrases of a list, each with the pattern that it is written as; `~` before a verb is all its forms."""
    if not isinstance(patterns, list):
        raise ConfigError(f"{where}: expected a list of words, found {patterns!r}")
    for pattern in patterns:
        for text in expand(str(pattern)):
            if not text.startswith("~"):
                yield Form(_blanks_set(text)), text
                continue
            try:
                yield from ((form, text) for form in forms(language, text[1:]))
            except ValueError as error:
                raise ConfigError(f"{where}: {error}") from error


def _blanks_set(text: str) -> str:
    """One blank between words, none around them but where a Korean ending closes its word: "했으며 "."""
    if " " not in text:
        return text
    inner = " ".join(text.split())
    if text[-1:] == " " and inner[-1:] > CASED_SCRIPTS_END:
        inner += " "
    return " " + inner if text[:1] == " " and inner[:1] > CASED_SCRIPTS_END else inner


def _add_cues(drafts: dict[str, Draft], table: Mapping[str, Any], language: str, where: str) -> None:
    for cue, patterns in table.items():
        for form, _ in _words(patterns, language, f"{where}: {cue}"):
            _draft(drafts, form.text).cues.add(f"{cue}|{form.prefix}" if form.prefix else cue)


def _add_metrics(drafts: dict[str, Draft], table: Mapping[str, Any], language: str, where: str) -> None:
    for metric, entries in table.items():
        _add_entries(drafts, metric, entries, language, where)


def _add_entries(drafts: dict[str, Draft], metric: str | None, entries: Any, language: str, where: str) -> None:
    place = f"{where}: {metric or 'traps'}"
    if not isinstance(entries, list):
        raise ConfigError(f"{place}: expected a list of entries")
    for number, entry in enumerate(entries, 1):
        unknown = set(entry) - _ENTRY_KEYS
        if unknown:
            raise ConfigError(
                f"{place}, entry {number}: unknown key {sorted(unknown)[0]!r}; known are "
                + ", ".join(sorted(_ENTRY_KEYS))
            )
        alike = _alike(entry, f"{place}, entry {number}")
        for pos in get_args(Pos):
            for form, written in _words(entry.get(pos, []), language, f"{place}, entry {number}, {pos}"):
                made = Entry(id=f"{metric or 'trap'}:{pos}:{written}", metric=metric, pos=pos, **alike)
                _add_form(drafts, form, made)


def _add_form(drafts: dict[str, Draft], form: Form, entry: Entry) -> None:
    draft = _draft(drafts, form.text)
    if form.future:
        draft.cues.add("future")
    if form.prefix:
        prefix = f"sep_{form.prefix}"
        _draft(drafts, form.prefix).cues.add(f"class:{prefix}")
        entry = replace(entry, also=entry.also | {prefix})
    if entry not in draft.entries:
        draft.entries.append(entry)


def _inherit(drafts: Mapping[str, Draft]) -> None:
    """A phrase that is another with a particle around it has the other's entries too, which as the longer it hides."""
    for text, draft in drafts.items():
        if "common" in draft.cues:
            continue
        for particle in _LEADING:
            inner = drafts.get(text.removeprefix(particle)) if text.startswith(particle) else None
            if inner is not None:
                draft.entries += [entry for entry in inner.entries if entry not in draft.entries]
        for particle in _PARTICLES:
            stem = drafts.get(text.removesuffix(particle)) if text.endswith(particle) else None
            if stem is not None:
                draft.entries += [entry for entry in stem.entries if entry not in draft.entries]
                draft.cues |= {cue for cue in stem.cues if cue.startswith("class:")}


def _alike(data: Mapping[str, Any], where: str) -> dict[str, Any]:
    """What all forms of an entry have in common; thousands of forms share it."""
    fits = frozenset(data.get("fits", ()))
    if fits - FIGURES:
        raise ConfigError(
            f"{where}: fits: unknown kind {sorted(fits - FIGURES)[0]!r}; known are {', '.join(sorted(FIGURES))}"
        )
    if data.get("status") not in (None, *_STATUSES):
        raise ConfigError(f"{where}: unknown status {data['status']!r}; known are {', '.join(sorted(_STATUSES))}")
    sets = {key: frozenset(data.get(key, ())) for key in ("subject", "object", "also", "unless")}
    said = {"act": data.get("act"), "status": data.get("status"), "owner": data.get("owner", "")}
    return {"fits": fits, "sign": int(data.get("sign", 1)), **sets, **said}
