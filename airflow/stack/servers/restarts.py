"""How often each program ended by itself and was started again, as supervisord's log shows it."""

from __future__ import annotations

import re
from datetime import datetime
from pathlib import Path

MINUTES = 10
"""Minutes that count as recent."""

MANY = 3
"""Recent restarts from which on a program may be one that does not stay up."""

_READ = 500_000
"""Bytes of the log's end, which hold more than the recent minutes."""

_LINE = re.compile(r"(?P<time>\S+ \S+),\d+ \w+ (?:exited: (?P<name>\S+) \(|(?P<start>supervisord started))")


def recent(log: Path, now: datetime) -> dict[str, list[datetime]]:
    """When each program ended by itself within the last minutes, since supervisord's own start."""
    found: dict[str, list[datetime]] = {}
    for line in _end(log).splitlines():
        match = _LINE.match(line)
        if not match:
            continue
        if match["start"]:
            found.clear()
            continue
        ended = datetime.fromisoformat(match["time"])
        if (now - ended).total_seconds() <= MINUTES * 60:
            found.setdefault(match["name"], []).append(ended)
    return found


def state(supervised: str, ends: list[datetime], now: datetime) -> str:
    """A program's state for a reader: supervisord's, or restarting for one that does not stay up."""
    if supervised == "BACKOFF" or (supervised in ("STARTING", "RUNNING") and not _stays_up(ends, now)):
        return "restarting"
    return supervised.lower()


def described(ends: list[datetime]) -> str:
    """The number of recent restarts in words; nothing where there are none."""
    times = {0: "", 1: "once"}.get(len(ends), f"{len(ends)} times")
    return f"restarted {times} in {MINUTES} minutes" if times else ""


def _stays_up(ends: list[datetime], now: datetime) -> bool:
    """Whether it ended seldom, or has now been up for over twice as long as between its last two ends."""
    return len(ends) < MANY or now - ends[-1] > 2 * (ends[-1] - ends[-2])


def _end(log: Path) -> str:
    try:
        with log.open("rb") as opened:
            opened.seek(max(0, log.stat().st_size - _READ))
            return opened.read().decode(errors="replace")
    except FileNotFoundError:
        return ""
