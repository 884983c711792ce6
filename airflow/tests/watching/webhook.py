"""What Alertmanager sends, as somebody receives it."""

from __future__ import annotations

import contextlib
import json
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from machine import soon


@dataclass
class Webhook:
    """Receives what Alertmanager sends, by the last word of the path: pages or tickets."""

    port: int
    received: list[tuple[str, dict]] = field(default_factory=list)

    def alerts(self, receiver: str, name: str, **labels: str) -> list[dict]:
        """The firing alerts of this name that a receiver got, with these labels."""
        return [
            alert
            for path, message in list(self.received)
            for alert in message["alerts"]
            if path == f"/{receiver}" and alert["status"] == "firing" and alert["labels"]["alertname"] == name
            if labels.items() <= alert["labels"].items()
        ]

    def wait(self, receiver: str, name: str, **labels: str) -> dict:
        """Such an alert, once it was sent."""
        return soon(lambda: self.alerts(receiver, name, **labels), 60, lambda: self.names())[0]

    def names(self) -> set[tuple[str, str]]:
        """The receivers and alerts so far."""
        return {
            (path, each["labels"]["alertname"]) for path, message in list(self.received) for each in message["alerts"]
        }


@contextlib.contextmanager
def webhook() -> Iterator[Webhook]:
    """A receiver on this machine."""
    one = Webhook(0)

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            one.received.append((self.path, json.loads(body)))
            self.send_response(200)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    one.port = server.server_address[1]
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield one
    finally:
        server.shutdown()
        server.server_close()
