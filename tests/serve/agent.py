"""Uses a server as an agent does, with the client of the protocol's authors. Usage: agent.py PROGRAM URL TOKEN"""

import asyncio
import faulthandler
import sys

import httpx2
from mcp import ClientSession, StdioServerParameters
from mcp.client.stdio import stdio_client
from mcp.client.streamable_http import streamable_http_client

faulthandler.dump_traceback_later(300, exit=True)
program, url, token = sys.argv[1:4]


def text(result):
    return "\n".join(content.text for content in result.content)


async def use(session, writable):
    info = await session.initialize()
    assert info is not None
    tools = {tool.name: tool for tool in (await session.list_tools()).tools}
    names = {"schema", "query", "ask", "explain", "sources", "check"}
    assert set(tools) == names | ({"write"} if writable else set()), tools
    assert tools["query"].annotations.read_only_hint is True

    async def call(name, **arguments):
        result = await session.call_tool(name, arguments)
        return bool(result.is_error), text(result)

    failed, schema = await call("schema")
    assert not failed and "(:Course) 12 nodes" in schema, schema
    failed, schema = await call("schema", label="Course")
    assert "(:Level)" in schema and "(:Framework) " not in schema, schema
    failed, rows = await call("query", statement="MATCH (c:Course) RETURN c.name AS name ORDER BY name", maxRows=5)
    assert not failed and rows.count("name") == 5 and "7 of 12 rows were left out" in rows, rows
    failed, rows = await call("query", statement="RETURN $x + 1 AS y", parameters={"x": 1})
    assert rows == '{"y":2}\n1 rows, complete\n', rows
    failed, rows = await call("query", statement="UNWIND range(1, 100000) AS n RETURN n, 'x' AS t", maxRows=1000000)
    assert len(rows) < 26000 and "rows were left out" in rows
    failed, error = await call("query", statement="MATCH (c:Course) RETURN d")
    assert failed and "UndefinedVariable" in error and "line 1, column 25" in error, error
    failed, error = await call("query", statement="CREATE (:A)")
    assert failed and "only reads" in error, error
    failed, warned = await call("query", statement="MATCH (c:Coarse) RETURN c")
    assert "did you mean `Course`?" in warned, warned
    failed, answer = await call("ask", question="which advanced courses cover KSS 7 and trauma?")
    assert not failed and "read as:" in answer and "statement: MATCH" in answer and "2 rows, complete" in answer, answer
    failed, answer = await call("sources", question="which advanced courses cover KSS 7 and trauma?")
    assert not failed and "the answer rests on" in answer, answer
    failed, plan = await call("explain", statement="MATCH (c:Course) RETURN c")
    assert "NodeScan" in plan, plan
    failed, checked = await call("check", statement="CREATE (:A)")
    assert "changes the graph" in checked, checked
    failed, error = await call("query")
    assert failed and "expected an argument `statement`" in error, error
    failed, error = await call("query", statement="RETURN 1", rows=1)
    assert failed and "there is no argument `rows`" in error, error
    if writable:
        failed, changed = await call("write", statement="MATCH (c:Course) WITH c LIMIT 1 SET c.seen = true RETURN 1 AS one")
        assert not failed and "properties: 1" in changed, changed
    resources = (await session.list_resources()).resources
    assert {str(resource.uri) for resource in resources} == {"relata://schema", "relata://manifest"}
    contents = (await session.read_resource(resources[0].uri)).contents
    assert '"labels"' in contents[0].text
    prompts = (await session.list_prompts()).prompts
    assert {prompt.name for prompt in prompts} == {"explore", "answer", "repair"}
    prompt = await session.get_prompt("answer", {"question": "who?"})
    assert "who?" in prompt.messages[0].content.text


async def main():
    parameters = StdioServerParameters(command=program, args=["serve", "--mcp", "stdio", "--writable"])
    async with stdio_client(parameters) as streams, ClientSession(*streams[:2]) as session:
        await use(session, True)
    print("ok stdio")
    headers = {"Authorization": f"Bearer {token}"}
    async with httpx2.AsyncClient(headers=headers, timeout=300) as client:
        async with streamable_http_client(url, http_client=client) as streams, ClientSession(*streams[:2]) as session:
            await use(session, False)
    print("ok http")


asyncio.run(main())
