"""What the drift rule finds in windows with planted changes, beside other rules on the same rows."""

from __future__ import annotations

import json
from pathlib import Path

from bench import training
from bench.measure import ENVIRONMENTS, PROJECT, java, progress, run
from bench.table import Row

PEER = PROJECT / "benchmarks" / "peers" / "drift.py"
SIZES = (500, 2_000, 10_000)
CHANGES = {
    "nothing": "nothing",
    "age": "age + 1 year",
    "premium": "premium × 1.05",
    "missing": "2% missing",
    "channel": "1% new channel",
}

MOST_QUIET = 0.05
"""Of windows without a change, so many may be alarms; one in 90 is expected of the days of a reference."""


def rows(folder: Path, windows: int, peer_windows: int) -> list[Row]:
    """Insurance rows that the baseline is not of.

    Args:
        windows: of each size and change
        peer_windows: the first of these are Evidently's, whose reports take longer
    """
    progress(f"{windows} windows of {len(SIZES)} sizes with {len(CHANGES)} changes")
    samples = folder / "windows.json"
    options = [f"--dataset={training.DATASET}", f"--csv={training.ROWS}", f"--rows={','.join(map(str, SIZES))}"]
    ours = run(java("drift.DriftBenchmark", "table", *options, f"--repeats={windows}", f"--samples={samples}")).out
    progress(f"the same by PSI and p-values, and {peer_windows} of each by Evidently")
    python = ENVIRONMENTS / "evidently" / "bin" / "python"
    peers = run([str(python), "-P", str(PEER), str(samples), str(training.ROWS), str(peer_windows)]).out
    both = [_by_setting(out) for out in (ours, peers)]
    progress(_table(*both))
    return [
        Row(
            f"drift, {planted}, windows of {size:,} with an alarm",
            "",
            both[0][change, size]["reference"]["alarmFirstWindow"],
            MOST_QUIET if change == "nothing" else float("inf"),
            both[1][change, size]["evidently"],
        )
        for change, planted in CHANGES.items()
        for size in SIZES
    ]


def _by_setting(out: str) -> dict[tuple[str, int], dict]:
    found = map(json.loads, out.splitlines())
    return {(one["change"], one["rows"]): one for one in found}


def _table(ours: dict[tuple[str, int], dict], peers: dict[tuple[str, int], dict]) -> str:
    """All rules, as Markdown: the shares of windows of each size."""
    rules = {
        "alarm, first window after 28": [ours, "reference", "alarmFirstWindow"],
        "alarm within 7": [ours, "reference", "alarmWithinWeek"],
        "notice or alarm, first window": [ours, "reference", "noticeOrAlarmFirstWindow"],
        "learning: notice or alarm, first window": [ours, "learning", "noticeOrAlarmFirstWindow"],
        "learning: alarm within 7": [ours, "learning", "alarmWithinWeek"],
        "Evidently": [peers, "evidently"],
        "Evidently, half of the columns": [peers, "dataset"],
        "PSI > 0.1": [peers, "psi"],
        "p < 0.05": [peers, "p"],
    }
    header = f"planted, n = {' / '.join(f'{size:,}' for size in SIZES)}"
    lines = [f"| {' | '.join([header, *rules])} |", f"|{' --- |' * (len(rules) + 1)}"]
    for change, planted in CHANGES.items():
        cells = [planted]
        for found, *keys in rules.values():
            cells.append(" / ".join(_share(found[change, size], keys) for size in SIZES))
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines)


def _share(found: dict, keys: list[str]) -> str:
    for key in keys:
        found = found[key]
    return f"{found:.2f}".removeprefix("0") if found < 1 else "1"
