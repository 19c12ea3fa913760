"""The tools as a model is told of them: what each is for, what it takes, what it gives, and what its answer does not say."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from comity.mcp.arguments import Argument

__all__ = ["INSTRUCTIONS", "Known", "Tool", "tools"]

INSTRUCTIONS = """\
Comity says what law applies to a flow of data across borders, from a graph of norms that are dated and cited. It judges; you talk.

How to work: write what you know of the flow as a description (a JSON object) and leave out what you do not know. Never invent a fact, and \
never fill in a fact to get a better verdict: silence is a question, not a permission. Call `ask` to learn which facts decide, put them \
to the person, add the answers at the pointers that are named, and call `ask` again until no question of tier "verdict" is left. Then call \
`check` for the verdict and `plan` for what to do. `article` shows the norm behind an identifier; `recognise` and `conflicts` compare \
legal orders without any flow.

In your reply name the law with the article and the official link from `citations`, say for which day the answer is (`asOf`), and repeat \
what `coverage` says is not held: law that the graph does not hold was not weighed. An answer is research, not legal advice."""

_LANG = Argument("string", "Language of the texts in the answer: en (default) or zh (Simplified Chinese).", values=("en", "zh"))
_DESCRIPTION = (
    "The flow as a JSON object. Always `asOf` (the day of the law, YYYY-MM-DD). Then what is known, such as: `act` (disclosure, access, "
    "directCollection ...), `from`, `to` (ISO country codes), `exporter` and `importer` (objects with `kind`, `establishedIn` ...), "
    "`dataItems` (a list of objects with `categories`, `subjectsIn`, `persons` ...), `purposes`, `legalBases`. Leave out what is not "
    "known; null or an empty list means that there is none. Keys and codes are fixed words; a wrong one is refused with the nearest. "
    "Call `ask` to be told keys, codes and forms as they are needed."
)
_WHOLE = Argument("object", _DESCRIPTION, required=True)
_PLACE = "ISO 3166 code of a place (CN, DE, US-CA), code of a body (EU), or its name in English or Chinese."
_DAY = "The day asked, as 2026-01-31; today by default."


@dataclass(frozen=True)
class Tool:
    """A tool: its name and title, what a model is told of it, and its arguments."""

    name: str
    title: str
    description: str
    arguments: dict[str, Argument]

    def schema(self) -> dict[str, Any]:
        """Return the arguments as JSON Schema."""
        return {
            "type": "object",
            "properties": {name: argument.schema() for name, argument in self.arguments.items()},
            "required": [name for name, argument in self.arguments.items() if argument.required],
            "additionalProperties": False,
        }


class Known(NamedTuple):
    """What the graph knows that tools name: kinds and acts of conflicts, flows to start from, and a norm as an example of names."""

    kinds: Sequence[str]
    acts: Sequence[str]
    examples: Sequence[str]
    norm: str
    instrument: str
    article: str


def tools(known: Known) -> dict[str, Tool]:
    """Return the tools by name, in the words of the graph."""
    return {tool.name: tool for tool in (_ask(known), _CHECK, _PLAN, _RECOGNISE, _conflicts(known), _article(known))}


def _ask(known: Known) -> Tool:
    return Tool(
        "ask",
        "Which facts decide",
        "Return the next questions about a flow, those first whose answers change most. Start here: without a description it asks for the "
        "first facts. Each question has `pointer` (where its answer goes into the description, as a JSON Pointer), `question` (to put to "
        "the person), `why`, `tier` (`verdict`: the verdict hangs on it; `plan`: what to do hangs on it), `form` (the type, the shape of a "
        "value, the codes to choose from) and `norms`. Do not answer for the person, and do not guess. `settled` is true when the verdict "
        "hangs on no question any more; `more` counts questions beyond those listed.",
        {
            "description": Argument("object", _DESCRIPTION + " Left out: a description that says nothing yet, for today."),
            "example": Argument(
                "string",
                "Return this ready description instead, to see how one is written. Its facts are invented.",
                values=tuple(known.examples),
            ),
            "lang": _LANG,
        },
    )


_CHECK = Tool(
    "check",
    "The verdict on a flow",
    "Judge a flow by the law of its day. Gives `verdict` (permitted, not-regulated, conditional, contested, needs-information, conflict, "
    "prohibited, not-covered), `asDescribed` (whether what was described is lawful as it stands: a conditional flow may be unlawful until "
    "its conditions are met), `headline`, what each law says (`instruments` with the `deciding` norms), laws that collide (`conflicts`), "
    "questions still open (`missing`), points on which lawyers differ (`contested`), what was taken for granted (`assumed`), how much of "
    "the law of the places is held (`coverage`) and `citations`. `needs-information` and `not-covered` are not permissions. A description "
    "with several legs (`legs`) gives an answer for each.",
    {
        "description": _WHOLE,
        "detail": Argument(
            "string",
            "summary (default): what a person acts on. findings: with it what each norm says and why; long, ask for it when needed.",
            values=("summary", "findings"),
        ),
        "lang": _LANG,
    },
)
_PLAN = Tool(
    "plan",
    "What to do so that a flow becomes lawful",
    "Return the steps that would make a flow lawful: `do` (what to do), `confirm` (what is probably so and only has to be shown), `oneOf` "
    "(ways of which one is enough, the least burdensome first), `instead` (other flows that would do); each step with who acts, when, the "
    "deadline, the norms that it `cures`, and `change`: the JSON Patch that the step makes to the description. To see what a step brings, "
    "apply its change and call `check`. `stopped` names norms that no step cures. `missing` lists facts on which the plan still hangs. The "
    "plan speaks of law that the graph holds only.",
    {"description": _WHOLE, "lang": _LANG},
)
_RECOGNISE = Tool(
    "recognise",
    "Who recognises whom",
    "Return what two places, or bodies with law of their own, recognise of each other on a day (adequacy, equivalence, certificates, "
    "mutual recognition), each way, with scope, dates and sources; whether it is mutual; and the differences. `state` is recognised, "
    "partly (some of its places are), with-mechanism (not the place, but a certificate or contract of the recipient), not-recognised, "
    "same-law or not-held (the graph does not hold the law that would say, so it is no refusal). A recognition opens no flow outside its "
    "`scope`, and is not transitive: ask for each pair.",
    {
        "one": Argument("string", _PLACE, required=True),
        "other": Argument("string", "The other side. " + _PLACE, required=True),
        "on": Argument("string", _DAY),
        "lang": _LANG,
    },
)


def _conflicts(known: Known) -> Tool:
    return Tool(
        "conflicts",
        "Laws that cannot both be followed",
        "List pairs of norms of two legal orders that no conduct can follow at once (such as a demand for data against a bar on giving "
        "them), or, with `id`, explain one: what each side says, sanctions, why both cannot be followed, how hard that is, the ways out in "
        "order. Without any filter all conflicts are counted and the first listed. These are conflicts of laws in general; whether they "
        "arise in one flow says `check`.",
        {
            "id": Argument("string", "The id of one conflict, such as this tool lists, to have it explained; leave out all else."),
            "place": Argument("string", "One side. " + _PLACE),
            "against": Argument("string", "The other side; needs `place`. " + _PLACE),
            "on": Argument("string", "Only conflicts whose norms are in force on this day, as 2026-01-31."),
            "kind": Argument("string", "Only this kind.", values=tuple(known.kinds)),
            "act": Argument("string", "Only conflicts about this act.", values=tuple(known.acts)),
            "instrument": Argument("string", f"Only conflicts in which this law takes part, by its id, such as {known.instrument}."),
            "norm": Argument("string", f"Only conflicts of this norm, by its identifier, such as {known.norm}."),
            "limit": Argument("integer", "Most conflicts to list; 10 by default.", least=1, most=40),
            "offset": Argument("integer", "Conflicts to skip.", least=0, most=65_536),
            "lang": _LANG,
        },
    )


def _article(known: Known) -> Tool:
    return Tool(
        "article",
        "A norm, an article or a law",
        f"Look up one thing of the law: a norm by its identifier as `citations` give it ({known.norm}), an article or an instrument by its "
        f"path or IRI ({known.article}, {known.instrument}). Of a norm: what it says, whom it binds, when it is in force, what lifts it, "
        "sanctions, open questions, what the encoding leaves out, and how far it was read against the official text. Of an article: the "
        "norms that it states. Of an instrument: its norms and dates. The texts are paraphrases; quote the law from the official page.",
        {
            "name": Argument("string", "Identifier, path or IRI. A wrong one is answered with the nearest.", required=True),
            "lang": _LANG,
        },
    )
