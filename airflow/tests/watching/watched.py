"""A real endpoint that a real Prometheus, Alertmanager and blackbox exporter watch, in a time that runs faster."""

from __future__ import annotations

import contextlib
import json
import os
import re
import signal
import subprocess
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import first_release
import requests
import yaml
from faster import faster
from machine import free_ports, soon
from webhook import Webhook, webhook

from stack import paths
from stack.configuration.settings import Settings
from stack.servers import s3proxy, watching

NAME = "insurance-synthetic"
STORE = "s3://watched/store"
KEY = "0123456789abcdef-watched"
LAUNCHER = paths.PROJECT / "airflow" / "image" / "propensity"


@dataclass(frozen=True)
class Watched:
    """The endpoint and those that watch it."""

    folder: Path
    settings: Settings
    server: subprocess.Popen
    watchers: list[subprocess.Popen]
    webhook: Webhook

    @property
    def url(self) -> str:
        return self.settings.endpoint_urls[NAME]

    def get(self, path: str) -> requests.Response:
        """The endpoint's response."""
        return requests.get(self.url + path, headers={"X-API-Key": KEY}, timeout=10)

    def query(self, expression: str) -> list[dict]:
        """What Prometheus evaluates."""
        url = self.settings.monitoring_urls["prometheus"]
        return requests.get(f"{url}/api/v1/query", {"query": expression}, timeout=10).json()["data"]["result"]

    def firing(self) -> set[str]:
        """The names of the alerts that fire."""
        return {each["metric"]["alertname"] for each in self.query('ALERTS{alertstate="firing"}')}

    def suppressed(self) -> set[str]:
        """The names of the alerts that Alertmanager keeps back, because another fires."""
        url = self.settings.monitoring_urls["alertmanager"]
        alerts = requests.get(f"{url}/api/v2/alerts", timeout=10).json()
        return {each["labels"]["alertname"] for each in alerts if each["status"]["state"] == "suppressed"}

    def plant_a_drift(self) -> None:
        """Adds a window with the verdict alarm to the monitoring ledger, as monitor does."""
        ledgers = self.folder / "s3" / STORE.removeprefix("s3://") / NAME
        release = json.loads((ledgers / "releases" / "000001.json").read_text())
        window = time.strftime("%Y-%m-%d", time.gmtime(time.time() - 86400))
        artifact = f"{STORE}/{NAME}/monitor/planted"
        entry = {
            "action": "monitored",
            "columns": ["Age"],
            "model": release["champion"]["digest"],
            "monitoring": artifact,
            "name": NAME,
            "number": 1,
            "profile": artifact,
            "referable": False,
            "schema": 1,
            "verdict": "alarm",
            "version": 1,
            "when": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()),
            "who": "test",
            "why": "alarm",
            "window": window,
        }
        (ledgers / "monitoring").mkdir()
        (ledgers / "monitoring" / "000001.json").write_text(json.dumps(entry, sort_keys=True, separators=(",", ":")))

    def answer_slowly(self, times: int) -> None:
        """Sends requests of many rows, and stops the server for 400 ms while it works at one."""
        header, *rows = self.get("/api/v1/sample.csv").text.splitlines()
        body = "\n".join([header, *rows * (200_000 // sum(len(row) + 1 for row in rows))]) + "\n"
        headers = {"X-API-Key": KEY, "Content-Type": "text/csv"}
        for _ in range(times):
            answered: list[int] = []
            request = threading.Thread(
                target=lambda found=answered: found.append(
                    requests.post(f"{self.url}/invocations", body, headers=headers, timeout=30).status_code
                )
            )
            request.start()
            time.sleep(0.006)
            os.kill(self.server.pid, signal.SIGSTOP)
            time.sleep(0.4)
            os.kill(self.server.pid, signal.SIGCONT)
            request.join()
            assert answered == [200]


@contextlib.contextmanager
def watched(folder: Path) -> Iterator[Watched]:
    """Trains a model, and starts all programs."""
    with contextlib.ExitStack() as programs, webhook() as receiver:
        names = ("S3_PORT", "PROMETHEUS_PORT", "ALERTMANAGER_PORT", "BLACKBOX_PORT", "ENDPOINT_PORT")
        ports = dict(zip(names, free_ports(len(names)), strict=True))
        settings = Settings(ports, {NAME: ports.pop("ENDPOINT_PORT")}, monitoring=True)
        environment = _s3(folder, settings, programs)
        _release(folder, environment)
        serve = [LAUNCHER, "serve", f"--name={NAME}", f"--port={settings.endpoints[NAME]}", f"--spool={folder}/spool"]
        capture = ["--capture", '{"identifier": "none"}']
        server = _start(programs, folder, "serve", [*serve, *capture], environment | {"PROPENSITY_API_KEYS": KEY})
        one = Watched(folder, settings, server, [], receiver)
        soon(lambda: _is_up(f"{one.url}/ping"), 120, lambda: (folder / "serve.log").read_text())
        _write_configuration(folder, settings, receiver)
        for name, command in _commands(folder, settings).items():
            one.watchers.append(_start(programs, folder, name, command, dict(os.environ)))
        for url in settings.monitoring_urls.values():
            soon(lambda url=url: _is_up(f"{url}/-/ready"), 60, lambda url=url: f"{url} does not respond")
        yield one


def _is_up(url: str) -> bool:
    try:
        # The blackbox exporter is healthy, and says nothing of being ready.
        return requests.get(url, timeout=5).status_code in (200, 404)
    except requests.ConnectionError:
        return False


def _start(
    programs: contextlib.ExitStack, folder: Path, name: str, command: list, environment: dict[str, str]
) -> subprocess.Popen:
    log = programs.enter_context((folder / f"{name}.log").open("w"))
    process = subprocess.Popen(command, env=environment, stdout=log, stderr=log, cwd=folder)
    programs.callback(_end, process)
    return process


def _end(process: subprocess.Popen) -> None:
    process.send_signal(signal.SIGCONT)
    process.terminate()
    try:
        process.wait(20)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def _s3(folder: Path, settings: Settings, programs: contextlib.ExitStack) -> dict[str, str]:
    (folder / "s3" / "watched").mkdir(parents=True)
    properties = folder / "s3.properties"
    properties.write_text(s3proxy.properties(settings.s3_url, folder / "s3", "key", "secret"))
    _start(programs, folder, "s3", list(s3proxy.command(properties)), dict(os.environ))
    soon(lambda: _responds(settings.s3_url), 60)
    return os.environ | {
        "AWS_ENDPOINT_URL_S3": settings.s3_url,
        "AWS_REGION": "us-east-1",
        "AWS_ACCESS_KEY_ID": "key",
        "AWS_SECRET_ACCESS_KEY": "secret",
        "PROPENSITY_STORE": STORE,
        "PROPENSITY_JARS": str(paths.BUILT_JARS),
    }


def _responds(url: str) -> bool:
    try:
        requests.get(url, timeout=5)
    except requests.ConnectionError:
        return False
    return True


def _release(folder: Path, environment: dict[str, str]) -> None:
    """Trains a model of synthetic rows, and writes the first entry of its ledger where the S3 server keeps it."""
    dataset = f"--dataset={paths.PROJECT / 'datasets' / 'insurance.yaml'}"

    def task(name: str, *words: str) -> str:
        command = [LAUNCHER, name, dataset, *words]
        log = folder / f"{name}.log"
        with log.open("w") as out:
            done = subprocess.run(command, env=environment, stdout=subprocess.PIPE, stderr=out, text=True, check=False)
        assert done.returncode == 0, log.read_text()
        return done.stdout.strip()

    raw = task("download", "--source=synthetic:3000")
    features = task("preprocess", f"--raw={raw}")
    model = task("train", f"--features={features}", "--learner=logistic")
    first_release.write(folder / "s3", STORE, NAME, model)


def _write_configuration(folder: Path, settings: Settings, receiver: Webhook) -> None:
    """The stack's configuration and the project's rules, with other times, the key and the webhook's port."""
    (folder / "rules").mkdir()
    for file in watching.FOLDER.glob("rules/*.yml"):
        (folder / "rules" / file.name).write_text(yaml.safe_dump(faster(yaml.safe_load(file.read_text()))))
    (folder / "api-key").write_text(KEY)
    for file, content in watching.files(settings).items():
        document = faster(json.loads(content))
        if file.name == "prometheus.yml":
            document["rule_files"] = [f"{folder}/rules/*.yml"]
            for job in document["scrape_configs"]:
                job["file_sd_configs"] = [{"files": [f"{folder}/endpoints.json"]}]
            document["scrape_configs"][0]["authorization"] = {"credentials_file": f"{folder}/api-key"}
        (folder / file.name).write_text(json.dumps(document))
    alertmanager = (watching.FOLDER / "alertmanager.yml").read_text()
    own = alertmanager.replace("127.0.0.1:9095", f"127.0.0.1:{receiver.port}")
    assert own != alertmanager
    (folder / "alertmanager.yml").write_text(yaml.safe_dump(faster(yaml.safe_load(own))))


def _commands(folder: Path, settings: Settings) -> dict[str, list[str]]:
    """The stack's commands with this configuration."""
    replaced = {
        "--config.file=.*/(prometheus|alertmanager).yml": rf"--config.file={folder}/\1.yml",
        "--storage(.tsdb)?.path=.*/": rf"--storage\1.path={folder}/data-",
    }
    found = {}
    for name, command in watching.commands(settings).items():
        words = list(command)
        for pattern, own in replaced.items():
            words = [re.sub(f"^{pattern}", own, word) for word in words]
        found[name] = words
    # What a probe leaves of the time of a scrape, which is shorter here.
    found["blackbox"].append("--timeout-offset=0.1")
    return found
