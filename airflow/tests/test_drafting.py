"""Drafts of datasets' files, by the real jar."""

from __future__ import annotations

import pytest

from stack import drafting, jars, paths, wording
from stack.failure import Failure


@pytest.fixture
def table(tmp_path, monkeypatch):
    monkeypatch.setattr(paths, "DATASETS", tmp_path / "datasets")
    monkeypatch.setattr(paths, "STATE", tmp_path / "state")
    monkeypatch.chdir(tmp_path)
    file = tmp_path / "shop rows.csv"
    rows = [f"k{row},{row % 40 + 0.5},{'yes' if row % 5 == 0 else 'no'},{row % 2}" for row in range(400)]
    file.write_text("\n".join(["id,basket,bought,vip", *rows, ""]))
    return file


def test_writes_a_file_and_a_report_that_are_not_overwritten(table, tmp_path, capfd):
    assert drafting.draft("shop rows.csv", None, None, compare=False) == 0
    file = tmp_path / "datasets" / "shop-rows.yaml"
    assert f"source: {table}\n" in file.read_text()
    assert "<title>Draft: shop-rows</title>" in (tmp_path / "state/reports/shop-rows/draft.html").read_text()
    shown = capfd.readouterr()
    assert "label         bought: yes in 80 rows (20.0%), no in 320\n" in shown.out
    assert shown.err == "wrote datasets/shop-rows.yaml: check it, then train: make run DATASET=shop-rows\n"
    file.write_text("mine")
    with pytest.raises(Failure, match=r"^datasets/shop-rows.yaml exists already, .* NAME=") as failure:
        drafting.draft("shop rows.csv", None, None, compare=False)
    assert failure.value.code == 2
    assert file.read_text() == "mine"


def test_shows_warnings_of_a_task_that_succeeds(tmp_path, monkeypatch, capfd):
    launcher = tmp_path / "launcher"
    launcher.write_text("#!/bin/sh\necho 'INFO read' >&2\necho 'WARN 2 rows are odd' >&2\necho 'DEBUG x' >&2\n")
    launcher.chmod(0o755)
    monkeypatch.setattr(jars, "LAUNCHER", launcher)
    assert jars.run_and_show("init") == 0
    assert capfd.readouterr().err == "read\nWARN 2 rows are odd\n"


def test_names_the_command_that_chooses_the_label_as_the_user_types_it(table, monkeypatch):
    table.write_text(table.read_text().replace("bought", "outside"))
    with pytest.raises(Failure) as failure:
        drafting.draft("shop rows.csv", None, None, compare=False)
    said = str(failure.value)
    assert said.endswith("name it: make init DATA='shop rows.csv' LABEL=vip")
    assert wording.as_options(said).endswith("name it: ./propensity init --data 'shop rows.csv' --label vip")


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (None, "DATA= is missing: the table, such as DATA=customers.csv"),
        ("https://host/x.csv", "DATA=https://host/x.csv: a draft needs a file of this machine; download it first"),
        ("nope.csv", "no such file: nope.csv"),
    ],
)
def test_a_table_that_is_not_there_is_rejected(data, said, tmp_path, monkeypatch):
    monkeypatch.setattr(paths, "DATASETS", tmp_path / "datasets")
    with pytest.raises(Failure, match=f"^{said}$") as failure:
        drafting.draft(data, None, None, compare=False)
    assert failure.value.code == 2
    assert not paths.DATASETS.exists()
