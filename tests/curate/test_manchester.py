"""The syntax of expressions: what binds to what, and what a curator is told."""

from __future__ import annotations

import pytest

from comity.curate.manchester import And, ExpressionError, Name, Not, Or, Range, Restriction, Value, Values, parse


def plain(node):
    """The tree without its places."""
    if isinstance(node, And | Or):
        return [type(node).__name__.lower(), *map(plain, node.parts)]
    if isinstance(node, Not):
        return ["not", plain(node.part)]
    if isinstance(node, Name):
        return node.name
    if isinstance(node, Values):
        return {v.text for v in node.members}
    if isinstance(node, Range):
        return (node.datatype, *node.bounds)
    if isinstance(node, Value):
        return node.text
    assert isinstance(node, Restriction)
    parts = [node.key, node.form, node.number, node.filler and plain(node.filler), node.value and node.value.text]
    return [p for p in parts if p is not None]


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        ("A", "A"),
        ("A and B or not C and D", ["or", ["and", "A", "B"], ["and", ["not", "C"], "D"]]),
        ("A and (B or C)", ["and", "A", ["or", "B", "C"]]),
        ("p some A and q only B", ["and", ["p", "some", "A"], ["q", "only", "B"]]),
        ("p some q some A", ["p", "some", ["q", "some", "A"]]),
        ("p some not A", ["p", "some", ["not", "A"]]),
        ("p some {a, b-c, XA-1}", ["p", "some", {"a", "b-c", "XA-1"}]),
        ("p value a", ["p", "value", "a"]),
        ("p value true", ["p", "value", "true"]),
        ('p value "xx/act"', ["p", "value", "xx/act"]),
        ("p value -3", ["p", "value", "-3"]),
        ("p min 2 A", ["p", "min", 2, "A"]),
        ("p exactly 1 and A", ["and", ["p", "exactly", 1], "A"]),
        ("p max 0 (A or B)", ["p", "max", 0, ["or", "A", "B"]]),
        ("p some integer[>= 1, < 10]", ["p", "some", ("integer", (">=", "1"), ("<", "10"))]),
        ("p some dateTime[>= 2025-04-08T00:00:00Z]", ["p", "some", ("dateTime", (">=", "2025-04-08T00:00:00Z"))]),
        ("p some\n  (A\n   and B)", ["p", "some", ["and", "A", "B"]]),
    ],
)
def test_parses(text, tree):
    assert plain(parse(text)) == tree


@pytest.mark.parametrize(
    ("text", "line", "column", "message"),
    [
        ("", 1, 1, "expected an expression, but the expression ends"),
        ("A and", 1, 6, "expected a class, a key, `not`, `(` or `{`, but the expression ends"),
        ("A B", 1, 3, "expected `and`, `or` or the end of the expression, but found `B`"),
        ("A and\n (B or C", 2, 9, "expected `and`, `or` or `)`, but the expression ends"),
        ("p sme A", 1, 3, "expected some, only, value, min, max or exactly after the key `p`, but found `sme`: did you mean some?"),
        ("p min A", 1, 7, "expected a whole number after `min`, but found `A`"),
        ("p some {a b}", 1, 11, "expected `,` or `}`, but found `b`"),
        ("p some integer[5]", 1, 16, "expected `>=`, `>`, `<=` or `<`, but found `5`"),
        ("p value and", 1, 9, "expected a code, a number, true, false or a quoted reference, but found `and`"),
        ("A & B", 1, 3, "the character '&' has no meaning here"),
    ],
)
def test_says_where_and_what(text, line, column, message):
    with pytest.raises(ExpressionError) as fault:
        parse(text)
    assert (fault.value.line, fault.value.column, fault.value.message) == (line, column, message)
