"""Whoever connects is attended in a task of their own: what all our servers that speak no HTTP have alike."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine

from lisa_core.domain.model.errors import LisaError
from lisa_core.host.notices import tell_once

Attend = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Coroutine[None, None, None]]


@contextlib.asynccontextmanager
async def attending(
    attend: Attend, opened: Callable[[Attend], Awaitable[asyncio.Server]]
) -> AsyncIterator[asyncio.Server]:
    """Serve until the context ends; nobody is connected afterwards. `opened` opens a server for the callback it gets.

    A connection ends when `attend` returns. A client that breaks off (`OSError`, `EOFError`) ends its own only; so does
    what we have words for, and they are told.
    """
    clients: set[asyncio.Task[None]] = set()

    async def client(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        clients.add(task)
        try:
            await attend(reader, writer)
        except (OSError, EOFError, asyncio.CancelledError):
            pass  # Python 3.11 would print a cancelled one as a fault
        except LisaError as error:
            tell_once(str(error))
        finally:
            clients.discard(task)
            writer.close()

    server = await opened(client)
    try:
        yield server
    finally:
        server.close()
        for task in list(clients):
            task.cancel()
        await asyncio.gather(*clients, return_exceptions=True)
