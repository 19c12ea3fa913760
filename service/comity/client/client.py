"""The client: a method for each thing that the service answers."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from types import TracebackType
from typing import Any, Self, cast

from comity.client.answers import Answer, Detail, Language, Page, Question, Scope, Thing, Timeline
from comity.client.faults import ServiceError, Unreachable, service_error
from comity.client.wire import Wire

__all__ = ["Client"]

Json = dict[str, Any]
Day = date | str
"""A day as a :class:`datetime.date` or as an ISO text."""

_FORMS = {"jsonld": "application/ld+json", "ttl": "text/turtle", "html": "text/html"}


class Client:
    """Asks the service at ``base``. Safe to share between threads, which take turns; close it, or use it in ``with``.

    ``lang`` keeps one language of every text unless a call says otherwise; ``timeout`` is in seconds. Every method raises a
    :class:`comity.client.ClientError`: :class:`~comity.client.Refused` where the question is at fault, with pointers and nearest values;
    :class:`~comity.client.NotFound`; :class:`~comity.client.Busy`; :class:`~comity.client.Unreachable`.
    """

    def __init__(self, base: str = "http://127.0.0.1:8000", *, lang: Language | None = None, timeout: float = 30.0) -> None:
        self._wire = Wire(base, timeout)
        self._lang = lang

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """Close the connection."""
        self._wire.close()

    # Flows

    def check(
        self,
        description: Mapping[str, Any],
        *,
        detail: Detail = "summary",
        scope: Scope = "flow",
        plan: bool = True,
        latent: bool = False,
        lang: Language | None = None,
    ) -> Answer:
        """Return the answer to a description of a flow, a route or variants; the words are those of the service."""
        asked = {"detail": detail, "scope": scope, "plan": plan, "latent": latent, "lang": lang or self._lang}
        return cast(Answer, self._posted("/v1/conflict-check", description, asked))

    def check_all(
        self, descriptions: Sequence[Mapping[str, Any]], *, detail: Detail = "summary", plan: bool = True, lang: Language | None = None
    ) -> list[Answer | ServiceError]:
        """Return the answers to several descriptions (100 at most) in their order; in the place of one that is refused, why."""
        asked = {"detail": detail, "plan": plan, "lang": lang or self._lang}
        found = self._posted("/v1/conflict-check", [*descriptions], asked)
        return [each if "asOf" in each else service_error(each) for each in found]

    def questions(self, description: Mapping[str, Any], *, lang: Language | None = None) -> list[Question]:
        """Return what to ask next about a description, leg by leg, those first that decide most."""
        answer = self.check(description, plan=False, lang=lang)
        legs: list[Any] = answer.get("legs") or [answer]
        return [question for leg in legs for question in leg.get("missing", ())]

    def timeline(self, description: Mapping[str, Any], *, lang: Language | None = None) -> Timeline:
        """Return on which days the answer to a description changes, past and announced."""
        return cast(Timeline, self._posted("/v1/timeline", description, {"lang": lang or self._lang}))

    # Who recognises whom

    def recognition(self, one: str, other: str, day: Day, *, lang: Language | None = None) -> Json:
        """Return what two places recognise of each other on a day, and whether it is mutual."""
        return self._got(f"/v1/recognitions/pairs/{_step(one)}/{_step(other)}", {"asOf": day, "lang": lang or self._lang})

    def recognition_matrix(self, day: Day, places: Sequence[str] = (), *, lang: Language | None = None) -> Json:
        """Return who of several places recognises whom on a day; without ``places`` everyone who recognises."""
        return self._got("/v1/recognitions/matrix", {"asOf": day, "places": [*places] or None, "lang": lang or self._lang})

    def recognition_paths(self, start: str, end: str, day: Day, hops: int | None = None, *, lang: Language | None = None) -> Json:
        """Return the ways from one place to another by recognition alone."""
        return self._got("/v1/recognitions/paths", {"from": start, "to": end, "asOf": day, "hops": hops, "lang": lang or self._lang})

    def recognition_changes(self, start: Day, until: Day, places: Sequence[str] = (), *, lang: Language | None = None) -> Json:
        """Return which recognitions and memberships begin or end between two days."""
        asked = {"from": start, "until": until, "places": [*places] or None, "lang": lang or self._lang}
        return self._got("/v1/recognitions/changes", asked)

    def recognitions(self, **filters: Any) -> Iterator[Thing]:
        """Yield recognitions, narrowed by ``day``, ``from_``, ``to``, ``place``, ``kind``, ``status``, ``q``."""
        return self._all("recognitions", filters)

    def commitments(self, by: str, towards: str, day: Day, *, lang: Language | None = None, **measure: Any) -> Json:
        """Return which restrictions of one side fall under a commitment to the other on a day."""
        return self._got(f"/v1/commitments/{_step(by)}/{_step(towards)}", {"asOf": day, "lang": lang or self._lang, **measure})

    # Conflicts and coverage

    def conflicts(self, **filters: Any) -> Iterator[Thing]:
        """Yield conflicts of laws, narrowed by ``place``, ``against``, ``on``, ``kind``, ``act``, ``instrument``, ``norm``, ``settled``."""
        return self._all("conflicts", filters)

    def conflict(self, key: str, *, lang: Language | None = None) -> Thing:
        """Return one conflict, explained; ``key`` is such as ``ACT-12--LAW-7``."""
        name = key if key.startswith("conflict/") else f"conflict/{key}"
        return self._got(f"/v1/conflicts/{_path(name)}", {"lang": lang or self._lang})

    def conflict_matrix(self, on: Day | None = None, *, lang: Language | None = None, **filters: Any) -> Json:
        """Return how many conflicts of each kind stand between any two legal orders."""
        return self._got("/v1/conflicts/matrix", {"on": on, "lang": lang or self._lang, **filters})

    def coverage(self, **filters: Any) -> Iterator[Thing]:
        """Yield statements of how much of the law is held, narrowed by ``place``, ``subject``, ``state``, ``day``."""
        return self._all("coverage", filters)

    # The law

    def instruments(self, **filters: Any) -> Iterator[Thing]:
        """Yield instruments, narrowed by ``day``, ``jurisdiction``, ``kind``, ``q``."""
        return self._all("instruments", filters)

    def norms(self, **filters: Any) -> Iterator[Thing]:
        """Yield norms, narrowed by ``day``, ``instrument``, ``jurisdiction``, ``kind``, ``concerns``, ``bearer``, ``risk``, ``q``."""
        return self._all("norms", filters)

    def jurisdictions(self, **filters: Any) -> Iterator[Thing]:
        """Yield places and bodies, narrowed by ``day``, ``body``, ``kind``, ``q``."""
        return self._all("jurisdictions", filters)

    def item(self, kind: str, key: str, *, lang: Language | None = None) -> Thing:
        """Return one item of a list (``norms``, ``instruments``, ``recognitions`` …) by its id or, of a norm, its identifier."""
        return self._got(f"/v1/{kind}/{_path(key)}", {"lang": lang or self._lang})

    def page(self, kind: str, *, limit: int | None = None, offset: int = 0, lang: Language | None = None, **filters: Any) -> Page:
        """Return one page of a list, with how many items there are in all."""
        return _paged(self._got(f"/v1/{kind}", {**_renamed(filters), "limit": limit, "offset": offset, "lang": lang or self._lang}))

    def thing(self, iri: str, form: str = "jsonld") -> Any:
        """Return a thing or a word of the graph by its IRI or its path, as JSON-LD (data), ``ttl`` or ``html`` (texts)."""
        if form not in _FORMS:
            raise ValueError(f"form is {form!r}; it is one of {', '.join(_FORMS)}")
        path = "/" + iri.partition("/comity/")[2].replace("#", "/") if "://" in iri else f"/id/{iri}"
        content = self._wire.ask(_path(path), {"format": form}, accept=_FORMS[form])
        return _data(content) if form == "jsonld" else content.decode()

    # The service

    def health(self) -> Json:
        """Return that the service is alive, and with which graph."""
        return self._got("/healthz", {})

    def description_schema(self) -> Json:
        """Return the JSON Schema of a description."""
        return self._got("/schemas/flow.json", {})

    def _all(self, kind: str, filters: Mapping[str, Any]) -> Iterator[Thing]:
        page = _paged(self._got(f"/v1/{kind}", {"lang": self._lang, **_renamed(filters)}))
        while True:
            yield from page.items
            if page.next is None:
                return
            page = _paged(_data(self._wire.follow(page.next)))

    def _got(self, path: str, asked: Mapping[str, Any]) -> Json:
        found: Json = _data(self._wire.ask(path, asked))
        return found

    def _posted(self, path: str, body: Any, asked: Mapping[str, Any]) -> Any:
        return _data(self._wire.ask(path, asked, body))


def _data(content: bytes) -> Any:
    try:
        return json.loads(content)
    except ValueError:
        raise Unreachable("what answered is no service of Comity: it sent no JSON") from None


def _paged(found: Json) -> Page:
    return Page(found["items"], found["total"], found.get("next"), found["graph"])


def _renamed(filters: Mapping[str, Any]) -> Json:
    """Return filters as the service calls them: ``day`` is ``asOf``, and a name that Python keeps for itself ends with ``_``."""
    return {"asOf" if name == "day" else name.rstrip("_"): value for name, value in filters.items()}


def _step(name: str) -> str:
    """Return a name as one step of a path."""
    return name.replace("%", "%25").replace("/", "%2F").replace("?", "%3F")


def _path(name: str) -> str:
    return name.replace("%", "%25").replace("?", "%3F")
