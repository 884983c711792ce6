"""The rows that are accepted for a dataset, and those that are not: as the download jar checks them."""

from __future__ import annotations

import gzip
import zipfile

import pytest
from samples import ROWS

from cloud import row_check
from stack.failure import Failure

UNLABELLED = "\n".join(line.rpartition(",")[0] for line in ROWS.splitlines())


@pytest.mark.parametrize("compressed", ["", ".gz", ".zip"])
def test_accepts_rows_in_another_dialect(compressed, tmp_path):
    content = ("sep=;\r\n" + ROWS.replace(",", ";").replace("\n", "\r\n")).encode()
    file = tmp_path / f"rows.csv{compressed}"
    if compressed == ".zip":
        with zipfile.ZipFile(file, "w") as made:
            made.writestr("rows.csv", content)
    else:
        file.write_bytes(gzip.compress(content) if compressed else content)
    row_check.check("insurance", file, "training")


def rejection(tmp_path, text: str, dataset: str = "insurance", policy: str = "training") -> str:
    file = tmp_path / "rows.csv"
    file.write_text(text)
    with pytest.raises(Failure) as failure:
        row_check.check(dataset, file, policy)
    assert failure.value.code == 2
    return str(failure.value)


def test_rejects_rows_of_another_dataset(tmp_path):
    message = rejection(tmp_path, ROWS, "santander")
    assert "rows.csv, line 1: missing columns: 'ID_code' (" in message


def test_rejects_an_invalid_cell_by_its_line_and_column(tmp_path):
    message = rejection(tmp_path, ROWS.replace(",44,", ",fourty,"))
    assert "1 of 1 rows are invalid\nline 2, Age is 'fourty': not a number\n" in message


def test_accepts_rows_without_labels_only_to_score_them(tmp_path):
    assert "missing column: 'Response' (rows without it can only be scored" in rejection(tmp_path, UNLABELLED)
    row_check.check("insurance", tmp_path / "rows.csv", "scoring")


def test_rejects_an_unknown_policy(tmp_path):
    assert rejection(tmp_path, ROWS, policy="any") == "POLICY=any: one of training, scoring"
