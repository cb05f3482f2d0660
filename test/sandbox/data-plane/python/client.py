"""Signs in at a gateway and calls a tool, with the MCP SDK for Python alone.

The address to sign in at goes to standard output; the address that the browser was sent back to is read from standard input.
"""

import asyncio
import json
import sys
from urllib.parse import parse_qs, urlparse

from mcp import Client
from mcp.client.auth import OAuthClientProvider, TokenStorage
from mcp.client.streamable_http import streamable_http_client
from mcp.shared._httpx_utils import create_mcp_http_client
from mcp.shared.auth import AuthorizationCodeResult, OAuthClientInformationFull, OAuthClientMetadata, OAuthToken

URL, MODE, TOOL, ARGUMENTS, REDIRECT = sys.argv[1], sys.argv[2], sys.argv[3], json.loads(sys.argv[4]), sys.argv[5]


class Memory(TokenStorage):
    def __init__(self) -> None:
        self.tokens: OAuthToken | None = None
        self.client: OAuthClientInformationFull | None = None

    async def get_tokens(self) -> OAuthToken | None:
        return self.tokens

    async def set_tokens(self, tokens: OAuthToken) -> None:
        self.tokens = tokens

    async def get_client_info(self) -> OAuthClientInformationFull | None:
        return self.client

    async def set_client_info(self, client_info: OAuthClientInformationFull) -> None:
        self.client = client_info


def say(**what: object) -> None:
    print(json.dumps(what), flush=True)


async def open_browser(url: str) -> None:
    say(authorize=url)


async def returned() -> AuthorizationCodeResult:
    line = await asyncio.to_thread(sys.stdin.readline)
    query = {name: values[0] for name, values in parse_qs(urlparse(line.strip()).query).items()}
    return AuthorizationCodeResult(code=query["code"], state=query.get("state"), iss=query.get("iss"))


async def main() -> None:
    login = OAuthClientProvider(
        server_url=URL,
        client_metadata=OAuthClientMetadata(
            client_name="A Python client",
            redirect_uris=[REDIRECT],
            grant_types=["authorization_code", "refresh_token"],
            response_types=["code"],
            token_endpoint_auth_method="none",
        ),
        storage=Memory(),
        redirect_handler=open_browser,
        callback_handler=returned,
    )
    async with create_mcp_http_client(auth=login) as http:
        async with Client(streamable_http_client(URL, http_client=http), mode=MODE) as client:
            tools = await client.list_tools()
            answer = await client.call_tool(TOOL, ARGUMENTS)
            say(
                version=client.protocol_version,
                tools=[tool.name for tool in tools.tools],
                structured=answer.structured_content,
            )


asyncio.run(main())
