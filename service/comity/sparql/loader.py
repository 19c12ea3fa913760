"""The program of the SPARQL processes: loads the dataset, then inspects and runs one query after another."""

from __future__ import annotations

import sys
from typing import Any

from comity.processes import loader
from comity.processes.worker import Answer
from comity.sparql import execution
from comity.sparql.guard import inspect
from comity.sparql.hints import hints
from comity.sparql.refusals import Refused


def trade(settings: dict[str, Any]) -> tuple[Answer, dict[str, Any]]:
    """Load the N-Quads file ``settings["path"]``, whose SHA-256 is ``settings["sha256"]`` where that is known.

    Results are at most ``settings["max_result_bytes"]`` long.
    """
    source = execution.open_source(settings["path"], settings["base_iri"], settings.get("sha256"))

    def answer(request: dict[str, Any], text: bytes) -> tuple[dict[str, Any], bytes]:
        try:
            query = inspect(
                text.decode(),
                source.graphs,
                base_iri=source.base_iri,
                default_graphs=request["default_graphs"],
                named_graphs=request["named_graphs"],
            )
            chosen = request["formats"][query.form]
            if chosen is None:
                return {"status": 406, "form": query.form}, b""
            result = execution.run(source, query, chosen, settings["max_result_bytes"], request.get("bound"))
            told = [] if request.get("bound") else hints(source.store, query)
            return {"status": 200, "form": query.form, "hints": told}, result
        except Refused as refused:
            return {"status": refused.status, "title": refused.title, "detail": refused.detail, "extra": refused.extra}, b""

    return answer, {"graphs": source.graphs, "triples": source.triples}


if __name__ == "__main__":
    sys.exit(loader.main(sys.argv[1:], trade))
