"""The server: the tools of a desk over the Model Context Protocol, on standard input and output."""

from __future__ import annotations

import json
import logging
import threading
from typing import Any

import anyio
import mcp_types as types
from mcp.server import Server, ServerRequestContext
from mcp.server.stdio import stdio_server

import comity
from comity.http.languages import LANGUAGES, in_language
from comity.http.problems import Problem, internal_error
from comity.mcp.desk import Desk
from comity.mcp.tools import INSTRUCTIONS, Tool

__all__ = ["make_server", "serve"]

Json = dict[str, Any]

_MOST_AT_ONCE = 4  # calls that run side by side; the others wait
log = logging.getLogger("comity.mcp")


def make_server(desk: Desk) -> Server[Any]:
    """Return a server of the tools of ``desk``."""
    limiter = anyio.CapacityLimiter(_MOST_AT_ONCE)

    async def listed(_: ServerRequestContext[Any], __: types.PaginatedRequestParams | None) -> types.ListToolsResult:
        return types.ListToolsResult(tools=[_offered(tool) for tool in desk.tools.values()])

    async def called(_: ServerRequestContext[Any], params: types.CallToolRequestParams) -> types.CallToolResult:
        arguments = params.arguments or {}
        try:
            answer = await anyio.to_thread.run_sync(desk.call, params.name, arguments, limiter=limiter, abandon_on_cancel=True)
        except Problem as problem:
            return _result(_told(problem, arguments.get("lang")), is_error=True)
        except Exception:
            log.exception("a call of %s failed", params.name)
            return _result(internal_error().document(), is_error=True)
        return _result(answer)

    return Server(
        "comity",
        version=comity.__version__,
        title="Comity: law of cross-border data flows",
        instructions=INSTRUCTIONS,
        on_list_tools=listed,
        on_call_tool=called,
    )


def serve(desk: Desk) -> None:
    """Serve the tools on standard input and output until the client leaves."""

    async def run() -> None:
        server = make_server(desk)
        async with stdio_server() as (reading, writing):
            await server.run(reading, writing, server.create_initialization_options())

    threading.Thread(target=desk.prepare, daemon=True).start()
    try:
        anyio.run(run)
    finally:
        desk.close()


def _offered(tool: Tool) -> types.Tool:
    hints = types.ToolAnnotations(read_only_hint=True, destructive_hint=False, idempotent_hint=True, open_world_hint=False)
    return types.Tool(name=tool.name, title=tool.title, description=tool.description, input_schema=tool.schema(), annotations=hints)


def _told(problem: Problem, lang: object) -> Json:
    """Return a problem as a document, its messages in one language."""
    document = problem.document()
    wanted = lang if lang in LANGUAGES else "en"
    if "errors" in document:
        errors = in_language(document["errors"], str(wanted))
        document["errors"] = [{**each, "message": next(iter(each["message"].values()))} for each in errors]  # type: ignore[attr-defined]
        document["detail"] = " ".join(each["message"] for each in document["errors"][:3])
    return document


def _result(answer: Json, *, is_error: bool = False) -> types.CallToolResult:
    """Return an answer for clients that read structures, and as JSON text for those that do not."""
    text = json.dumps(answer, ensure_ascii=False, separators=(",", ":"))
    sound = text.encode("utf-8", "replace").decode()  # a fault may repeat what no text in UTF-8 can hold
    return types.CallToolResult(content=[types.TextContent(text=sound)], structured_content=json.loads(sound), is_error=is_error)
