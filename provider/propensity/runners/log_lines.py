"""The lines of a log that arrives in pieces."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator

LEVELS = {"ERROR": logging.ERROR, "WARN": logging.WARNING, "INFO": logging.INFO, "DEBUG": logging.DEBUG}
"""By the word with which a jar begins a line of its log."""


def log_lines(chunks: Iterable[bytes]) -> Iterator[str]:
    """The lines, without white space at their ends, each as soon as it is complete."""
    buffer = b""
    for chunk in chunks:
        *lines, buffer = (buffer + chunk).split(b"\n")
        yield from map(_text, lines)
    if buffer:
        yield _text(buffer)


def forward(log: logging.Logger, line: str) -> None:
    """Logs a jar's line at its own level."""
    word, _, text = line.partition(" ")
    if text and word in LEVELS:
        log.log(LEVELS[word], "%s", text)
    else:
        log.info("%s", line)


def _text(line: bytes) -> str:
    return line.decode(errors="replace").rstrip()
