"""GitHub's API as far as the plan's comment asks it: on 127.0.0.1, for one pull request."""

from __future__ import annotations

import contextlib
import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from urllib.parse import parse_qs, urlsplit


class GitHub(BaseHTTPRequestHandler):
    """The four calls of GitHub's API that are asked, over comments in memory."""

    def do_GET(self):
        if self.path.startswith("/repos/owner/propensity/commits/abc/pulls"):
            self.answer_page([{"number": number} for number in self.server.pulls])
        else:
            self.answer_page(self.server.comments)

    def do_POST(self):
        self.server.comments.append({"id": len(self.server.comments) + 1, "html_url": self.path, **self.body()})
        self.answer(201, self.server.comments[-1])

    def do_PATCH(self):
        found = self.server.comments[int(self.path.rpartition("/")[2]) - 1]
        found |= self.body()
        self.answer(200, found)

    def answer_page(self, items: list):
        """Answers one page; GitHub's are of 30 items, of 100 at most, and name the next in a header."""
        address = urlsplit(self.path)
        query = parse_qs(address.query)
        size = min(int(query.get("per_page", ["30"])[0]), 100)
        page = int(query.get("page", ["1"])[0])
        links = ""
        if page * size < len(items):
            host = f"http://127.0.0.1:{self.server.server_port}"
            links = f'<{host}{address.path}?per_page={size}&page={page + 1}>; rel="next"'
        self.answer(200, items[(page - 1) * size : page * size], links)

    def body(self):
        return json.loads(self.rfile.read(int(self.headers["Content-Length"])))

    def answer(self, code: int, content, links: str = ""):
        if self.headers["Authorization"] != "Bearer the-token":
            code, content = 401, {"message": "Bad credentials"}
        body = json.dumps(content).encode()
        self.send_response(code)
        self.send_header("Content-Length", str(len(body)))
        if links:
            self.send_header("Link", links)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *arguments):
        pass


@contextlib.contextmanager
def running() -> Iterator[HTTPServer]:
    """Runs it; what it knows are its attributes pulls and comments."""
    server = HTTPServer(("127.0.0.1", 0), GitHub)
    server.pulls, server.comments = [7], []
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
