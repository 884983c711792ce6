"""The headers that are taken for a data set's, and those that are not."""

from __future__ import annotations

import gzip
import random
import zipfile

import pytest

from cloud import rows
from cloud.failure import Failure

INSURANCE = ",".join([*rows.columns("insurance"), "Response"])


def test_writes_ranges_of_columns_out():
    names = rows.columns("santander")
    assert (names[0], names[1], names[-1], len(names)) == ("ID_code", "var_0", "var_199", 201)
    assert "Vehicle_Age" in rows.columns("insurance")


@pytest.mark.parametrize(
    "header",
    [
        INSURANCE,
        INSURANCE.removesuffix(",Response"),
        f"\ufeff{INSURANCE},another",
        INSURANCE.replace(",", ";"),
        "sep=;\r\n" + INSURANCE.replace(",", ";"),
        '"' + INSURANCE.replace(",", '","') + '"',
    ],
)
@pytest.mark.parametrize("packed", ["", ".gz", ".zip"])
def test_takes_rows_in_all_their_dialects(header, packed, tmp_path):
    content = f"{header}\r\n1,2,3\r\n".encode()
    file = tmp_path / f"rows.csv{packed}"
    if packed == ".zip":
        with zipfile.ZipFile(file, "w") as made:
            made.writestr("rows.csv", content)
    else:
        file.write_bytes(gzip.compress(content) if packed else content)
    rows.check("insurance", file)


def refusal(tmp_path, content: bytes, dataset: str = "insurance") -> str:
    file = tmp_path / "rows.csv"
    file.write_bytes(content)
    with pytest.raises(Failure) as failure:
        rows.check(dataset, file)
    assert failure.value.code == 2
    said = str(failure.value)
    assert said.startswith(f"DATA={file}: ") and "\n" not in said
    return said.removeprefix(f"DATA={file}: ")


def test_refuses_another_data_sets_rows(tmp_path):
    assert refusal(tmp_path, f"{INSURANCE}\n".encode(), "santander") == (
        "its header lacks the columns ID_code, var_0, var_1 and 198 more of datasets/santander.yaml; "
        "DATASET= names another data set"
    )


def test_refuses_a_header_that_lacks_a_column(tmp_path):
    said = refusal(tmp_path, INSURANCE.replace("Vehicle_Age", "Age_of_it").encode())
    assert said.startswith("its header lacks the column Vehicle_Age of datasets/insurance.yaml")


def test_refuses_what_is_no_text(tmp_path):
    assert refusal(tmp_path, random.Random(1).randbytes(100_000)).startswith("is no text; the rows of insurance are ")
    assert refusal(tmp_path, f"{INSURANCE}\n".encode("utf-16")).startswith("is no text")


@pytest.mark.parametrize("start", [b"\x1f\x8b", b"PK\x03\x04"])
def test_refuses_what_only_begins_as_if_it_were_packed(start, tmp_path):
    assert refusal(tmp_path, start + b"x" * 1000).startswith("cannot be unpacked: ")
