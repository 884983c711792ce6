"""CSV files of a dataset, valid and invalid, made from what the endpoint says of its columns."""

from __future__ import annotations

import csv
import io
from typing import Any

from hypothesis import strategies as st

NAMES = st.text("abcdefghijklmnopqrstuvwxyz0123456789-_", min_size=1, max_size=12)


def _number(column: dict[str, Any]) -> st.SearchStrategy[str]:
    least, most = column.get("minimum", -1e6), column.get("maximum", 1e6)
    return (
        st.floats(least, most, width=32)
        .map(lambda value: format(min(max(value, least), most), ".6f"))
        .filter(lambda text: least <= float(text) <= most)
    )


def cell(column: dict[str, Any]) -> st.SearchStrategy[str]:
    """A cell that the column's rules allow."""
    if column["kind"] == "number":
        valid = _number(column)
    elif column.get("values"):
        valid = st.sampled_from(column["values"])
    else:
        valid = st.text("abc01.5", min_size=1, max_size=6)
    return st.one_of(valid, st.just("")) if column["missing"] else valid


def invalid_cell(column: dict[str, Any]) -> st.SearchStrategy[str] | None:
    """A cell that the column's rules reject; nothing where they allow any."""
    invalid = [] if column["missing"] else [st.just("")]
    if column["kind"] == "number":
        invalid.append(st.sampled_from(["x", "NaN", "inf", "-Infinity", "1e999", "0x10", "1 000", "--1", "1.2.3", "٣"]))
        if "minimum" in column:
            invalid.append(st.just(str(column["minimum"] - 1)))
    elif column.get("values"):
        invalid.append(st.just("none of these"))
    return st.one_of(invalid) if invalid else None


@st.composite
def table(draw, dataset: dict[str, Any]) -> list[list[str]]:
    """A header and rows, in any order of columns, with or without one more."""
    columns = dataset["columns"]
    names = draw(st.lists(NAMES, min_size=1, max_size=8, unique=True))
    header = [dataset["identifier"], *(column["name"] for column in columns)]
    rows = [[name, *(draw(cell(column)) for column in columns)] for name in names]
    if draw(st.booleans()):
        header.append("another column")
        rows = [[*row, 'whatever, "it" is'] for row in rows]
    order = draw(st.permutations(range(len(header))))
    return [[row[place] for place in order] for row in [header, *rows]]


def text(rows: list[list[str]]) -> bytes:
    out = io.StringIO()
    csv.writer(out).writerows(rows)
    return out.getvalue().encode()


def valid(dataset: dict[str, Any]) -> st.SearchStrategy[bytes]:
    """A file that must be answered."""
    return table(dataset).map(text)


@st.composite
def invalid(draw, dataset: dict[str, Any]) -> bytes:
    """A file that must be rejected."""
    rows = draw(table(dataset))
    header = rows[0]
    fault = draw(st.sampled_from(["cell", "column", "identifier", "short", "header", "quote", "bytes", "empty"]))
    last = rows[-1]
    if fault == "cell":
        faulty = [column for column in dataset["columns"] if invalid_cell(column) is not None]
        column = draw(st.sampled_from(faulty))
        last[header.index(column["name"])] = draw(invalid_cell(column))
    elif fault == "column":
        place = header.index(draw(st.sampled_from(dataset["columns"]))["name"])
        rows = [row[:place] + row[place + 1 :] for row in rows]
    elif fault == "identifier":
        last[header.index(dataset["identifier"])] = ""
    elif fault == "short":
        last.pop()
    elif fault == "header":
        rows = rows[:1]
    elif fault == "quote":
        return text(rows) + b'"never closed'
    elif fault == "bytes":
        return draw(st.sampled_from([b"\x89PNG\r\n\x1a\n\0", b"PK\x03\x04", b"\xff\xfea\0"])) + text(rows)
    elif fault == "empty":
        return b""
    return text(rows)
