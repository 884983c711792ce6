"""Acts as a container of SageMaker's in quick tests: serve or train, with OPT_ML as its /opt/ml.

What it does is set by behavior.json among the model's files (serve) or by the hyperparameters (train).
"""

from __future__ import annotations

import json
import os
import signal
import sys
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

ROOT = Path(os.environ["OPT_ML"])


class TinyContainerHandler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        self.answer(self.server.behavior.get("ping", 200), b"")

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        behavior = self.server.behavior
        time.sleep(behavior.get("seconds", 0))
        response = {"model": behavior.get("name"), "body": body.decode(errors="replace")[:200]}
        self.answer(behavior.get("status", 200), json.dumps(response).encode())

    def answer(self, status: int, body: bytes):
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, form: str, *arguments):
        print(form % arguments, flush=True)


def serve() -> None:
    file = ROOT / "model" / "behavior.json"
    behavior = json.loads(file.read_text()) if file.exists() else {}
    if "exit" in behavior:
        sys.exit(behavior["exit"])
    server = ThreadingHTTPServer(("127.0.0.1", int(os.environ["PORT"])), TinyContainerHandler)
    server.behavior = behavior
    server.serve_forever()


def train(words: list[str]) -> None:
    parameters = json.loads((ROOT / "input" / "config" / "hyperparameters.json").read_text())
    print("training", *words, flush=True)
    if parameters.get("stubborn"):
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
    time.sleep(float(parameters.get("seconds", 0)))
    if "failure" in parameters:
        (ROOT / "output" / "failure").write_text(parameters["failure"])
    seen = {str(path.relative_to(ROOT)): path.stat().st_size for path in (ROOT / "input").rglob("*") if path.is_file()}
    response = {"arguments": words, "files": seen, "environment": dict(os.environ)}
    (ROOT / "model" / "response.json").write_text(json.dumps(response))
    sys.exit(int(parameters.get("exit", 0)))


if __name__ == "__main__":
    if sys.argv[1:2] == ["serve"]:
        serve()
    else:
        train(sys.argv[1:])
