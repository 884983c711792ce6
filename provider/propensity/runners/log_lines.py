"""The lines of a log that arrives in pieces."""

from __future__ import annotations

from collections.abc import Iterable, Iterator


def log_lines(chunks: Iterable[bytes]) -> Iterator[str]:
    """The lines, without white space at their ends, each as soon as it is complete."""
    buffer = b""
    for chunk in chunks:
        *lines, buffer = (buffer + chunk).split(b"\n")
        yield from map(_text, lines)
    if buffer:
        yield _text(buffer)


def _text(line: bytes) -> str:
    return line.decode(errors="replace").rstrip()
