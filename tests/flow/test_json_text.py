"""JSON text: what is not JSON is told its line and column; what JSON readers pass over in silence is refused."""

from __future__ import annotations

import pytest
from typer.testing import CliRunner

from comity.cli import app
from comity.flow.json_text import NotJson, parse_json
from comity.flow.problems import DescriptionError


@pytest.mark.parametrize(
    ("text", "line", "column"),
    [
        (b"", 1, 1),
        (b'{"a": 1,\n', 2, 1),
        (b'{"a":\n NaN}', 2, 2),
        (b'{"a":\n "\xff"}', 2, 3),
        (b"\xef\xbb\xbf{}", 1, 1),
        (b"{'a': 1}", 1, 2),
    ],
)
def test_what_is_not_json_is_told_its_place(text, line, column):
    with pytest.raises(NotJson) as caught:
        parse_json(text)
    assert (caught.value.line, caught.value.column) == (line, column)
    assert set(caught.value.message) == {"en", "zh"}


@pytest.mark.parametrize(
    "text",
    [
        b'{"a": 1, "a": 2}',
        b'[{"b": {"a": 1, "c": "x", "a": 1}}]',
        b'{"a": "\\"", "a": 1}',
        b'{"a": 1, "\\u0061": 2}',
    ],
)
def test_a_repeated_key_is_refused(text):
    with pytest.raises(DescriptionError, match="'a' stands twice"):
        parse_json(text)


@pytest.mark.parametrize(
    "text",
    [
        b'{"a": {"a": 1}, "b": [{"a": 1}, {"a": 2}]}',
        '{"a": "\\u00e9\\n\\"b\\"", "é": "a"}'.encode(),
        b'{"a": "{[", "b": ""}',
    ],
)
def test_the_same_key_in_other_objects_and_escapes_are_no_repetition(text):
    assert parse_json(text)["a"]


def test_nesting_is_bounded():
    assert parse_json(b"[" * 64 + b"]" * 64)
    for depth in (65, 3000):
        with pytest.raises(DescriptionError, match="nests deeper than 64"):
            parse_json(b"[" * depth + b"]" * depth)


@pytest.mark.parametrize(("text", "told"), [('{"asOf": "2026-01-01"', "line 1"), ('{"asOf": 1, "asOf": 2}', "stands twice"), ("", "empty")])
def test_the_command_tells_what_is_wrong_with_a_file_and_ends_with_two(tmp_path, text, told):
    file = tmp_path / "flow.json"
    file.write_text(text, encoding="utf-8")
    result = CliRunner().invoke(app, ["check", str(file)], env={"COLUMNS": "200"})
    assert result.exit_code == 2
    assert told in result.output
    assert "Traceback" not in result.output
