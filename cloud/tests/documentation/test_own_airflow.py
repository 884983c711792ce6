from __future__ import annotations

import json
import os
import re
import subprocess

import pytest
import workflow
import yaml

DEPLOY = workflow.PROJECT / "airflow" / "deploy"
COMPOSE = yaml.safe_load((DEPLOY / "compose.yaml").read_text())
VALUES = yaml.safe_load((DEPLOY / "values.yaml").read_text())
LOCKED = (workflow.PROJECT / "airflow" / "requirements" / "airflow.in").read_text().splitlines()


def dags() -> str:
    """All of the DAGs' code, and of the package that they use."""
    folders = (workflow.PROJECT / "dags", workflow.PROJECT / "provider" / "propensity")
    return "\n".join(file.read_text() for folder in folders for file in folder.rglob("*.py"))


@pytest.mark.parametrize(
    "line", [line for line in (DEPLOY / "requirements.txt").read_text().splitlines() if "==" in line]
)
def test_providers_are_those_that_the_tests_run_with(line):
    assert line in LOCKED


def test_airflow_is_the_one_that_the_tests_run_with():
    version = next(line for line in LOCKED if line.startswith("apache-airflow==")).partition("==")[2]
    assert f"ARG AIRFLOW_IMAGE=apache/airflow:{version}\n" in (DEPLOY / "Dockerfile").read_text()
    assert VALUES["airflowVersion"] == version


def test_the_build_context_has_all_that_the_image_copies():
    copied = re.findall(r"^COPY (\S+) ", (DEPLOY / "Dockerfile").read_text(), re.MULTILINE)
    context = (workflow.PROJECT / ".dockerignore").read_text().splitlines()
    assert "provider" in copied
    assert [path for path in copied if f"!{path}" not in context] == []


def test_a_triggerer_runs_with_the_rights_of_the_scheduler():
    services = COMPOSE["services"]
    assert services["triggerer"] == services["scheduler"] | {"command": ["triggerer"]}
    assert VALUES["triggerer"]["serviceAccount"] == {"create": False, "name": "airflow-scheduler"}


def test_no_port_is_reached_from_other_machines():
    ports = [port for service in COMPOSE["services"].values() for port in service.get("ports", [])]
    assert ports
    assert all(port.startswith("127.0.0.1:") for port in ports)


def test_the_engines_socket_is_the_proxys_alone():
    having = [name for name, service in COMPOSE["services"].items() if "docker.sock" in json.dumps(service)]
    assert having == ["socket-proxy"]


def test_no_secret_has_a_default():
    text = (DEPLOY / "compose.yaml").read_text()
    for name in ("JWT_SECRET", "SECRET_KEY", "FERNET_KEY", "POSTGRES_PASSWORD"):
        assert set(re.findall(rf"\${{{name}(..)", text)) == {":?"}
    assert VALUES["createUserJob"]["enabled"] is False
    assert {"apiSecretKeySecretName", "fernetKeySecretName", "jwtSecretName"} <= set(VALUES)
    assert not {"apiSecretKey", "fernetKey", "jwtSecret"} & set(VALUES)


def test_the_password_is_drawn_once_and_printed_nowhere(tmp_path):
    tmp_path.joinpath("airflow").write_text('#!/bin/sh\necho "airflow $*"\n')
    tmp_path.joinpath("airflow").chmod(0o755)
    *shell, script = COMPOSE["services"]["prepare"]["command"]
    script = script.replace("/opt/airflow/state", str(tmp_path)).replace("${CORES:-2}", "2")
    file, environment = tmp_path / "passwords.json", {"PATH": f"{tmp_path}:{os.environ['PATH']}"}
    file_in_airflow = COMPOSE["x-airflow"]["environment"]["AIRFLOW__CORE__SIMPLE_AUTH_MANAGER_PASSWORDS_FILE"]

    printed = subprocess.run([*shell, script], env=environment, check=True, capture_output=True, text=True)
    drawn = file.read_text()
    subprocess.run([*shell, script], env=environment, check=True, capture_output=True)

    assert file_in_airflow == "/opt/airflow/state/passwords.json"
    assert printed.stdout.splitlines() == ["airflow db migrate", "airflow pools set propensity 2 cores"]
    assert printed.stderr == ""
    assert re.fullmatch(r"[\w-]{20,}", json.loads(drawn)["admin"])
    assert file.read_text() == drawn
    assert file.stat().st_mode & 0o777 == 0o600


def test_every_setting_is_one_that_the_dags_read():
    given = {each["name"]: each["value"] for each in VALUES["env"]}
    code = dags()
    for name in {*given, *COMPOSE["x-airflow"]["environment"]}:
        if name.startswith("PROPENSITY_"):
            read = re.sub("(?<=PROPENSITY_RUNNER_).+", "{jar.upper()}", name)
            assert f'"{read}"' in code, name


def test_the_settings_of_kubernetes_are_one_document():
    settings = json.loads(next(each["value"] for each in VALUES["env"] if each["name"] == "PROPENSITY_KUBERNETES"))
    assert set(settings) == {"namespace", "service_account", "memory", "image", "results"}


def test_mwaa_installs_the_wheel_of_this_version():
    wanted = (DEPLOY / "mwaa" / "requirements.txt").read_text().splitlines()
    version = re.search("<version>(.+?)</version>", (workflow.PROJECT / "pom.xml").read_text()).group(1)
    assert f"airflow-provider-propensity=={version}" in wanted
