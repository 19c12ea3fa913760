"""The pages for people: templates filled from the graph. Everything that is printed is escaped."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import quote, urlencode

from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape

from comity.web.terms import Terms
from comity.web.words import words

# What a page may load: its own stylesheet and pictures. A check also runs the file that makes a link of a description; the API
# documentation needs a little more.
CONTENT_SECURITY_POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self' data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
CHECK_CONTENT_SECURITY_POLICY = f"{CONTENT_SECURITY_POLICY}; script-src 'self'"
DOCS_CONTENT_SECURITY_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
# The editor of queries writes style into its own elements.
EDITOR_CONTENT_SECURITY_POLICY = f"{DOCS_CONTENT_SECURITY_POLICY}; font-src 'self' data:"


class Renderer:
    """Fills the templates for one dataset. Safe to share between threads."""

    def __init__(self, terms: Terms, graph: dict[str, str]) -> None:
        self._terms, self._graph = terms, graph
        self._templates = Environment(
            loader=PackageLoader("comity.web"),
            autoescape=select_autoescape(default=True),
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )

    @property
    def root(self) -> str:
        """Return what stands before every path of the service."""
        return self._terms.root

    def page(
        self, template: str, lang: str, path: str, *, chosen: bool, query: str = "", asked: Mapping[str, str] | None = None, **values: Any
    ) -> bytes:
        """Return ``template`` in ``lang`` as bytes. ``path`` is the page's own address and ``asked`` its question, or ``query`` the words
        sought; ``chosen`` says that the reader asked for the language in the address, so that links keep it."""
        other = "zh" if lang == "en" else "en"
        question = {**(asked or {}), **({"q": query} if query else {}), "lang": other}
        again = f"{self._terms.root}{quote(path)}?{urlencode(question, quote_via=quote)}"
        text = self._templates.get_template(f"{template}.html").render(
            lang=lang,
            terms_lang=lang,
            w=words(lang),
            root=self._terms.root,
            suffix=f"?lang={lang}" if chosen else "",
            other_language=again,
            graph=self._graph,
            terms=self._terms,
            q=query,
            asked=dict(asked or {}),
            **values,
        )
        return text.encode()
