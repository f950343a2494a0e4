"""Stands between Playwright and Debian's Firefox, a program with Firefox's arguments: answers what that one cannot.

Playwright asks over WebDriver BiDi for more than an ESR of the year knows, and gives up at the first command that is
unknown. What is answered here, and done by nobody, is in `UNKNOWN`; everything else passes as it is.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import re
import sys
from asyncio.subprocess import PIPE
from functools import partial

from websockets.asyncio.client import connect
from websockets.asyncio.server import ServerConnection, serve
from websockets.exceptions import ConnectionClosed

FIREFOX = "/usr/bin/firefox-esr"
UNKNOWN = frozenset({"emulation.setMediaFeaturesOverride"})
"""Whether a page is told to be light or dark: ours do not ask."""
LISTENING = re.compile(r"WebDriver BiDi listening on (ws://\S+)")


async def main() -> int:
    """Run Firefox until it ends; say on stderr where to find it, in its own words."""
    browser = await asyncio.create_subprocess_exec(FIREFOX, *sys.argv[1:], stderr=PIPE)
    assert browser.stderr is not None
    async for line in browser.stderr:
        if found := LISTENING.search(line.decode()):
            break
    else:
        return await browser.wait()
    async with serve(partial(relay, found[1]), "127.0.0.1", 0, max_size=None, compression=None) as server:
        host, port = server.sockets[0].getsockname()
        print(f"WebDriver BiDi listening on ws://{host}:{port}", file=sys.stderr, flush=True)
        async for _ in browser.stderr:
            pass  # read on, else it would wait for us
        return await browser.wait()


async def relay(address: str, client: ServerConnection) -> None:
    """Both ways, until one end is gone."""
    assert client.request is not None
    with contextlib.suppress(ConnectionClosed):
        async with connect(address + client.request.path, max_size=None, compression=None, proxy=None) as browser:

            async def answers() -> None:
                async for text in browser:
                    await client.send(text)
                await client.close()

            answering = asyncio.create_task(answers())
            async for text in client:
                command = json.loads(text)
                if command["method"] in UNKNOWN:
                    await client.send(json.dumps({"type": "success", "id": command["id"], "result": {}}))
                else:
                    await browser.send(text)
            answering.cancel()


if __name__ == "__main__":
    sys.exit(asyncio.run(main()))
