"""``/conflicts``: the conflicts of the graph in numbers and in a list, as people choose them."""

from __future__ import annotations

import datetime
from functools import lru_cache
from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import Response

from comity.api.filters import checked_day, checked_value
from comity.api.page_answers import Asked, PageAnswers
from comity.conflict.listed import Conflicts, Wanted
from comity.http.problems import Problem, error
from comity.web.conflict_list import by_kinds, by_orders, is_between, lines
from comity.web.links import Links

__all__ = ["router"]

_ASKED = ("place", "against", "on", "kind", "act", "instrument", "settled", "formal", "between", "page")
_TRUTH = {"true": True, "false": False}
_ON_A_PAGE = 25


def router(conflicts: Conflicts, pages: PageAnswers) -> APIRouter:
    """Return the route of the page, answered from ``conflicts``."""
    routes = APIRouter(include_in_schema=False)
    choices = conflicts.choices()

    # One choice is looked at page by page and in both languages; finding it takes longer than telling it.
    find = lru_cache(maxsize=16)(conflicts.find)

    def tell(asked: Asked, links: Links, lang: str) -> dict[str, Any]:
        labels = {order["code"]: order["label"].get(lang, order["code"]) for order in choices["legalOrders"]}
        found = find(_wanted(asked))
        between = [checked_value("between", code.strip(), labels) for code in asked.get("between", "").split(",") if code.strip()]
        kept = [conflict for conflict in found if is_between(conflict, between[:2])]
        pages_of_list = max(1, -(-len(kept) // _ON_A_PAGE))
        page = _page(asked.get("page", "1"), pages_of_list)
        start = (page - 1) * _ON_A_PAGE
        shown = kept[start : start + _ON_A_PAGE]
        return {
            "choices": choices,
            "between": [labels[code] for code in between[:2]],
            "orders": by_orders(found, labels, links, lang),
            "kinds": by_kinds(found, labels, links, lang),
            "lines": lines(shown, conflicts.explanation, labels, links, lang),
            "total": len(kept),
            "first": start + 1,
            "earlier": links.again(page=str(page - 1)) if page > 1 else "",
            "later": links.again(page=str(page + 1)) if page < pages_of_list else "",
            "data": links.to("/v1/conflicts", **{name: asked.get(name) for name in _ASKED[:-2]}),
        }

    @routes.get("/conflicts")
    def page(request: Request) -> Response:
        return pages.page(request, "conflicts", _ASKED, tell)

    return routes


def _wanted(asked: Asked) -> Wanted:
    day = asked.get("on")
    settled = asked.get("settled")
    return Wanted(
        place=asked.get("place"),
        against=asked.get("against"),
        on=datetime.date.fromisoformat(checked_day("on", day)) if day else None,
        kind=asked.get("kind"),
        act=asked.get("act"),
        instrument=asked.get("instrument"),
        settled=_TRUTH[checked_value("settled", settled, _TRUTH)] if settled else None,
        formal=_TRUTH[checked_value("formal", asked["formal"], _TRUTH)] if "formal" in asked else False,
    )


def _page(text: str, last: int) -> int:
    if text.isdecimal() and 1 <= int(text[:9]) <= last:
        return int(text[:9])
    en, zh = f"page is {text[:40]!r}; the list has pages 1 to {last}.", f"page 为“{text[:40]}”；列表共 {last} 页。"
    raise Problem(422, "Unknown value", en, errors=[error("/query/page", en, zh, ["1"])])
