from __future__ import annotations

import json
from types import SimpleNamespace

import pytest

from stack import datasets, paths
from stack.configuration.settings import Settings
from stack.failure import Failure
from stack.runs import source

SETTINGS = Settings(ports={"AIRFLOW_PORT": 1, "MLFLOW_PORT": 2, "S3_PORT": 3})


class FakeAirflow:
    """Keeps Variables and Connections as Airflow does."""

    def __init__(self, **variables: str):
        self.variables = variables
        self.connections: list[dict] = []

    def variable(self, name):
        return self.variables.get(name)

    def put_variable(self, name, value, description):
        self.variables[name] = value

    def put_connection(self, connection):
        self.connections.append(connection)


@pytest.fixture(autouse=True)
def no_credentials(tmp_path, monkeypatch):
    monkeypatch.delenv("KAGGLE_USERNAME", raising=False)
    monkeypatch.delenv("KAGGLE_KEY", raising=False)
    monkeypatch.setattr(paths, "PROJECT", tmp_path / "project")
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.setattr(datasets, "source", lambda _: "kaggle:owner/name/train.csv")


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [("absent.csv", None, "no such file"), (".", None, "is a folder without"), ("empty.csv", "", "the file is empty")],
)
def test_rejects_a_file_that_cannot_be_one(tmp_path, name, content, said):
    file = tmp_path / name
    if content is not None:
        file.write_text(content)

    with pytest.raises(Failure, match=said) as failure:
        source.check_rows("insurance", str(file))
    assert failure.value.code == 2


def test_rejects_invalid_rows_by_line_and_column_before_anything_is_started(tmp_path):
    file = tmp_path / "rows.csv"
    file.write_text("id,Gender\n1,Male\n")

    with pytest.raises(Failure, match=r"line 1: missing columns: 'Response' \(.*\), 'Age'") as failure:
        source.check_rows("insurance", str(file))
    assert failure.value.code == 2
    with pytest.raises(Failure, match="missing columns: 'Age', '"):
        source.check_rows("insurance", str(file), policy="scoring")


def test_checks_the_folds_of_an_experiment_before_anything_is_started(tmp_path):
    names = "id,Gender,Age,Driving_License,Region_Code,Previously_Insured,Vehicle_Age,Vehicle_Damage"
    rows = [f"{row},Male,40,1,28,0,< 1 Year,No,2630,152,100,{int(row % 6 == 0)}" for row in range(300)]
    header = f"{names},Annual_Premium,Policy_Sales_Channel,Vintage,Response"
    file = tmp_path / "rows.csv"
    file.write_text("\n".join([header, *rows, ""]))

    source.check_rows("insurance", str(file), folds=2)
    with pytest.raises(Failure, match=r"too few rows for 60 folds: .* FOLDS=\d+") as failure:
        source.check_rows("insurance", str(file), folds=60)
    assert failure.value.code == 2


def test_uploads_the_files_of_a_folder_of_parquet_files(tmp_path, monkeypatch):
    folder = tmp_path / "people 1.parquet"
    folder.mkdir()
    for name in ("part-1.parquet", "part-0.parquet", "_SUCCESS", ".part-0.parquet.crc"):
        (folder / name).write_text(name)
    uploaded = {}
    store = SimpleNamespace(has=lambda uri, size: False, upload=lambda file, uri: uploaded.update({uri: file}))
    monkeypatch.setattr(source, "Store", lambda settings: store)

    found = source.find("insurance", str(folder), FakeAirflow(), SETTINGS)

    assert found.uri.startswith(f"{SETTINGS.store}/inbox/")
    assert found.uri.endswith("/people_1.parquet")
    assert uploaded == {f"{found.uri}/part-0000{n}.parquet": str(folder / f"part-{n}.parquet") for n in (0, 1)}
    (folder / "part-0.parquet").write_text("other rows")
    assert source.find("insurance", str(folder), FakeAirflow(), SETTINGS).uri != found.uri


def test_uploads_every_file_whatever_its_name(tmp_path, monkeypatch):
    folder = tmp_path / "people"
    folder.mkdir()
    names = ["(1) people.parquet", "part 1.parquet", "part_1.parquet", "été.parquet"]
    for name in reversed(names):
        (folder / name).write_text(name)
    uploaded = {}
    store = SimpleNamespace(has=lambda uri, size: False, upload=lambda file, uri: uploaded.update({uri: file}))
    monkeypatch.setattr(source, "Store", lambda settings: store)

    found = source.find("insurance", str(folder), FakeAirflow(), SETTINGS)

    assert [uploaded[uri] for uri in sorted(uploaded)] == [str(folder / name) for name in names]
    assert not any(uri.removeprefix(f"{found.uri}/").startswith(("_", ".")) for uri in uploaded)


@pytest.mark.parametrize(
    "data", [None, "https://host/file.csv", "s3://bucket/key", "synthetic:10", "sample:10", "kaggle:a/b/c"]
)
def test_takes_addresses_as_they_are(data):
    source.check_rows("insurance", data)


def test_keeps_an_address_for_the_nightly_run_if_requested():
    airflow = FakeAirflow()

    found = source.find("insurance", "https://host/file.csv", airflow, SETTINGS)

    assert found.param == "https://host/file.csv"
    assert airflow.variables == {}
    source.keep("insurance", "https://host/file.csv", found, airflow)
    assert airflow.variables == {"propensity_source_insurance": "https://host/file.csv"}


def test_a_wanted_sample_is_for_one_run_alone():
    airflow = FakeAirflow()

    found = source.find("insurance", "sample:100", airflow, SETTINGS)

    assert found.param == "sample:100"
    source.keep("insurance", "sample:100", found, airflow)
    assert airflow.variables == {}


def test_goes_on_with_the_source_that_was_kept():
    airflow = FakeAirflow(propensity_source_insurance="s3://bucket/key")

    found = source.find("insurance", None, airflow, SETTINGS)

    assert (found.param, found.description) == ("s3://bucket/key", "s3://bucket/key (as before)")


def test_a_file_of_the_last_run_is_shown_by_its_name():
    kept = f"{SETTINGS.store}/inbox/0123/train.csv.gz"
    airflow = FakeAirflow(propensity_source_insurance=kept)

    found = source.find("insurance", None, airflow, SETTINGS)

    assert (found.param, found.description) == (kept, "train.csv.gz (as before)")


def test_releases_of_synthetic_rows_have_a_name_of_their_own():
    for param in ("synthetic:10", "sample:10"):
        assert source.Source("", param=param).name("insurance") == "insurance-synthetic"
    assert source.Source("", param="s3://bucket/key").name("insurance") == "insurance"
    assert source.Source("").name("insurance") == "insurance"


def test_uses_synthetic_rows_and_reports_that_without_data_and_credentials():
    found = source.find("insurance", None, FakeAirflow(), SETTINGS)

    assert found.param == "synthetic:50000"
    assert "SYNTHETIC" in found.description


def test_hands_kaggle_credentials_to_the_tasks_by_a_connection(tmp_path):
    file = tmp_path / "home" / ".kaggle" / "kaggle.json"
    file.parent.mkdir(parents=True)
    file.write_text(json.dumps({"username": "ada", "key": "secret"}))
    airflow = FakeAirflow()

    found = source.find("insurance", None, airflow, SETTINGS)

    assert found == source.Source("kaggle:owner/name/train.csv")
    assert (airflow.connections[0]["login"], airflow.connections[0]["password"]) == ("ada", "secret")


def test_names_a_broken_kaggle_file(tmp_path):
    file = tmp_path / "project" / ".kaggle" / "kaggle.json"
    file.parent.mkdir(parents=True)
    file.write_text("{}")

    with pytest.raises(Failure, match=str(file)):
        source.find("insurance", None, FakeAirflow(), SETTINGS)


def test_a_file_in_the_specification_is_uploaded_since_containers_cannot_read_it(tmp_path, monkeypatch):
    file = tmp_path / "rows.csv"
    file.write_text("id,y\n1,1\n")
    monkeypatch.setattr(datasets, "source", lambda _: str(file))
    uploaded = []
    monkeypatch.setattr(source, "_upload", lambda path, _: uploaded.append(path) or "s3://store/inbox/rows.csv")

    found = source.find("insurance", None, FakeAirflow(), SETTINGS)

    assert uploaded == [file]
    assert (found.param, found.uri, found.description) == (*["s3://store/inbox/rows.csv"] * 2, str(file))
    file.unlink()
    assert source.find("insurance", None, FakeAirflow(), SETTINGS) == source.Source(str(file))


def predicted_from(airflow, model=None, variable="DATA"):
    return source.find_rows_to_predict("insurance", None, airflow, SETTINGS, model, variable)


def test_synthetic_rows_are_not_scored_with_a_model_of_real_rows():
    airflow = FakeAirflow(propensity_source_insurance="s3://bucket/key")

    with pytest.raises(Failure, match=r"^DATA= is missing: the rows to score.* add DATA=rows.csv$") as failure:
        predicted_from(airflow)
    assert failure.value.code == 2
    with pytest.raises(Failure, match=r"^TEST= is missing: .* add TEST=rows.csv$"):
        predicted_from(FakeAirflow(), "insurance", "TEST")


def test_synthetic_rows_are_scored_with_a_model_of_such_rows():
    kept = FakeAirflow(propensity_source_insurance="s3://bucket/key")

    for found in (predicted_from(FakeAirflow()), predicted_from(kept, "insurance-synthetic")):
        assert found.param == "synthetic:50000"
        assert found.name("insurance") == "insurance-synthetic"


def test_rows_of_the_specification_that_are_synthetic_have_the_name_of_such_rows(monkeypatch):
    monkeypatch.setattr(datasets, "source", lambda _: "synthetic:100")
    assert source.find("insurance", None, FakeAirflow(), SETTINGS).name("insurance") == "insurance-synthetic"
