"""Whether a file can be a data set's rows, by its header."""

from __future__ import annotations

import csv
import gzip
import io
import re
import zipfile
import zlib
from collections.abc import Iterable
from pathlib import Path
from typing import IO

import yaml

from cloud.failure import Failure
from cloud.stage import PROJECT

AHEAD = 1 << 20
"""Bytes that are read: a header is shorter."""

SEPARATORS = ",;\t|"
SHOWN = 3
"""Missing columns that are named."""


def check(dataset: str, file: Path) -> None:
    """Refuses a file whose header lacks columns that the data set's file names; packed ones are unpacked for it.

    The label may be missing, as it is in rows that are to be predicted. Of a ZIP with more than one file nothing is
    said here.

    Raises:
        Failure: where columns are missing, or the file is no text or cannot be read
    """
    where = f"DATA={file}"
    try:
        start = _start(file)
    except (OSError, EOFError, zlib.error, zipfile.BadZipFile, RuntimeError, NotImplementedError) as error:
        raise Failure(f"{where}: cannot be unpacked: {error}") from error
    if start is None:
        return
    wanted = columns(dataset)
    text = start.decode("utf-8-sig", errors="replace")
    missing = min((_missing(wanted, text, separator) for separator in SEPARATORS), key=len)
    if missing:
        names = ", ".join(missing[:SHOWN]) + (f" and {len(missing) - SHOWN} more" if len(missing) > SHOWN else "")
        first = text.partition("\n")[0]
        if "\0" in first or "\N{REPLACEMENT CHARACTER}" in first:
            raise Failure(f"{where}: is no text; the rows of {dataset} are CSV in UTF-8, whose header has {names}")
        noun = "column" if len(missing) == 1 else "columns"
        lacks = f"its header lacks the {noun} {names} of datasets/{dataset}.yaml"
        raise Failure(f"{where}: {lacks}; DATASET= names another data set")


def columns(dataset: str) -> list[str]:
    """The columns that each file of the data set has, its ranges written out; none of a broken specification, whose
    faults the tasks name."""
    try:
        text = (PROJECT / "datasets" / f"{dataset}.yaml").read_text(encoding="utf-8")
        content = yaml.load(text, Loader=yaml.BaseLoader)  # noqa: S506
        names = [content["identifier"], *(feature["name"] for feature in content["features"])]
    except (yaml.YAMLError, KeyError, TypeError):
        return []
    return [each for name in names for each in _names(name)]


def _names(name: str) -> Iterable[str]:
    """The names that a range stands for, as ``var_{0..199}``; else the one."""
    found = re.fullmatch(r"([^{}]*)\{(\d{1,9})\.\.(\d{1,9})}([^{}]*)", name)
    if not found:
        return [name]
    before, first, last, after = found.groups()
    return [f"{before}{number:0{len(first)}d}{after}" for number in range(int(first), int(last) + 1)]


def _start(file: Path) -> bytes | None:
    """The first bytes of the rows; nothing where a ZIP does not tell which of its files has them."""
    with file.open("rb") as content:
        if _magic(content) != b"PK\x03\x04":
            return _unpacked(content)
        with zipfile.ZipFile(content) as packed:
            files = [each for each in packed.infolist() if not each.is_dir()]
            if len(files) != 1:
                return None
            with packed.open(files[0]) as only:
                return _unpacked(only)


def _unpacked(content: IO[bytes]) -> bytes:
    if _magic(content)[:2] != b"\x1f\x8b":
        return content.read(AHEAD)
    with gzip.open(content) as unpacked:
        return unpacked.read(AHEAD)


def _magic(content: IO[bytes]) -> bytes:
    start = content.read(4)
    content.seek(0)
    return start


def _missing(wanted: list[str], text: str, separator: str) -> list[str]:
    """The columns that the header lacks, its cells told apart by this."""
    lines = io.StringIO(text, newline="")
    # A first line as sep=; is a spreadsheet's word on its dialect.
    if re.match(r"sep=.\r?\n", text, re.IGNORECASE):
        lines.readline()
    try:
        found = {cell.strip() for cell in next(csv.reader(lines, delimiter=separator), ())}
    except csv.Error:
        found = set()
    return [name for name in wanted if name not in found]
