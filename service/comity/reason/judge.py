"""Questions to HermiT as plain data, answered in this process or, line by line, in one of its own.

A question is ``{"turtle": …, "ask": [[class, …], …], "seconds": …}``: which of these sets of classes can share a member? The
answer is ``{"consistent": …, "can": [True, …]}``; ``can`` is empty where the axioms contradict themselves. A question with
``"whole": True`` and without ``ask`` lets owlready2 classify all, and its answer lists the ``unsatisfiable`` classes.
A question that cannot be answered gives ``{"fault": sentence}``.
"""

from __future__ import annotations

import json
import os
import sys
from typing import Any

from comity.reason.hermit import Reasoner, UnreadableOntology
from comity.reason.jvm import ReasonerUnavailable, ReasoningTimeout

__all__ = ["Json", "answer", "main"]

Json = dict[str, Any]


def answer(question: Json) -> Json:
    """Answer one question; raises ``ReasonerUnavailable`` without the build extra."""
    if question.get("whole"):
        return _classified(question["turtle"])
    try:
        with Reasoner(question["seconds"]) as reasoner, reasoner.load(question["turtle"]) as tbox:
            if not tbox.is_consistent():
                return {"consistent": False, "can": []}
            can = []
            for classes in question["ask"]:
                try:
                    can.append(tbox.satisfiable(*classes))
                except ReasoningTimeout as fault:
                    return {"fault": f"{fault}, asked about {' and '.join(classes)}; say it more simply"}
            return {"consistent": True, "can": can}
    except (UnreadableOntology, ReasoningTimeout) as fault:
        return {"fault": str(fault)}


def _classified(turtle: str) -> Json:
    from rdflib import Graph

    from comity.reason.owlready_check import check_vocabulary

    report = check_vocabulary(Graph().parse(data=turtle, format="turtle").serialize(format="nt", encoding="utf-8"))
    return {"consistent": report.consistent, "unsatisfiable": list(report.unsatisfiable)}


def main() -> None:
    """Answer the questions on standard input, one JSON text a line, until it ends."""
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "w", encoding="utf-8")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # whatever else is printed is no answer
    for line in sys.stdin:
        try:
            reply = answer(json.loads(line))
        except ReasonerUnavailable as fault:
            reply = {"unavailable": str(fault)}
        answers.write(json.dumps(reply) + "\n")
        answers.flush()


if __name__ == "__main__":
    main()
