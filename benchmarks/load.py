"""benchmarks.load — a load generator: keep-alive connections, each sending the next request when one is answered."""

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass

Request = Callable[[int, int], bytes]
"""Candidate and turn in, the bytes of one HTTP/1.1 request out."""


@dataclass(frozen=True)
class Figures:
    """What a window of load came to; latencies in milliseconds."""

    per_second: float
    p50: float
    p95: float
    p99: float
    failed: int
    generator_share: float


def http_request(method: str, path: str, body: bytes, headers: str = "") -> bytes:
    """Return a request with a JSON body."""
    head = (
        f"{method} {path} HTTP/1.1\r\nHost: bench\r\nContent-Type: application/json\r\nContent-Length: {len(body)}\r\n"
    )
    return f"{head}{headers}\r\n".encode() + body


def drive(port: int, candidates: int, in_flight: int, seconds: float, request: Request) -> Figures:
    """Let the candidates save in a closed loop, so many at a time, and measure after a short warm-up."""
    return asyncio.run(_drive(port, candidates, in_flight, seconds, request))


async def _drive(port: int, candidates: int, in_flight: int, seconds: float, request: Request) -> Figures:
    room = asyncio.Semaphore(in_flight)
    taken: list[float] = []
    failed = [0]
    start = time.perf_counter() + 1.0
    stop = start + seconds

    async def candidate(number: int) -> None:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        turn = 0
        while time.perf_counter() < stop:
            turn += 1
            async with room:
                began = time.perf_counter()
                writer.write(request(number, turn))
                status = await _status(reader)
                ended = time.perf_counter()
            if began >= start:
                taken.append(ended - began)
                failed[0] += status not in (200, 201)
        writer.close()

    used = time.process_time()
    began = time.perf_counter()
    await asyncio.gather(*(candidate(number) for number in range(candidates)))
    share = (time.process_time() - used) / (time.perf_counter() - began)
    taken.sort()
    at = [taken[int(len(taken) * part)] * 1000 for part in (0.5, 0.95, 0.99)]
    return Figures(len(taken) / seconds, *at, failed[0], share)


async def _status(reader: asyncio.StreamReader) -> int:
    head = await reader.readuntil(b"\r\n\r\n")
    status = int(head[9:12])
    for line in head.split(b"\r\n"):
        if line.lower().startswith(b"content-length:"):
            await reader.readexactly(int(line.split(b":")[1]))
    return status
