"""What the tools do, without any protocol: a call of a tool in, an answer or a problem out."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from comity.api import openapi
from comity.api.refusing import unanswerable
from comity.api.settings import Settings
from comity.check.checker import Ask, Checker
from comity.check.dataset import program_of
from comity.conflict.listed import Conflicts, Wanted
from comity.http.problems import Problem, error
from comity.iris import IDS
from comity.manifest import read_dataset
from comity.mcp.arguments import day_of, read, today
from comity.mcp.articles import Articles
from comity.mcp.judge import Judge
from comity.mcp.told import Citations, bounded, in_words
from comity.mcp.tools import Known, Tool, tools
from comity.recognition.service import Recognitions
from comity.recognition.sides import RecognitionError
from comity.spelling import nearest

__all__ = ["Desk"]

Json = dict[str, Any]

_LISTED = 10  # conflicts, unless more are asked for
_NORMS = 3  # of a side of a conflict that is only listed
_NARROWING = ("place", "against", "kind", "act", "instrument", "norm")
_LESS = "Ask for detail summary, or send fewer legs or data items."
_FEWER = "Ask for fewer with limit, or narrow the question."
_OF_PLAN = ("asOf", "verdict", "asDescribed", "plan", "stopped", "missing", "missingMore", "legs")
_OF_ASKING = ("asOf", "verdict", "asDescribed")


class Desk:
    """Answers the tools from one dataset; safe to share between threads."""

    def __init__(self, settings: Settings | None = None) -> None:
        """Read the dataset that ``settings`` name; raises :class:`comity.check.dataset.DatasetError` where there is no sound one."""
        settings = settings or Settings()
        manifest, content = read_dataset(settings.dataset, "program.json")
        program = program_of(content["program.json"], settings.dataset)
        checker = Checker(program, settings.profile_megabytes << 20)
        self.graph: Json = {"version": manifest.version, "digest": manifest.digest}
        """The version and the digest of the graph, which every answer repeats: equal digests mean equal answers."""
        self._judge = Judge(checker, settings, manifest.files["program.json"].sha256)
        self._citations = Citations(program)
        self._recognitions, self._conflicts = Recognitions(program), Conflicts(program)
        self._articles = Articles(program, self._citations, settings)
        self._examples = openapi.examples()
        choices = self._conflicts.choices()
        kinds, acts = ([each["code"] for each in choices[name]] for name in ("kinds", "acts"))
        norm = program["norms"][0]
        named = (norm["id"], norm["instrument"], norm["provisions"][0].removeprefix(IDS))
        self.tools: dict[str, Tool] = tools(Known(kinds, acts, [*self._examples], *named))
        """The tools by name, with the codes of this graph."""
        self._does: dict[str, Callable[[Json], Json]] = {
            "ask": self._ask,
            "check": self._check,
            "plan": self._plan,
            "recognise": self._recognise,
            "conflicts": self._list_conflicts,
            "article": self._article,
        }

    def prepare(self) -> None:
        """Start the process that judges, so that the first call does not wait for it."""
        self._judge.start()

    def close(self) -> None:
        """End the process that judges."""
        self._judge.close()

    def call(self, name: str, arguments: Json) -> Json:
        """Return the answer of a tool, in one language, with citations and the graph. Blocks, for seconds at most.

        Raises a :class:`Problem` that names each argument at fault, with the nearest valid value.
        """
        tool = self.tools.get(name)
        if tool is None:
            near = nearest(name, self.tools) or [*self.tools]
            raise Problem(404, "Not Found", f"There is no tool {name[:80]!r}. Tools: {', '.join(self.tools)}.", nearest=near)
        given = read(tool.arguments, arguments)
        answer = in_words(self._does[name](given), given.get("lang", "en"))
        return bounded({**answer, "graph": self.graph}, _LESS if "description" in given else _FEWER)

    def _ask(self, given: Json) -> Json:
        if "example" in given:
            example = self._examples[given["example"]]
            return {
                "example": {"en": example["summary"], "zh": example["x-zh"]["summary"]},
                "description": example["value"],
                "citations": [],
            }
        begins = "description" not in given
        description = {"asOf": today().isoformat(), "dataItems": []} if begins else given["description"]
        answer = _of_one(self._judge.answer(description, Ask("summary", "flow", False)))
        legs = answer.get("legs") or [answer]
        asked = [question for leg in legs for question in leg.get("missing", ())]
        told = {key: answer[key] for key in _OF_ASKING if key in answer}
        told |= {"questions": asked, "more": sum(leg.get("missingMore", 0) for leg in legs)}
        told["settled"] = not any(question["tier"] == "verdict" for question in asked)
        told["coverage"] = [entry for leg in legs for entry in leg.get("coverage", ())]
        if begins:
            named = {key: {"en": value["summary"], "zh": value["x-zh"]["summary"]} for key, value in self._examples.items()}
            told |= {"description": description, "examples": named}
        return told | self._citations.of(asked)

    def _check(self, given: Json) -> Json:
        answer = self._judge.answer(given["description"], Ask.of(given.get("detail", "summary"), "flow", False))
        return self._cited(answer)

    def _plan(self, given: Json) -> Json:
        answer = _of_one(self._judge.answer(given["description"], Ask("summary")))
        told = {key: answer[key] for key in _OF_PLAN if key in answer}
        if "legs" in told:
            told["legs"] = [{key: leg[key] for key in ("verdict", "missing", "missingMore") if key in leg} for leg in told["legs"]]
        return self._cited(told)

    def _recognise(self, given: Json) -> Json:
        found = _asked(lambda: self._recognitions.pair(given["one"], given["other"], day_of("on", given)))
        rows = [
            row
            for way in ("forward", "backward")
            for part in ("recognitions", "certificates", "notInForce")
            for row in found[way].get(part, ())
        ]
        cited = [{key: row[key] for key in ("id", "iri", "label", "citation", "instruments", "sources") if key in row} for row in rows]
        norms = self._citations.of(found)
        return {**found, **norms, "citations": [*{row["id"]: row for row in cited}.values(), *norms["citations"]]}

    def _list_conflicts(self, given: Json) -> Json:
        if "id" in given:
            return self._one_conflict(given["id"])
        on = day_of("on", given) if "on" in given else None
        wanted = Wanted(on=on)._replace(**{name: given[name] for name in _NARROWING if name in given})
        found = _asked(lambda: self._conflicts.table(wanted))
        first = given.get("offset", 0)
        listed = found["conflicts"][first : first + given.get("limit", _LISTED)]
        told = {**found, "conflicts": [_in_brief(each) for each in listed], "total": len(found["conflicts"]), "offset": first}
        return self._cited(told)

    def _one_conflict(self, name: str) -> Json:
        found = self._conflicts.one(name)
        if found is None:
            ids = [str(each["id"]).removeprefix("conflict/") for each in self._conflicts.find(Wanted(formal=True))]
            near = nearest(name.removeprefix("conflict/"), ids)
            meant, meant_zh = (f" Nearest: {', '.join(near)}.", f"最接近的编号：{'、'.join(near)}。") if near else ("", "")
            en, zh = f"There is no conflict {name[:80]!r}.{meant}", f"没有编号为“{name[:80]}”的冲突。{meant_zh}"
            raise Problem(404, "Not Found", en, errors=[error("/id", en, zh, near)])
        return self._cited(found)

    def _article(self, given: Json) -> Json:
        return self._articles.of(given["name"])

    def _cited(self, answer: Json) -> Json:
        """Return an answer with full citations in the place of the short ones that it may have."""
        return {key: value for key, value in answer.items() if key != "norms"} | self._citations.of(answer)


def _of_one(answer: Json) -> Json:
    """Return an answer to one description; raise a :class:`Problem` for one to variants, of which nothing can be asked or planned."""
    if "variants" in answer:
        en, zh = "Take the variants out; a plan and questions are those of one description.", "请去掉变体；方案与问题均针对单一描述。"
        raise Problem(422, "Invalid description", en, errors=[error("/description/variants", en, zh)])
    return answer


def _asked(ask: Callable[[], Json]) -> Json:
    try:
        return ask()
    except RecognitionError as refused:
        problem = unanswerable(refused)
        for each in problem.extra["errors"]:
            each["pointer"] = each["pointer"].removeprefix("/query")
        raise problem from None


def _in_brief(conflict: Json) -> Json:
    """Return a conflict as it is listed: of each side the first norms, and how many more there are."""
    sides = []
    for side in conflict["sides"]:
        norms = side["norms"][:_NORMS]
        more = {"normsMore": len(side["norms"]) - _NORMS} if len(side["norms"]) > _NORMS else {}
        sides.append(
            {"legalOrders": side["legalOrders"], "norms": [{key: each[key] for key in ("norm", "label")} for each in norms], **more}
        )
    return {**conflict, "sides": sides}
