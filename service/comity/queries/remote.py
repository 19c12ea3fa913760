"""The project's own queries, run on another SPARQL 1.1 server (``COMITY_SPARQL_ENDPOINT``) through SPARQLWrapper.

The server's default graph must be the union of its graphs: Virtuoso's is, Oxigraph's with ``--union-default-graph``.
"""

from __future__ import annotations

from typing import Any


class RemoteError(Exception):
    """The other server does not answer, or not as SPARQL 1.1 demands; the message names it and what it said."""


def select(query: str, endpoint: str, timeout: int = 60) -> list[dict[str, str]]:
    """Return the rows of the SELECT ``query`` from the query service at ``endpoint``.

    They are as :meth:`comity.queries.local.LocalDataset.select` gives them. One request may take ``timeout`` seconds. Raises
    :class:`RemoteError`, and ``ValueError`` for a query of another form.
    """
    # SPARQLWrapper brings rdflib with it, which only this path needs.
    from SPARQLWrapper import JSON, POST, SPARQLWrapper
    from SPARQLWrapper.SPARQLExceptions import SPARQLWrapperException

    request: Any = SPARQLWrapper(endpoint, agent="comity")
    request.setTimeout(timeout)
    request.setMethod(POST)
    request.setReturnFormat(JSON)
    request.setQuery(query)
    if request.queryType != "SELECT":
        raise ValueError("The query is not a SELECT; only SELECT has rows.")
    try:
        answer = request.query().convert()
        names = answer["head"]["vars"]
        return [{name: row[name]["value"] if name in row else "" for name in names} for row in answer["results"]["bindings"]]
    except (SPARQLWrapperException, OSError) as error:
        raise RemoteError(f"{endpoint} did not answer the query: {error}") from error
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise RemoteError(f"{endpoint} answered with something other than SPARQL results in JSON. Is it a query endpoint?") from error
