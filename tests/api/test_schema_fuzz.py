"""Requests made from the OpenAPI document, sound and unsound: none finds a fault of the service, and every status is documented."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import schemathesis
from fastapi.testclient import TestClient
from hypothesis import HealthCheck, given, settings
from hypothesis.errors import Unsatisfiable
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import content_type_conformance, status_code_conformance

from comity.api import Settings, create_app

KEPT = [not_a_server_error, status_code_conformance, content_type_conformance]
EXAMPLES = 5


@pytest.fixture(scope="module")
def schema(built: Path) -> Iterator[schemathesis.BaseSchema]:
    """The service over the real graph, judging in this process; no SPARQL, whose own suite is larger than this."""
    app = create_app(Settings(dataset=built, sparql_workers=0, check_workers=0))
    with TestClient(app):
        yield schemathesis.openapi.from_asgi("/openapi.json", app)


@pytest.mark.parametrize("mode", GenerationMode)
def test_no_request_finds_a_fault(schema: schemathesis.BaseSchema, mode: GenerationMode) -> None:
    tried = []
    for found in schema.get_all_operations():
        operation = found.ok()

        @settings(max_examples=EXAMPLES, deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck))
        @given(case=operation.as_strategy(generation_mode=mode))
        def holds(case: schemathesis.Case) -> None:
            case.call_and_validate(checks=KEPT)

        try:
            holds()
        except Unsatisfiable:  # a route without parameters cannot be asked wrongly
            continue
        tried.append(operation.label)
    assert "POST /v1/conflict-check" in tried
