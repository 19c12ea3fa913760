"""The application: one dataset, one engine, the routes around them. Nothing lives at module level."""

from __future__ import annotations

import logging
import threading
from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import asynccontextmanager

from fastapi import APIRouter, FastAPI

import comity
from comity.api import (
    check_pages,
    conflict_check,
    conflict_pages,
    conflicts,
    editor_files,
    freshness_pages,
    law_pages,
    lists,
    question_lists,
    question_pages,
    recognition_pages,
    recognitions,
    refusing,
    service_pages,
    things,
)
from comity.api.caching import Freshness
from comity.api.catalogue import Catalogue
from comity.api.dataset import Dataset
from comity.api.middleware import Compression, CrossOrigin, Edge, RateLimit
from comity.api.page_answers import PageAnswers
from comity.api.questions import Questions
from comity.api.settings import Settings
from comity.api.sparql_pages import sparql_page
from comity.check.checker import Checker
from comity.conflict.listed import Conflicts
from comity.http import problems
from comity.http.problems import Problem
from comity.judging.judges import Engine, JudgingPool
from comity.judging.representations import shapes_of
from comity.paths import source_root
from comity.processes.pool import ProcessPool
from comity.recognition.service import Recognitions
from comity.server.unread import UnreadAnswers
from comity.sparql import router as sparql_router
from comity.sparql.asked import Page
from comity.sparql.refusals import Refused
from comity.sparql.workers import WorkerPool
from comity.web.finder import Finder
from comity.web.index import Index
from comity.web.pages import Renderer
from comity.web.terms import Terms

log = logging.getLogger("comity.api")


def create_app(settings: Settings | None = None, *, engine: Engine | None = None) -> FastAPI:
    """Return the service for the dataset that ``settings`` name (read from the environment where left out).

    Descriptions are judged in processes of their own, or by ``engine`` in this one where it is given. Raises
    :class:`comity.check.dataset.DatasetError` where there is no readable dataset.
    """
    settings = settings or Settings()
    dataset = Dataset.open(settings.dataset, settings.sparql_endpoint)
    catalogue = Catalogue(dataset.rows)
    freshness = Freshness(dataset.edition, settings.cache_seconds)
    terms = Terms(dataset.store)
    renderer = Renderer(terms, dataset.graph)

    queries = _sparql_pool(settings, dataset)
    checks: JudgingPool | None = None
    if engine is None:
        checker = Checker(dataset.program, settings.profile_megabytes << 20)
        checks = _judging_pool(settings, checker, dataset)
        engine = checker
    here = conflict_check.judge_here(engine, settings, shapes_of(dataset.program))
    judge = conflict_check.judge_with(checks) if checks else here
    pools = [pool for pool in (checks, queries) if pool is not None]

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        # What the service can answer without the processes, it answers before they have read the graph.
        threading.Thread(target=_start, args=(pools, (finder.prepare, catalogue.prepare)), daemon=True).start()
        try:
            yield
        finally:
            for pool in pools:
                pool.close()

    app = FastAPI(
        title="Comity",
        version=comity.__version__,
        docs_url=None,
        redoc_url=None,
        openapi_url=None,
        lifespan=lifespan,
        # The paths of things end as the graph says; a redirect to another spelling would be an address of its own.
        redirect_slashes=False,
    )
    problems.install(app)
    app.router.routes.extend(conflict_check.routes(judge, settings.max_body_bytes))
    app.include_router(check_pages.router(dataset, terms, renderer, judge, settings.max_body_bytes, settings.max_depth))
    recognised = Recognitions(dataset.program)
    app.include_router(recognitions.router(recognised, freshness))  # before the list, whose items have any path
    known = Conflicts(dataset.program)
    app.include_router(conflicts.router(known, freshness))
    pages = PageAnswers(renderer, freshness)
    index = Index(dataset.store)
    finder = Finder(dataset.store, index)
    asking = Questions(source_root(), dataset, queries)
    for router in (
        question_lists.router(asking, freshness, dataset.graph, settings.page_limit),
        question_pages.router(asking, pages, index, terms),
        editor_files.router(index, freshness),
        conflict_pages.router(known, pages),
        recognition_pages.router(recognised, pages),
        law_pages.router(catalogue, known, recognised, pages),
        freshness_pages.router(catalogue, recognised, pages, freshness, dataset.graph, settings.page_limit),
    ):
        app.include_router(router)
    app.include_router(lists.router(catalogue, known, freshness, dataset.graph, settings.page_limit))
    app.include_router(things.router(dataset, freshness, index, finder, terms, renderer))
    if queries:
        app.include_router(_sparql(settings, queries, sparql_page(asking, queries, renderer, index, terms)), prefix="/sparql")
    documents = service_pages.Documents(app, dataset, engine)
    app.include_router(service_pages.router(dataset, catalogue, freshness, documents, renderer, judge))

    # The last one added is the outermost.
    app.add_middleware(UnreadAnswers, most_bytes=settings.max_unread_megabytes << 20)
    if settings.gzip_minimum_bytes:
        app.add_middleware(Compression, minimum_size=settings.gzip_minimum_bytes, compresslevel=5)
    if settings.rate_limit:
        app.add_middleware(RateLimit, rate=settings.rate_limit)
    app.add_middleware(Edge)
    if settings.cors_origins:
        app.add_middleware(
            CrossOrigin,
            allow_origins=settings.cors_origins,
            allow_methods=["GET", "POST", "HEAD"],
            allow_headers=["*"],
            expose_headers=["Comity-Hints", "ETag", "Link"],
        )
    return app


def _sparql(settings: Settings, pool: WorkerPool, page: Page) -> APIRouter:
    return sparql_router(pool, max_query_bytes=settings.sparql_max_query_bytes, page=page)


def _sparql_pool(settings: Settings, dataset: Dataset) -> WorkerPool | None:
    if not settings.sparql_workers:
        return None
    return WorkerPool(
        settings.dataset,
        size=settings.sparql_workers,
        wall_seconds=settings.sparql_timeout_seconds,
        memory_mb=settings.sparql_memory_mb,
        max_results_bytes=settings.sparql_max_result_bytes,
        queue=settings.sparql_queue,
        sha256=dataset.manifest.files["dataset.nq"].sha256,
    )


def _judging_pool(settings: Settings, checker: Checker, dataset: Dataset) -> JudgingPool | None:
    if not settings.check_workers:
        return None
    return JudgingPool(
        checker,
        settings.dataset,
        size=settings.check_workers,
        wall_seconds=settings.check_timeout_seconds,
        memory_mb=settings.check_memory_mb,
        queue=settings.check_queue,
        most_bytes=settings.max_answer_bytes,
        depth=settings.max_depth,
        sha256=dataset.manifest.files["program.json"].sha256,
        failed=refusing.failed,
    )


def _start(pools: list[ProcessPool], others: Iterable[Callable[[], None]]) -> None:
    for pool in pools:
        try:
            pool.start()
        except (Refused, Problem) as refused:
            # It answers 503 and tries again with the next request; everything else works.
            log.warning("processes did not start: %s", refused)
    for prepare in others:
        prepare()
