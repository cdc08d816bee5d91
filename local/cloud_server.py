"""The process of the local cloud: ministack, with the API on a port of its own.

On its own port the API is at the root path under any host name. ministack itself identifies APIs by host names that
Python and some browsers can't resolve, and it serves its own `/health` on every host.
"""

import argparse
import asyncio
import contextlib
import os
import signal
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

from hypercorn.asyncio import serve
from hypercorn.config import Config
from ministack.app import app as ministack

from local import apis, calls, streams
from local.places import API_ID, API_STAGE

Scope = dict[str, Any]
Receive = Callable[[], Awaitable[dict[str, Any]]]
Send = Callable[[dict[str, Any]], Awaitable[None]]


class FrontDoor:
    """Routes requests to the API's port to API Gateway, and all others to ministack's other services."""

    def __init__(self, api_port: int, stream_file: Path, recorder: calls.Recorder | None = None) -> None:
        self.api_port = api_port
        self.stream_file = stream_file
        self.recorder = recorder

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self.live(scope, receive, send)
            return
        if scope["type"] == "http" and scope["server"][1] == self.api_port:
            scope = self.addressed_to_gateway(scope)
        elif scope["type"] == "http" and self.recorder is not None:
            receive = self.recorded(scope, receive, self.recorder)
        await ministack(scope, receive, send)

    def recorded(self, scope: Scope, receive: Receive, recorder: calls.Recorder) -> Receive:
        parts: list[bytes] = []

        async def received() -> dict[str, Any]:
            message = await receive()
            if message["type"] == "http.request":
                parts.append(message.get("body", b""))
                if not message.get("more_body", False):
                    recorder.record(scope, b"".join(parts))
            return message

        return received

    async def live(self, scope: Scope, receive: Receive, send: Send) -> None:
        streams.load(self.stream_file)
        await ministack(scope, receive, send)
        streams.save(self.stream_file)

    def addressed_to_gateway(self, scope: Scope) -> Scope:
        # As on AWS, path parameters reach the function undecoded, and the client can't forge its source address.
        path = scope["raw_path"].decode("latin-1")
        source = scope["client"][0].encode()
        headers = [(name, value) for name, value in scope["headers"] if name.lower() != b"x-forwarded-for"]
        return {
            **scope,
            "path": f"/_aws/execute-api/{API_ID}/{API_STAGE}{path}",
            "headers": [*headers, (b"x-forwarded-for", source)],
        }


async def until_stopped() -> None:
    """Wait for SIGTERM, SIGINT or the end of the parent process. The state is saved in each case."""
    stopped = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stopped.set)
    parent = os.getppid()
    while not stopped.is_set() and os.getppid() == parent:
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(stopped.wait(), timeout=0.5)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("api_port", type=int)
    parser.add_argument("cloud_port", type=int)
    parser.add_argument("--calls", type=Path, help="a file to which each AWS call of the functions is appended")
    given = parser.parse_args()
    config = Config()
    config.bind = [f"127.0.0.1:{given.api_port}", f"127.0.0.1:{given.cloud_port}"]
    config.keep_alive_timeout = 75
    config.graceful_timeout = 1
    config.loglevel = "WARNING"
    streams.retry_batches_with_failures()
    apis.update_in_place()
    recorder = calls.Recorder(given.calls) if given.calls else None
    if recorder is not None:
        calls.name_functions()
    app: Any = FrontDoor(given.api_port, Path(os.environ["STATE_DIR"]) / "streams.json", recorder)
    asyncio.run(serve(app, config, shutdown_trigger=until_stopped))


if __name__ == "__main__":
    main()
