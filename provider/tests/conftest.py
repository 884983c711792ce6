"""An Airflow of the tests' own: its folder, its database, the fake launcher and its image."""

from __future__ import annotations

import contextlib
import functools
import hashlib
import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from importlib.metadata import version
from pathlib import Path

import pytest

TESTS = Path(__file__).parent
PROVIDER = TESTS.parent
REPOSITORY = PROVIDER.parent
DAGS = REPOSITORY / "dags"
# Another checkout's tests may run at the same time.
FAKE_IMAGE = f"propensity-fake-{hashlib.sha256(str(REPOSITORY).encode()).hexdigest()[:8]}"
REMOTE = [pytest.param(runner, marks=pytest.mark.aws) for runner in ("ecs", "kubernetes", "sagemaker")]
DEFERRED = [
    pytest.param(runner, marks=pytest.mark.aws)
    for runner in ("ecs-deferred", "kubernetes-deferred", "sagemaker-deferred")
]
"""The same runners where a trigger waits for the job."""
BOTH_MODES = pytest.mark.parametrize("remote", [*REMOTE, *DEFERRED], indirect=True)

home = tempfile.TemporaryDirectory(prefix="propensity-airflow-")
bundle = "airflow.dag_processing.bundles.local.LocalDagBundle"
os.environ |= {
    "AIRFLOW_HOME": home.name,
    "AIRFLOW__CORE__DAGS_FOLDER": str(DAGS),
    "AIRFLOW__CORE__LOAD_EXAMPLES": "False",
    "AIRFLOW__CORE__UNIT_TEST_MODE": "False",
    "AIRFLOW__USAGE_DATA_COLLECTION__ENABLED": "False",
    "AIRFLOW__DAG_PROCESSOR__DAG_BUNDLE_CONFIG_LIST": json.dumps(
        [
            {"name": "dags", "classpath": bundle, "kwargs": {"path": str(DAGS)}},
            {"name": "behaviors", "classpath": bundle, "kwargs": {"path": str(TESTS / "behaviors")}},
        ]
    ),
    "PROPENSITY_DEFERRABLE": "false",
    "PROPENSITY_IMAGE": FAKE_IMAGE,
    "PROPENSITY_LAUNCHER": str(TESTS / "fake" / "propensity"),
    "PROPENSITY_POOL": "default_pool",
    "PROPENSITY_STORE": "s3://test/artifacts",
    "PYTHONPATH": str(PROVIDER),
}
sys.path.insert(0, str(PROVIDER))
# The stack's code and what its tests know of the machine; the name conftest stays this file's.
sys.path += [
    str(TESTS / "runners"),
    str(TESTS / "triggers"),
    str(REPOSITORY / "airflow"),
    str(REPOSITORY / "airflow" / "tests"),
]


@pytest.fixture(autouse=True)
def all_dags(monkeypatch):
    """Has DAG files make all DAGs: a DAG's test() in Airflow 3.2 leaves in the environment that only its own counts."""
    for name in ("_AIRFLOW_PARSING_CONTEXT_DAG_ID", "_AIRFLOW_PARSING_CONTEXT_TASK_ID"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture(scope="session")
def database():
    """Airflow's database, in the tests' own folder."""
    airflow = Path(sys.executable).with_name("airflow")
    commands = [["db", "migrate"]]
    if version("apache-airflow") < "3.3":
        # A DAG's test() does not activate its assets yet, and its tasks fail if they are not.
        commands.append(["dags", "reserialize"])
    for words in commands:
        subprocess.run([airflow, *words], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


@pytest.fixture(scope="session")
def engine():
    """A Docker Engine with the fake image. Without one the test is skipped, but not in CI."""
    import machine

    client = machine.engine()
    if client is None:
        pytest.skip("no Docker Engine responds")
    client.images.build(path=str(TESTS / "fake"), tag=FAKE_IMAGE, buildargs={"BASE_IMAGE": base_image(client)})
    return client


@pytest.fixture(scope="session")
def account(engine):
    """The address of a simulated AWS account that runs the fake image."""
    import simulated

    with simulated.account(FAKE_IMAGE, recorded=True) as url:
        simulated.create_resources(url)
        yield url


@pytest.fixture(scope="session")
def cluster(engine, account, tmp_path_factory):
    """A simulated cluster, which runs the fake image, too."""
    import simulated

    made = simulated.cluster(engine, account, tmp_path_factory.mktemp("cluster"))
    yield made
    made.stop()


@pytest.fixture(scope="session")
def remote_environment(account, cluster):
    """The workers' environment for the simulated account and cluster."""
    import simulated

    return simulated.environment(account, FAKE_IMAGE, cluster.kubeconfig)


def base_image(client) -> str:
    """The base of the fake image, built from Debian's packages where there is none."""
    name = os.environ.get("PROPENSITY_BASE_IMAGE", "propensity-base")
    if not client.images.list(name):
        subprocess.run([REPOSITORY / "airflow" / "image" / "base", name], check=True)
    return name


@pytest.fixture(scope="session")
def bag(database):
    """All DAGs, the project's and the tests'."""
    from airflow_versions import DagBag, dagbag

    dags = {}
    for folder in (DAGS, TESTS / "behaviors"):
        found = DagBag(str(folder))
        assert not found.import_errors
        dags |= found.dags
    with pytest.MonkeyPatch.context() as patch:
        # A DAG's test() reads all files of its bundle anew and writes them to the database: two seconds each time.
        for name in {"BundleDagBag", "sync_bag_to_db"} & set(vars(dagbag)):
            patch.setattr(dagbag, name, once_a_folder(getattr(dagbag, name)))
        yield dags


def once_a_folder(function):
    """The function, called once for the same arguments and folder of datasets."""
    cached = functools.cache(lambda folder, *arguments, **named: function(*arguments, **named))
    return lambda *arguments, **named: cached(os.environ.get("PROPENSITY_DATASETS"), *arguments, **named)


@pytest.fixture
def canned(bag, tmp_path, monkeypatch):
    """A dataset whose tasks have the results that the test chooses."""
    from canned import Canned

    return Canned(tmp_path, monkeypatch)


EDIT = "# edited\n"


def edited(dag):
    """The DAG as the tasks after the first one read it in their processes, had its dataset's file been edited."""
    for task in (task for task in dag.tasks if task not in dag.roots):
        settings = task.partial_kwargs if task.is_mapped else vars(task)
        if settings.get("dataset"):
            settings["dataset"] += EDIT
    return dag


@pytest.fixture(params=["docker", "process", *REMOTE, *DEFERRED])
def runner(request):
    """A runner, with the environment that it needs."""
    return configured(request, request.param)


@pytest.fixture(params=REMOTE)
def remote(request):
    """A runner whose jars run on another machine."""
    return configured(request, request.param)


def configured(request, runner):
    if runner != "process":
        request.getfixturevalue("engine")
    if runner not in ("docker", "process"):
        monkeypatch = request.getfixturevalue("monkeypatch")
        for name, value in request.getfixturevalue("remote_environment").items():
            monkeypatch.setenv(name, value)
    return runner


@pytest.fixture
def run(bag, capfd):
    """Runs a behavior with a runner; gives its only task instance and all that was printed and logged."""

    def run_behavior(behavior, runner):
        instance = bag[f"{behavior}_{runner}"].test().get_task_instances()[0]
        return instance, "".join(capfd.readouterr())

    return run_behavior


@pytest.fixture
def left(request):
    """Finds what a behavior has left running, in containers and as processes."""

    def find(behavior):
        if not {"engine", "remote_environment"} & set(request.fixturenames):
            return processes(behavior)
        return processes(behavior) | containers(request.getfixturevalue("engine"), behavior)

    return find


def processes(behavior):
    """The identifiers of a behavior's processes."""
    found = subprocess.run(["pgrep", "-f", f"{TESTS}/fake/propensity {behavior}"], capture_output=True, check=False)
    return set(found.stdout.split())


def containers(engine, behavior):
    """The identifiers of a behavior's containers that run."""
    found = engine.api.containers(filters={"ancestor": FAKE_IMAGE})
    return {container["Id"] for container in found if f"propensity {behavior}" in container["Command"]}


@pytest.fixture
def finish(engine):
    """Ends the slow jars, until a condition holds; by default, until none runs."""
    from docker.errors import APIError

    def finish_all(condition=lambda: not containers(engine, "slow")):
        def signalled():
            for container in containers(engine, "slow"):
                with contextlib.suppress(APIError):  # it has just ended
                    engine.api.kill(container, "SIGUSR1")
            return condition()

        soon(signalled)

    return finish_all


@pytest.fixture
def task(remote, database):
    """Starts processes of a task, and ends them with the test."""
    started = []

    def start(behavior, map_index=-1):
        script = TESTS / "runners" / "run_behavior.py"
        command = [sys.executable, script, remote, str(map_index), behavior]
        started.append(subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True))
        return started[-1]

    yield start
    for process in started:
        process.send_signal(signal.SIGTERM)
    for process in started:
        try:
            process.communicate(timeout=60)
        except subprocess.TimeoutExpired:
            process.kill()
            process.communicate()


def read_until(process, *texts):
    """Reads the output of a task's process up to a line with one of the texts."""
    assert any(text in line for line in process.stdout for text in texts), "it ended before"


def result(process):
    """The result of a task's process, when it has ended."""
    return json.loads(process.communicate(timeout=120)[0].splitlines()[-1])


def soon(condition, seconds=180):
    """Waits until the condition holds, and gives its value."""
    end = time.monotonic() + seconds
    while not (value := condition()):
        assert time.monotonic() < end, "it never came true"
        time.sleep(0.2)
    return value
