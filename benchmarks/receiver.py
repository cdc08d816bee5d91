"""A webhook receiver for benchmarks, in its own process: responds late or never, and reports arrivals.

    python -m benchmarks.receiver

Prints its port. `POST /<delay in ms>/…` gets a response after that delay, `POST /never/…` none. `GET /` returns the
first arrival of each event by path, in seconds since 1970; `DELETE /` clears them.
"""

import asyncio
import json
import time

HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n"
seen: dict[str, float] = {}


async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    try:
        while head := await reader.readuntil(b"\r\n\r\n"):
            arrived = time.time()
            method, path, _ = head.split(b" ", 2)
            lines = head.lower().split(b"\r\n")
            length = next((int(line[15:]) for line in lines if line.startswith(b"content-length:")), 0)
            body = await reader.readexactly(length)
            answer = b""
            if method == b"GET":
                answer = json.dumps(seen).encode()
            elif method == b"DELETE":
                seen.clear()
            else:
                seen.setdefault(f"{json.loads(body)['id']} {path.decode()}", arrived)
                delay = path.split(b"/")[1]
                await asyncio.sleep(3600 if delay == b"never" else int(delay) / 1000)
            writer.write(HEAD % len(answer) + answer)
            await writer.drain()
    except (asyncio.IncompleteReadError, ConnectionError):
        pass
    finally:
        writer.close()


async def main() -> None:
    server = await asyncio.start_server(serve, "127.0.0.1", 0, backlog=512)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(main())
