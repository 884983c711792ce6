"""Requests to a server: over one connection, one after the other, or over several at once."""

from __future__ import annotations

import selectors
import socket
import time
from itertools import cycle


class Connection:
    """A kept connection that knows just enough of HTTP to tell where an answer ends."""

    def __init__(self, port: int):
        self._socket = socket.create_connection(("127.0.0.1", port), timeout=60)
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._bytes = b""

    def fileno(self) -> int:
        return self._socket.fileno()

    def close(self) -> None:
        self._socket.close()

    def send(self, request: bytes) -> None:
        self._socket.sendall(request)

    def receive(self) -> bool:
        """Takes what has come; whether the answer, which must be a 200, is whole."""
        come = self._socket.recv(1 << 16)
        if not come:
            raise RuntimeError("the server closed the connection")
        self._bytes += come
        head, end, body = self._bytes.partition(b"\r\n\r\n")
        if not end:
            return False
        if not head.startswith(b"HTTP/1.1 200"):
            raise RuntimeError(f"the server answered {self._bytes[:500]!r}")
        length = next(line for line in head.lower().split(b"\r\n") if line.startswith(b"content-length:"))
        if len(body) < int(length[15:]):
            return False
        self._bytes = b""
        return True


def json_request(path: str, body: bytes) -> bytes:
    """A POST of JSON, as it goes over the wire."""
    head = f"POST {path} HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
    return f"{head}Content-Length: {len(body)}\r\n\r\n".encode() + body


def latencies(port: int, requests: list[bytes], seconds: float) -> list[float]:
    """The seconds that each answer took, ascending; one connection, one request after the other."""
    connection = Connection(port)
    found = []
    end = time.perf_counter() + seconds
    for request in cycle(requests):
        begin = time.perf_counter()
        connection.send(request)
        while not connection.receive():
            pass
        now = time.perf_counter()
        found.append(now - begin)
        if now > end:
            break
    connection.close()
    return sorted(found)


def throughput(port: int, requests: list[bytes], connections: int, seconds: float) -> float:
    """Answers a second over so many connections, each of which sends when it was answered."""
    following = cycle(requests)
    answered = 0
    with selectors.DefaultSelector() as selector:
        opened = [Connection(port) for _ in range(connections)]
        for connection in opened:
            selector.register(connection, selectors.EVENT_READ)
            connection.send(next(following))
        begin = time.perf_counter()
        while (now := time.perf_counter()) < begin + seconds:
            for key, _ in selector.select():
                if key.fileobj.receive():
                    answered += 1
                    key.fileobj.send(next(following))
        for connection in opened:
            connection.close()
    return answered / (now - begin)
