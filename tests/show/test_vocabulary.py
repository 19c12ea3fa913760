"""The page of the vocabulary is as it is generated, and says of each key which norms read it."""

from __future__ import annotations

from comity.show.readers import Readers
from comity.show.vocabulary import vocabulary_page


def test_the_page_is_as_generated(program, sources, root):
    written = (root / "docs" / "vocabulary.md").read_text(encoding="utf-8")
    assert written == vocabulary_page(program, sources), "run: make vocabulary"


def test_every_key_and_every_code_stands_in_it(program, sources):
    page = vocabulary_page(program, sources)
    for node, keys in program["schema"]["nodes"].items():
        section = page.partition(f"\n### {node}\n")[2].partition("\n### ")[0]
        for key, entry in keys.items():
            assert f"\n| `{key}` |" in section, f"{node}.{key}"
            values = page.partition(f"\n### {entry.get('vocabulary')}\n")[2].partition("\n### ")[0]
            assert [code for code in entry.get("codes", ()) if f"`{code}`" not in values] == [], f"{node}.{key}"


def key(kind: str, **more: object) -> dict:
    return {"kind": kind, "label": {}, **more}


TINY = {
    "schema": {
        "nodes": {
            "DataFlow": {
                "to": key("place"),
                "purposes": key("codes", overrides=True),
                "dataItems": key("nodes", node="DataItem"),
                "exporter": key("party"),
                "grounds": key("nodes", node="Ground"),
                "totals": key("nodes", node="Total"),
            },
            "DataItem": {"purposes": key("codes"), "categories": key("taxonomy"), "persons": key("count")},
            "Ground": {"decidedOn": key("date")},
            "Party": {"kind": key("code"), "ownedBy": key("nodes", node="Ownership")},
            "Ownership": {"owner": key("party"), "percent": key("percent")},
        }
    },
    "domains": {"Abroad": "DataFlow", "Secret": "DataItem", "Owned": "Party", "Loop": "DataFlow"},
    "classes_compiled": {
        "Abroad": ["and", ["place", "to", 0], ["some", "dataItems", ["is", "Secret"]]],
        "Secret": ["or", ["has", "categories", ["Name"]], ["not", ["present", "categories", 1]]],
        "Owned": ["ownersum", 50, ["has", "kind", ["state"]], "ownedBy", "owner", "percent"],
        "Loop": ["or", ["has", "purposes", ["x"]], ["is", "Loop"]],
    },
    "derived": [
        {"node": "Ground", "key": "age", "op": "op-daysBetween", "fromKey": "decidedOn", "toKey": "asOf"},
        {"key": "people", "op": "op-count", "class": "Secret"},
    ],
    "norms": [
        {"id": "SITUATION", "situation": "Abroad", "nexus": None, "demand": None},
        {"id": "DEMAND", "situation": "Loop", "nexus": None, "demand": ["some", "grounds", ["num", "age", 0, False, 9, True]]},
        {"id": "REACH", "situation": "Loop", "nexus": "Abroad", "demand": ["some", "exporter", ["is", "Owned"]]},
        {"id": "COUNT", "situation": "Loop", "nexus": None, "demand": ["num", "people", 1, False, None, False]},
    ],
}


def test_a_norm_reads_what_its_situation_reach_and_demand_name():
    readers = Readers(TINY)

    def read(node: str, name: str) -> list[str]:
        return [norm["id"] for norm in readers.of(node, name)]

    assert read("DataFlow", "to") == ["SITUATION", "REACH"]
    assert read("DataItem", "categories") == ["SITUATION", "REACH", "COUNT"], "a count reads the class that it counts"
    assert read("Ground", "decidedOn") == ["DEMAND"], "a derived fact is read through what it is made from"
    assert read("Ownership", "percent") == read("Party", "kind") == read("Party", "ownedBy") == ["REACH"]
    assert read("DataFlow", "totals") == read("DataItem", "persons") == ["COUNT"]
    assert read("DataItem", "purposes") == read("DataFlow", "purposes") == ["DEMAND", "REACH", "COUNT"], (
        "an item's stands in for the flow's"
    )
    assert read("DataFlow", "nobody") == []
