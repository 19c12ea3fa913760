"""What a change list says of two small editions of the law."""

from copy import deepcopy

from comity.release.change_list import Answers, change_list
from comity.release.changes import changes
from tests.recognition.world import row, tiny_program
from tests.tiny import norm


def words(text):
    return {"en": text, "zh": f"〔{text}〕"}


def edition(**more):
    told = tiny_program(
        row("A", "XX", "YY", scope=words("trade")),
        norms=[
            norm("ACT-1", "Exported", demand=["is", "Signed"], instrument="xx/act", label=words("Sign before the data leave")),
            norm("ACT-2", "Exported", instrument="xx/act", **{"from": "2020-01-01", "until": None}),
            norm("ACT-3", "Other", instrument="xx/act"),
        ],
    )
    told["classes_compiled"] = {
        "Exported": ["is", "Abroad"],
        "Abroad": ["has", "to", ["YY"]],
        "Signed": ["has", "signed", [True]],
        "Other": ["has", "a", [True]],
    }
    for each in told["norms"]:
        each["provisions"] = ["https://w3id.org/comity/id/xx/act/art-1"]
    told["instruments"] = {
        "xx/act": {
            "binding": True,
            "from": "2020-01-01",
            "jurisdiction": ["XX"],
            "kind": "Statute",
            "label": words("Act of X"),
            "until": None,
        }
    }
    told["provisions"] = {"https://w3id.org/comity/id/xx/act/art-1": {"label": words("Act art. 1"), "url": "https://law.example/act"}}
    clash = {"iri": "https://w3id.org/comity/id/conflict/ACT-1--ACT-2", "norms": ["ACT-1", "ACT-2"], "kind": "k", "formal": False}
    told["conflicts"] = [clash, {**clash, "iri": "https://w3id.org/comity/id/conflict/ACT-1--ACT-3", "formal": True}]
    return {**told, **more}


def told(before, after, lang="en", answers=None):
    return change_list(changes(before, after), ("old", before), ("new", after), lang, answers)


def test_nothing_changed():
    assert not changes(edition(), edition())
    assert "Nothing of the law that is held has changed." in told(edition(), edition())
    assert "收录的法律没有变化。" in told(edition(), edition(), "zh")


def test_what_came_and_went():
    after = edition()
    after["norms"] = [each for each in after["norms"] if each["id"] != "ACT-2"]
    after["norms"].append(norm("ACT-4", "Exported", instrument="xx/act", provisions=["https://w3id.org/comity/id/xx/act/art-1"]))
    after["conflicts"] = []
    found = changes(edition(), after)
    assert ([*found.norms.came], [*found.norms.went], found.norms.changed) == (["ACT-4"], ["ACT-2"], [])
    assert [*found.conflicts.went] == ["ACT-1--ACT-2"]  # the formal one is not told
    text = told(edition(), after)
    assert "# Changes of the law held: old → new" in text
    assert "### Act of X" in text
    assert "[Act art. 1](https://law.example/act); new)" in text
    assert "- `ACT-1--ACT-2` " in text


def test_every_aspect_of_a_norm_is_told():
    for key, value, aspect in (
        ("until", "2027-01-01", "days"),
        ("kind", "Prohibition", "kind"),
        ("bearer", words("importer"), "who"),
        ("when", "Other", "situation"),
        ("demand", ["is", "Other"], "demand"),
        ("deadline", {"length": 3}, "demand"),
        ("exceptions", ["ACT-3"], "exceptions"),
        ("provisions", ["https://w3id.org/comity/id/xx/act/art-1", "x"], "place"),
        ("question", "q", "reading"),
        ("sanctions", ["s"], "sanctions"),
        ("label", words("another name"), "name"),
        ("leavesOut", words("something"), "leavesOut"),
    ):
        after = edition()
        after["norms"][0][key] = value
        found = changes(edition(), after)
        assert [(each.name, each.aspects) for each in found.norms.changed] == [("ACT-1", (aspect,))], key
        assert "ACT-1" in told(edition(), after)


def test_a_class_far_below_changes_the_norms_that_rest_on_it():
    after = edition()
    after["classes_compiled"]["Abroad"] = ["has", "to", ["WW"]]
    assert [(each.name, each.aspects) for each in changes(edition(), after).norms.changed] == [
        ("ACT-1", ("situation",)),
        ("ACT-2", ("situation",)),
    ]
    after = edition()
    after["classes_compiled"]["Signed"] = ["has", "filed", [True]]
    assert [(each.name, each.aspects) for each in changes(edition(), after).norms.changed] == [("ACT-1", ("demand",))]


def test_days_stand_with_what_they_were():
    after = edition()
    after["norms"][1]["until"] = "2027-01-01"
    text = told(edition(), after)
    assert "its days (since 2020-01-01 → from 2020-01-01 until 2027-01-01)" in text
    assert "有效日期（自 2020-01-01 起 → 自 2020-01-01 起，至 2027-01-01）" in told(edition(), after, "zh")


def test_laws_and_recognitions():
    after = edition()
    after["instruments"]["xx/new"] = {**after["instruments"]["xx/act"], "label": words("New act")}
    after["recognition"] = deepcopy(after["recognition"])
    after["recognition"]["rows"][0]["until"] = "2027-06-27"
    text = told(edition(), after)
    assert "- `xx/new` New act, since 2020-01-01 (new)" in text
    assert "## Recognitions" in text and "until 2027-06-27" in text


def test_what_it_does_to_answers_is_a_table_of_verdicts():
    answers = Answers(1200, {("permitted", "prohibited"): 3, ("conditional", "permitted"): 40}, {"permitted": words("may go")})
    text = told(edition(), edition(), answers=answers)
    assert "Of 1,200 flows that were asked of both editions, 43 have another verdict." in text
    assert text.index("| conditional | may go | 40 |") < text.index("| may go | prohibited | 3 |")
    assert "| 〔may go〕 | prohibited | 3 |" in told(edition(), edition(), "zh", answers)
    assert "0 have another verdict" in told(edition(), edition(), answers=Answers(5, {}, {}))
