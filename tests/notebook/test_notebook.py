"""The notebook runs from its first cell to its last against the service, and its three questions have answers and pictures."""

import json
import os
import threading
import time
from importlib.util import find_spec
from pathlib import Path

import pytest
import uvicorn

from comity.api import Settings, create_app
from comity.api.serve import server_options
from comity.paths import source_root
from tests.api.conftest import FixedEngine
from tests.shared import free_port

NOTEBOOK = source_root() / "examples" / "notebook" / "law-as-data.ipynb"
NEEDED = ("nbclient", "nbformat", "ipykernel", "pandas", "matplotlib", "SPARQLWrapper")
LACKING = [name for name in NEEDED if find_spec(name) is None]


@pytest.fixture(scope="module")
def endpoint(built: Path):
    """The SPARQL endpoint of the service over the built sources."""
    port = free_port()
    settings = Settings(dataset=built, sparql_workers=1, check_workers=0, port=port)
    app = create_app(settings, engine=FixedEngine())
    server = uvicorn.Server(uvicorn.Config(app, **server_options(settings), log_level="warning"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.02)
    yield f"http://127.0.0.1:{port}/sparql"
    server.should_exit = True
    thread.join(10)


def test_it_is_committed_without_outputs():
    notebook = json.loads(NOTEBOOK.read_text("utf-8"))
    code = [cell for cell in notebook["cells"] if cell["cell_type"] == "code"]
    assert len(code) >= 6
    assert [cell for cell in code if cell["outputs"] or cell["execution_count"]] == []


@pytest.mark.skipif(bool(LACKING), reason=f"NOT RUN: the notebook needs {', '.join(LACKING)}")
def test_it_runs_and_every_question_has_an_answer(endpoint, monkeypatch, tmp_path):
    import nbformat
    from nbclient import NotebookClient

    monkeypatch.setenv("COMITY_SPARQL_ENDPOINT", endpoint)
    monkeypatch.setenv("IPYTHONDIR", str(tmp_path))
    monkeypatch.setenv("MPLCONFIGDIR", str(tmp_path))
    notebook = nbformat.read(NOTEBOOK, as_version=4)
    NotebookClient(notebook, timeout=180, kernel_name="python3", resources={"metadata": {"path": str(tmp_path)}}).execute()
    if wanted := os.environ.get("COMITY_NOTEBOOK_OUTPUT"):
        nbformat.write(notebook, wanted)
    outputs = [output for cell in notebook.cells if cell.cell_type == "code" for output in cell.outputs]
    assert [output for output in outputs if output.output_type == "error"] == []
    shown = [output.data for output in outputs if "data" in output]
    assert sum("image/png" in data for data in shown) == 3
    tables = [data["text/html"] for data in shown if "text/html" in data]
    assert len(tables) >= 2
    assert all(table.count("<tr") > 3 for table in tables[:2])
