"""Acts as a container of SageMaker's that serves a model: it returns the scores recorded with the model's sample rows.

It starts at once, and needs no more of a model than its sample rows. OPT_ML is its /opt/ml.
"""

from __future__ import annotations

import hashlib
import json
import os
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

MODEL = Path(os.environ["OPT_ML"], "model")


class RecordedScoresHandler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        self.answer(b"")

    def do_POST(self):
        self.rfile.read(int(self.headers["Content-Length"]))
        rows = json.loads((MODEL / "sample-rows.json").read_text(encoding="utf-8"))
        predictions = [{"id": str(number), "score": row["score"]} for number, row in enumerate(rows, 1)]
        self.answer(json.dumps({"model": f"model@{digest()[:12]}", "predictions": predictions}).encode())

    def answer(self, body: bytes):
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


def digest() -> str:
    """The digest that identifies the model: of the lengths and digests of its files, as canonical JSON."""
    files = {}
    for path in MODEL.rglob("*"):
        if path.is_file():
            content = path.read_bytes()
            entry = {"bytes": len(content), "sha256": hashlib.sha256(content).hexdigest()}
            files[path.relative_to(MODEL).as_posix()] = entry
    return hashlib.sha256(json.dumps(files, sort_keys=True, separators=(",", ":")).encode()).hexdigest()


if __name__ == "__main__":
    ThreadingHTTPServer(("127.0.0.1", int(os.environ["PORT"])), RecordedScoresHandler).serve_forever()
