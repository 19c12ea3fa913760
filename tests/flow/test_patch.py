"""Changes of a description: what they leave alone stays, and one that does not apply says where."""

from __future__ import annotations

import pytest

from comity.flow.patch import patched
from comity.flow.problems import DescriptionError

FLOW = {"to": "XX", "dataItems": [{"id": "one"}, {"id": "two"}], "a/b": {"c~d": 1}}


@pytest.mark.parametrize(
    ("operation", "changed"),
    [
        ({"op": "replace", "path": "/to", "value": "YY"}, {**FLOW, "to": "YY"}),
        ({"op": "add", "path": "/act", "value": "access"}, {**FLOW, "act": "access"}),
        ({"op": "add", "path": "/to", "value": "YY"}, {**FLOW, "to": "YY"}),
        ({"op": "remove", "path": "/to"}, {key: value for key, value in FLOW.items() if key != "to"}),
        ({"op": "add", "path": "/dataItems/-", "value": {}}, {**FLOW, "dataItems": [{"id": "one"}, {"id": "two"}, {}]}),
        ({"op": "add", "path": "/dataItems/0", "value": {}}, {**FLOW, "dataItems": [{}, {"id": "one"}, {"id": "two"}]}),
        ({"op": "remove", "path": "/dataItems/0"}, {**FLOW, "dataItems": [{"id": "two"}]}),
        ({"op": "replace", "path": "/dataItems/1/id", "value": "b"}, {**FLOW, "dataItems": [{"id": "one"}, {"id": "b"}]}),
        ({"op": "replace", "path": "/a~1b/c~0d", "value": 2}, {**FLOW, "a/b": {"c~d": 2}}),
        ({"op": "replace", "path": "", "value": {}}, {}),
    ],
)
def test_an_operation_changes_what_it_names(operation, changed):
    before = repr(FLOW)
    assert patched(FLOW, [operation], "/patch") == changed
    assert repr(FLOW) == before, "the original stays as it is"


@pytest.mark.parametrize(
    ("operations", "pointer", "said"),
    [
        ({}, "/patch", "a list of operations"),
        (["add"], "/patch/0/op", "no operation"),
        ([{"op": "move", "path": "/to"}], "/patch/0/op", "'move'"),
        ([{"op": "add", "path": "to", "value": 1}], "/patch/0/path", "JSON pointer"),
        ([{"op": "add", "path": "/to"}], "/patch/0/value", "no value"),
        ([{"op": "replace", "path": "/nowhere", "value": 1}], "/patch/0/path", "there is no /nowhere"),
        ([{"op": "add", "path": "/to/deeper", "value": 1}], "/patch/0/path", "there is no /to/deeper"),
        ([{"op": "remove", "path": "/dataItems/2"}], "/patch/0/path", "there is no /dataItems/2"),
        ([{"op": "remove", "path": "/to"}, {"op": "remove", "path": "/to"}], "/patch/1/path", "there is no /to"),
        ([{"op": "replace", "path": "/dataItems/-", "value": 1}], "/patch/0/path", "there is no /dataItems/-"),
    ],
)
def test_an_operation_that_does_not_apply_says_where(operations, pointer, said):
    with pytest.raises(DescriptionError) as refused:
        patched(FLOW, operations, "/patch")
    (fault,) = refused.value.problems
    assert fault["pointer"] == pointer and said in fault["message"]["en"] and fault["message"]["zh"]
