"""The Docker runner: its image, the engine that it connects to, and a kill at the worst moment."""

from __future__ import annotations

import pytest
from conftest import soon
from contexts import context
from docker import APIClient, TLSConfig

from propensity.jar_task import jar_task
from propensity.runners import docker_runner
from propensity.runners.log_lines import log_lines
from propensity.sdk import AirflowException


def operator(behavior, **airflow):
    return jar_task(behavior, runner="docker", airflow=airflow).operator


def test_a_task_may_have_settings_of_its_own(engine, database, monkeypatch):
    kept = []
    create = APIClient.create_container

    def created(client, *arguments, **named):
        made = create(client, *arguments, **named)
        kept.append(client.inspect_container(made["Id"]))
        return made

    monkeypatch.setattr(APIClient, "create_container", created)
    task = operator("noisy", mem_limit="64m", network_mode="none", host_config={"extra_hosts": {"store": "10.0.0.1"}})
    assert task.execute(context("noisy")) == "s3://test/noisy"
    host = kept[0]["HostConfig"]
    assert (host["Memory"], host["NetworkMode"], host["ExtraHosts"]) == (64 << 20, "none", ["store:10.0.0.1"])


def test_reports_an_image_that_cannot_be_pulled(engine, database):
    with pytest.raises(AirflowException, match=r"the image 127\.0\.0\.1:1/nowhere:1 cannot be pulled: .*refused"):
        operator("noisy", image="127.0.0.1:1/nowhere:1").execute(context("noisy"))


def test_a_task_that_is_killed_while_its_container_is_created_leaves_nothing(engine, database, monkeypatch):
    task = operator("hanging")
    create = APIClient.create_container

    def killed(client, *arguments, **named):
        task.on_kill()
        return create(client, *arguments, **named)

    monkeypatch.setattr(APIClient, "create_container", killed)
    with pytest.raises(AirflowException, match="the task was killed before its container started"):
        task.execute(context("hanging"))
    assert not engine.api.containers(all=True, filters={"label": "propensity.task=hanging"})


def test_a_kill_removes_a_stubborn_container_before_airflow_ends_the_process(engine, database, monkeypatch):
    task = operator("stubborn")
    start, stop = APIClient.start, APIClient.stop
    seconds = []

    def killed(client, container):
        start(client, container)
        soon(lambda: b"waiting for ever" in client.logs(container))
        task.on_kill()

    def stopped(client, container, timeout=10):
        seconds.append(timeout)
        stop(client, container, timeout=0)

    monkeypatch.setattr(APIClient, "start", killed)
    monkeypatch.setattr(APIClient, "stop", stopped)
    with pytest.raises(AirflowException, match="the container was removed while it ran"):
        task.execute(context("stubborn"))
    assert not engine.api.containers(all=True, filters={"label": "propensity.task=stubborn"})
    assert seconds[0] < 5


def test_reports_a_container_that_somebody_removed(engine, database, monkeypatch):
    task = operator("hanging")
    start = APIClient.start

    def removed(client, container):
        start(client, container)
        engine.api.remove_container(container, force=True)

    monkeypatch.setattr(APIClient, "start", removed)
    with pytest.raises(AirflowException, match="the container was removed while it ran"):
        task.execute(context("hanging"))


def test_uses_the_certificates_of_dockers_own_tools(monkeypatch, tmp_path):
    made = []
    for name in ("ca.pem", "cert.pem", "key.pem"):
        (tmp_path / name).touch()
    monkeypatch.setattr(docker_runner.DockerHook, "api_client", property(lambda hook: made.append(vars(hook))))
    monkeypatch.setenv("DOCKER_HOST", "tcp://engine:2376")
    monkeypatch.setenv("DOCKER_CERT_PATH", str(tmp_path))
    docker_runner.connect()
    values = made[0].values()
    assert ["https://engine:2376"] in values
    tls = next(value for value in values if isinstance(value, TLSConfig))
    assert (tls.ca_cert, tls.cert) == (f"{tmp_path}/ca.pem", (f"{tmp_path}/cert.pem", f"{tmp_path}/key.pem"))


def test_a_line_may_arrive_in_pieces():
    assert list(log_lines([b"one\ntw", b"o \r\nth\xc3", b"\xb6ree"])) == ["one", "two", "thöree"]
