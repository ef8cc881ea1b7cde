"""The file as text: lines kept, danger refused, secrets from the environment."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.errors import ConfigError
from monitor.settings import source


def read(tmp_path, text, *, secrets=False):
    path = tmp_path / "feeds.yaml"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return source.read(path, secrets=secrets)


def test_every_value_knows_its_line(tmp_path):
    found = read(tmp_path, "database: a.db\nfeeds:\n  - url: http://a\n  - url: http://b\n    every: 5m\n")
    assert found.line(("feeds", 1, "every")) == 5
    assert found.line(("feeds", 0)) == 3
    assert found.line(("feeds", 1, "nothing")) == 4


def test_aliases_are_refused_with_their_line(tmp_path):
    with pytest.raises(ConfigError, match=r"feeds.yaml:2: YAML alias \*a is refused"):
        read(tmp_path, "a: &a [1]\nb: *a\n")


def test_alias_bomb_is_refused_before_it_is_built(tmp_path):
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 30)]
    with pytest.raises(ConfigError, match="alias"):
        read(tmp_path, "\n".join(lines))


def test_deep_nesting_is_refused(tmp_path):
    with pytest.raises(ConfigError, match="nested deeper"):
        read(tmp_path, "a: " + "[" * 5000 + "]" * 5000)


def test_large_file_is_refused(tmp_path):
    with pytest.raises(ConfigError, match="larger than 16 MB"):
        read(tmp_path, b"#" * 16_000_001)


def test_tags_are_refused(tmp_path):
    found = read(tmp_path, "a: !!python/object/apply:os.system [ls]\nb: !x 1\n")
    assert "the tag !x is refused" in found.problems[0]


def test_a_key_written_twice_is_a_problem(tmp_path):
    assert read(tmp_path, "a: 1\nb: 2\na: 3\n").problems == (f"{tmp_path}/feeds.yaml:3: a: written twice; keep one",)


def test_syntax_error_names_the_line(tmp_path):
    with pytest.raises(ConfigError, match=r"feeds.yaml:3: not valid YAML"):
        read(tmp_path, "feeds:\n  - {url: x\n")


@pytest.mark.parametrize("text", ["", "- a\n", "just words\n"])
def test_a_mapping_is_expected(tmp_path, text):
    with pytest.raises(ConfigError, match="a mapping is expected"):
        read(tmp_path, text)


def test_other_encodings_name_the_line(tmp_path):
    with pytest.raises(ConfigError, match=r":2: not UTF-8"):
        read(tmp_path, "a: 1\nb: \xfc\n".encode("latin-1"))


def test_missing_file_says_what_to_do(tmp_path):
    with pytest.raises(ConfigError, match="name another file with --config"):
        source.read(tmp_path / "none.yaml", secrets=False)


def test_environment_is_read_only_when_asked(tmp_path, monkeypatch):
    monkeypatch.setenv("DESK_TOKEN", "xoxb-1")
    assert read(tmp_path, 'token: "${DESK_TOKEN}"\n', secrets=True).data == {"token": "xoxb-1"}
    assert read(tmp_path, 'token: "${DESK_TOKEN}"\n').data == {"token": "${DESK_TOKEN}"}


def test_missing_variable_is_a_problem_with_its_line(tmp_path, monkeypatch):
    monkeypatch.delenv("DESK_TOKEN", raising=False)
    found = read(tmp_path, 'a: 1\ntoken: "${DESK_TOKEN}"\n', secrets=True)
    assert found.problems[0].startswith(f"{tmp_path}/feeds.yaml:2: token: the environment variable DESK_TOKEN")
    assert read(tmp_path, 'token: "${DESK_TOKEN}"\n').problems == ()


@given(text=st.text(max_size=200))
def test_any_text_is_read_or_refused(tmp_path_factory, text):
    path = tmp_path_factory.mktemp("any") / "feeds.yaml"
    path.write_bytes(text.encode("utf-8", "surrogatepass"))
    try:
        source.read(path, secrets=False)
    except ConfigError as error:
        assert error.problems
