from __future__ import annotations

import stat
from dataclasses import replace

import pytest

from stack import paths
from stack.configuration import settings
from stack.configuration.requested import Requested
from stack.failure import Failure
from stack.releases import releasing
from stack.servers.programs import programs


@pytest.fixture
def datasets(tmp_path, monkeypatch):
    """A folder of datasets and an empty state."""
    monkeypatch.setattr(paths, "DATASETS", tmp_path / "datasets")
    monkeypatch.setattr(paths, "STATE", tmp_path / "state")
    paths.DATASETS.mkdir()

    def add(*names: str) -> None:
        for name in names:
            (paths.DATASETS / f"{name}.yaml").write_text(f"name: {name}\n")

    return add


def test_gives_each_dataset_an_endpoint_for_real_and_one_for_synthetic_rows(datasets):
    datasets("santander", "insurance")

    assert settings.resolve(Requested()).endpoints == {
        "insurance": 8081,
        "insurance-synthetic": 8181,
        "santander": 8082,
        "santander-synthetic": 8182,
    }


def test_an_endpoint_keeps_its_port_when_a_dataset_comes_before_it(datasets):
    datasets("insurance")
    settings.resolve(Requested()).save()
    datasets("customers")

    endpoints = settings.resolve(Requested()).endpoints

    assert (endpoints["insurance"], endpoints["customers"]) == (8081, 8082)


def test_keeps_ports_and_keys_from_the_first_start_on(datasets):
    first = settings.resolve(Requested(ports={"AIRFLOW_PORT": 18080}))
    first.save()

    assert settings.resolve(Requested()) == first
    assert first.airflow_url == "http://127.0.0.1:18080"


def test_endpoints_begin_at_the_wanted_port(datasets):
    datasets("insurance")

    assert settings.resolve(Requested(ports={"ENDPOINT_PORT": 30000})).endpoints == {
        "insurance": 30000,
        "insurance-synthetic": 30100,
    }


def test_a_second_server_of_each_endpoint_is_the_backup_of_the_first(datasets):
    datasets("insurance")
    settings.resolve(Requested(backup=True)).save()

    commands = {program.name: program.command for program in programs(settings.resolve(Requested()))}

    assert "--backup=http://127.0.0.1:8281" in commands["endpoint-insurance"]
    assert "--port=8281" in commands["endpoint-insurance-backup"]
    assert "--allow-origin=http://127.0.0.1:8081,http://localhost:8081" in commands["endpoint-insurance-backup"]
    assert set(settings.resolve(Requested(backup=False)).servers) == {"insurance", "insurance-synthetic"}


def test_settings_of_an_earlier_version_keep_the_port_of_synthetic_rows(datasets):
    datasets("insurance")
    kept = settings.resolve(Requested())
    replace(kept, endpoints={"insurance": 8081, "insurance-sample": 8181}).save()

    assert settings.resolve(Requested()).endpoints == {"insurance": 8081, "insurance-synthetic": 8181}


def test_a_ledger_is_found_by_the_name_that_earlier_versions_gave_it(datasets):
    datasets("insurance")
    paths.write_private(paths.STATE / "last-dataset", "insurance-sample")

    assert releasing.released_name(settings.resolve(Requested()), None) == "insurance-synthetic"
    assert releasing.released_name(settings.resolve(Requested()), "insurance-sample") == "insurance-synthetic"


def test_nobody_else_reads_the_keys(datasets):
    settings.resolve(Requested()).save()

    assert stat.S_IMODE((paths.STATE / "settings.json").stat().st_mode) == 0o600


@pytest.mark.parametrize(
    ("wanted", "name", "value", "running"),
    [
        (Requested("docker"), "RUNNER", "docker", "process"),
        (Requested(ports={"MLFLOW_PORT": 5001}), "MLFLOW_PORT", 5001, 5000),
        (Requested(ports={"ENDPOINT_PORT": 8082}), "ENDPOINT_PORT", 8082, 8081),
    ],
)
def test_a_value_that_needs_a_restart_is_rejected_with_the_running_one_and_the_command(
    datasets, wanted, name, value, running
):
    datasets("insurance", "santander")

    with pytest.raises(Failure) as failure:
        wanted.check_against(settings.resolve(Requested()).requestable)

    line = (
        f"{name}={value}: the running stack has {name}={running}; to change it: make stop && make start {name}={value}"
    )
    assert (str(failure.value), failure.value.code) == (line, 2)


def test_the_running_values_are_accepted(datasets):
    datasets("insurance")
    running = settings.resolve(Requested()).requestable
    ports = {name: port for name, port in running.items() if name != "RUNNER"}

    Requested(running["RUNNER"], ports).check_against(running)


def test_endpoints_move_to_the_wanted_port_though_one_of_them_has_it_now(datasets):
    datasets("insurance", "santander")
    settings.resolve(Requested()).save()

    assert settings.resolve(Requested(ports={"ENDPOINT_PORT": 8082})).endpoints["insurance"] == 8082


def test_the_ports_of_monitoring_can_change_until_it_runs(datasets):
    datasets("insurance")
    wanted = Requested(ports={"PROMETHEUS_PORT": 19090}, monitoring=True)
    off = settings.resolve(Requested())
    wanted.check_against(off.requestable)

    on = settings.with_endpoints(off, wanted)

    assert on.monitoring_urls["prometheus"] == "http://127.0.0.1:19090"
    assert on.monitoring_urls["alertmanager"] == "http://127.0.0.1:9093"
    with pytest.raises(Failure, match=r"^PROMETHEUS_PORT=9090: the running stack has PROMETHEUS_PORT=19090; "):
        Requested(ports={"PROMETHEUS_PORT": 9090}).check_against(on.requestable)


def test_settings_of_an_earlier_version_get_the_ports_of_monitoring(datasets):
    datasets("insurance")
    kept = settings.resolve(Requested(ports={"S3_PORT": 19000}))
    replace(kept, ports={name: kept.ports[name] for name in ("AIRFLOW_PORT", "MLFLOW_PORT", "S3_PORT")}).save()

    assert settings.load() == kept
    assert settings.resolve(Requested(monitoring=True)).used_ports["BLACKBOX_PORT"] == 9115
