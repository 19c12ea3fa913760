"""A session of the official client with the command ``comity mcp``, over standard input and output."""

import json
import os
import sys
from importlib.util import find_spec

import pytest

pytestmark = pytest.mark.skipif(
    find_spec("mcp") is None,
    reason="NOT RUN: the package mcp is not installed, so no client has talked to 'comity mcp' (pip install 'comity[mcp]')",
)


def talk(server, ask, **how):
    import anyio
    from mcp import Client

    async def run():
        async with Client(server, **how) as client:
            return await ask(client)

    return anyio.run(run)


@pytest.fixture(scope="module")
def command(built):
    from mcp import StdioServerParameters

    return StdioServerParameters(command=sys.executable, args=["-m", "comity", "mcp", "--dataset", str(built)], env=dict(os.environ))


def test_a_session_over_the_wire(command, flow):
    async def ask(client):
        tools = (await client.list_tools()).tools
        start = await client.call_tool("ask", {"lang": "zh"})
        verdict = await client.call_tool("check", {"description": flow})
        faulty = await client.call_tool("check", {"description": {**flow, "act": "disclosre"}, "lang": "zh"})
        after = await client.call_tool("recognise", {"one": "JP", "other": "EU", "on": "2026-11-01"})
        return client.instructions, tools, start, verdict, faulty, after

    instructions, tools, start, verdict, faulty, after = talk(command, ask, read_timeout_seconds=120)
    assert "silence is a question" in instructions
    assert {tool.name for tool in tools} == {"ask", "check", "plan", "recognise", "conflicts", "article"}
    assert all(tool.annotations.read_only_hint and len(tool.description) > 100 for tool in tools)
    assert start.structured_content["questions"]
    assert not verdict.is_error
    assert verdict.structured_content["verdict"] == "conditional"
    assert json.loads(verdict.content[0].text) == verdict.structured_content
    assert faulty.is_error
    told = faulty.structured_content["errors"][0]
    assert (told["pointer"], told["nearest"][0]) == ("/description/act", "disclosure")
    assert isinstance(told["message"], str)
    assert not after.is_error
    assert after.structured_content["graph"] == verdict.structured_content["graph"]


@pytest.mark.parametrize("mode", ["auto", "legacy"])
def test_old_and_new_clients_are_served(desk, mode):
    async def ask(client):
        return await client.call_tool("article", {"name": "PIPL-38-1"}), await client.call_tool("artcle", {})

    from comity.mcp.server import make_server

    found, missing = talk(make_server(desk), ask, mode=mode)
    assert found.structured_content["norm"]["identifier"] == "PIPL-38-1"
    assert missing.is_error
    assert missing.structured_content["nearest"] == ["article"]


def test_what_no_text_can_hold_is_answered_and_the_session_goes_on(command):
    async def ask(client):
        first = await client.call_tool("article", {"name": "\U0001f600 \x00 \\ud800"})
        return first, await client.call_tool("article", {"nme": "x"})

    first, second = talk(command, ask, read_timeout_seconds=120)
    assert first.is_error and second.is_error
    assert second.structured_content["errors"][0]["nearest"] == ["name"]


def test_a_fault_of_ours_tells_nothing_of_itself(desk, monkeypatch):
    def broken(name, arguments):
        raise RuntimeError("the secret inside")

    async def ask(client):
        return await client.call_tool("check", {"description": {}})

    from comity.mcp.server import make_server

    monkeypatch.setattr(desk, "call", broken)
    answer = talk(make_server(desk), ask)
    assert answer.is_error
    assert "secret" not in answer.content[0].text
