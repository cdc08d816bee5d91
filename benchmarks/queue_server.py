"""Replaces SQS for benchmarks, in its own process: three calls of its JSON protocol, first in first out.

    python -m benchmarks.queue_server

Prints its port. The path of a queue URL is the queue's name. What is received is gone: no message comes again.
"""

import asyncio
import itertools
import json
import sys
import time
from collections import defaultdict, deque
from typing import Any

HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: application/x-amz-json-1.0\r\nContent-Length: %d\r\n\r\n"
Json = dict[str, Any]
numbers = itertools.count()
queues: defaultdict[str, deque[str]] = defaultdict(deque)
arrived = asyncio.Condition()


async def send(call: Json) -> Json:
    async with arrived:
        for entry in call["Entries"]:
            asyncio.get_running_loop().call_later(
                entry.get("DelaySeconds", 0), queues[call["QueueUrl"]].append, entry["MessageBody"]
            )
        await asyncio.sleep(0)
        arrived.notify_all()
    return {"Successful": [{"Id": entry["Id"], "MessageId": entry["Id"]} for entry in call["Entries"]]}


async def receive(call: Json) -> Json:
    queue, ends = queues[call["QueueUrl"]], time.monotonic() + call.get("WaitTimeSeconds", 0)
    async with arrived:
        while not queue and time.monotonic() < ends:
            try:
                await asyncio.wait_for(arrived.wait(), ends - time.monotonic())
            except TimeoutError:
                break
    found = [queue.popleft() for _ in range(min(len(queue), call.get("MaxNumberOfMessages", 1)))]
    return {"Messages": [{"MessageId": str(next(numbers)), "ReceiptHandle": "-", "Body": body} for body in found]}


async def delete(_: Json) -> Json:
    return {"Successful": []}


CALLS = {"SendMessageBatch": send, "ReceiveMessage": receive, "DeleteMessageBatch": delete}


async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    try:
        while head := await reader.readuntil(b"\r\n\r\n"):
            headers = dict(line.lower().split(b": ", 1) for line in head.split(b"\r\n")[1:] if b": " in line)
            body = json.loads(await reader.readexactly(int(headers[b"content-length"])))
            wanted = next(name for name in CALLS if name.lower().encode() in headers[b"x-amz-target"])
            answer = json.dumps(await CALLS[wanted](body)).encode()
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
    sys.exit(asyncio.run(main()))
