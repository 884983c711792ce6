from __future__ import annotations

import stat
from dataclasses import replace

import pytest

from stack import places, releasing, settings
from stack.failure import Failure
from stack.requested import requested
from stack.servers import lifecycle
from stack.servers.programs import programs


@pytest.fixture
def datasets(tmp_path, monkeypatch):
    """A folder of datasets and an empty state."""
    monkeypatch.setattr(places, "DATASETS", tmp_path / "datasets")
    monkeypatch.setattr(places, "STATE", tmp_path / "state")
    for variable in ("AIRFLOW_PORT", "MLFLOW_PORT", "S3_PORT", "ENDPOINT_PORT", "BACKUP", "RUNNER"):
        monkeypatch.delenv(variable, raising=False)
    places.DATASETS.mkdir()

    def add(*names: str) -> None:
        for name in names:
            (places.DATASETS / f"{name}.yaml").write_text(f"name: {name}\n")

    return add


def test_gives_each_dataset_an_endpoint_for_real_and_one_for_made_up_rows(datasets):
    datasets("santander", "insurance")

    assert settings.settle().endpoints == {
        "insurance": 8081,
        "insurance-synthetic": 8181,
        "santander": 8082,
        "santander-synthetic": 8182,
    }


def test_an_endpoint_keeps_its_port_when_a_dataset_comes_before_it(datasets):
    datasets("insurance")
    settings.settle().save()
    datasets("customers")

    endpoints = settings.settle().endpoints

    assert (endpoints["insurance"], endpoints["customers"]) == (8081, 8082)


def test_keeps_ports_and_keys_from_the_first_start_on(datasets, monkeypatch):
    monkeypatch.setenv("AIRFLOW_PORT", "18080")
    first = settings.settle()
    first.save()
    monkeypatch.delenv("AIRFLOW_PORT")

    assert settings.settle() == first
    assert first.airflow_url == "http://127.0.0.1:18080"


def test_endpoints_begin_at_the_wanted_port(datasets, monkeypatch):
    datasets("insurance")
    monkeypatch.setenv("ENDPOINT_PORT", "30000")

    assert settings.settle().endpoints == {"insurance": 30000, "insurance-synthetic": 30100}


def test_a_second_server_of_each_endpoint_is_the_backup_of_the_first(datasets, monkeypatch):
    datasets("insurance")
    monkeypatch.setenv("BACKUP", "1")
    kept = settings.settle()
    kept.save()
    monkeypatch.delenv("BACKUP")

    commands = {program.name: program.command for program in programs(settings.settle())}

    assert "--backup=http://127.0.0.1:8281" in commands["endpoint-insurance"]
    assert "--port=8281" in commands["endpoint-insurance-backup"]
    assert "--allow-origin=http://127.0.0.1:8081,http://localhost:8081" in commands["endpoint-insurance-backup"]
    monkeypatch.setenv("BACKUP", "0")
    assert set(settings.settle().servers) == {"insurance", "insurance-synthetic"}


def test_settings_of_an_earlier_version_keep_the_port_of_synthetic_rows(datasets):
    datasets("insurance")
    kept = settings.settle()
    replace(kept, endpoints={"insurance": 8081, "insurance-sample": 8181}).save()

    assert settings.settle().endpoints == {"insurance": 8081, "insurance-synthetic": 8181}


def test_a_ledger_is_found_by_the_name_that_earlier_versions_gave_it(datasets, monkeypatch):
    datasets("insurance")
    places.write_private(places.STATE / "last-dataset", "insurance-sample")

    assert releasing.released_name(settings.settle()) == "insurance-synthetic"
    monkeypatch.setenv("DATASET", "insurance-sample")
    assert releasing.released_name(settings.settle()) == "insurance-synthetic"


def test_nobody_else_reads_the_keys(datasets):
    settings.settle().save()

    assert stat.S_IMODE((places.STATE / "settings.json").stat().st_mode) == 0o600


@pytest.mark.parametrize(
    ("variable", "value", "command"),
    [
        ("RUNNER", "docker", "the running stack has RUNNER=process"),
        ("MLFLOW_PORT", "5001", "the running stack has MLFLOW_PORT=5000"),
        ("ENDPOINT_PORT", "8082", "the running stack has ENDPOINT_PORT=8081"),
    ],
)
def test_a_value_that_needs_a_restart_is_rejected_with_the_running_one_and_the_command(
    datasets, monkeypatch, variable, value, command
):
    datasets("insurance", "santander")
    running = settings.settle()
    monkeypatch.setenv(variable, value)

    with pytest.raises(Failure) as failure:
        requested().check_against(running.requestable)

    line = f"{variable}={value}: {command}; to change it: make stop && make start {variable}={value}"
    assert (str(failure.value), failure.value.code) == (line, 2)


def test_the_running_values_are_accepted(datasets, monkeypatch):
    datasets("insurance")
    running = settings.settle()
    for name, value in running.requestable.items():
        monkeypatch.setenv(name, str(value))

    requested().check_against(running.requestable)


@pytest.mark.parametrize(("variable", "allowed"), [("RUNNER", "docker or process"), ("BACKUP", "1 or 0")])
def test_an_unknown_value_is_rejected_with_the_allowed_ones(datasets, monkeypatch, variable, allowed):
    monkeypatch.setenv(variable, "foo")

    with pytest.raises(Failure) as failure:
        lifecycle.start()

    assert (str(failure.value), failure.value.code) == (f"{variable} must be {allowed}, not foo", 2)


def test_endpoints_move_to_the_wanted_port_though_one_of_them_has_it_now(datasets, monkeypatch):
    datasets("insurance", "santander")
    settings.settle().save()
    monkeypatch.setenv("ENDPOINT_PORT", "8082")

    assert settings.settle().endpoints["insurance"] == 8082


@pytest.mark.parametrize("port", ["0", "65536", "http", "-1"])
def test_refuses_what_is_no_port(datasets, monkeypatch, port):
    monkeypatch.setenv("S3_PORT", port)

    with pytest.raises(Failure, match="S3_PORT must be a port from 1 to 65535"):
        settings.settle()
