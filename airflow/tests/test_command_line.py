"""The command line as a whole: help, exit codes, colors, JSON; and the targets of make that call it."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import click
import pytest
import typer
from own_stack import PROJECT

from command_line import app, first_use, make
from stack import wording
from stack.failure import Failure
from stack.version import version
from stack.wording import as_options

MAKEFILE = (PROJECT / "Makefile").read_text()
RECIPES = re.findall(r"^([a-z0-9_-]+):[^\n]*\n\t\$\(call propensity,(.+)\)$", MAKEFILE, re.MULTILINE)
HELPLESS = {"help"}
ESCAPE = "\x1b["


def commands(command, words: tuple[str, ...] = ()):
    """All commands and groups with their words."""
    yield words, command
    for name, each in getattr(command, "commands", {}).items():
        yield from commands(each, (*words, name))


ROOT = typer.main.get_command(app.app)
ALL = dict(commands(ROOT))


@pytest.fixture
def propensity(tmp_path):
    """Runs the launcher with a state of its own."""

    def run(*words: str, **variables: str) -> subprocess.CompletedProcess:
        environment = os.environ | {
            "PROPENSITY_ENVIRONMENTS": str(Path(sys.prefix).parent),
            "PROPENSITY_STATE": str(tmp_path / "state"),
            **variables,
        }
        return subprocess.run(
            [PROJECT / "propensity", *words],
            cwd=tmp_path,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
            timeout=120,
        )

    return run


def run_make(*words: str, **variables: str) -> subprocess.CompletedProcess:
    # A make that a test runs is a person's, not a part of the make that runs the tests.
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("MAKE", "MFLAGS"))}
    return subprocess.run(
        ["make", "--silent", *words],
        cwd=PROJECT,
        env=environment | variables,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


@pytest.mark.parametrize("width", [60, 200])
def test_every_commands_help_fits_the_width_and_has_no_color_in_a_pipe(width, capsys, monkeypatch):
    monkeypatch.setenv("TERMINAL_WIDTH", str(width))
    from typer import rich_utils

    monkeypatch.setattr(rich_utils, "MAX_WIDTH", width)
    for words, command in ALL.items():
        assert app.run([*words, "--help"]) == 0
        said = capsys.readouterr().out
        assert "Usage: propensity" in said, words
        assert ESCAPE not in said, words
        assert max(len(line) for line in said.splitlines()) <= width, words
        if not hasattr(command, "commands") and not command.hidden:
            assert "Examples" in said, words


@pytest.mark.parametrize(("words", "command"), [(words, each) for words, each in ALL.items() if words])
def test_every_option_is_in_full_words_and_has_help(words, command):
    assert command.help
    for option in command.params:
        names = [name for name in (*option.opts, *option.secondary_opts) if name.startswith("-")]
        assert all(re.fullmatch(r"--[a-z0-9-]+", name) for name in names)
        assert option.help, option.name


def test_every_example_is_a_command_that_exists_with_options_that_it_has():
    for words, command in ALL.items():
        for example in re.findall(r"\./propensity ([^|\n)]*)", command.epilog or ""):
            found = [word for word in example.split() if not word.startswith("-")]
            called = tuple(found[: len(words)] if words else found[:2])
            target = ALL.get(called) or ALL[called[:1]]
            known = {name for option in target.params for name in (*option.opts, *option.secondary_opts)}
            assert set(re.findall(r"(?<=\s)--[a-z0-9-]+", example)) <= known | {"--help"}, (words, example)


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (["run", "--data", "/nope.csv"], 2, "--data /nope.csv: no such file"),
        (["run", "--runner", "foo"], 2, "--runner must be docker or process, not foo"),
        (["stack", "stats"], 2, "Did you mean 'status'"),
        (["run", "--dat", "x"], 2, "No such option: --dat"),
        (["experiment", "--folds", "x"], 2, "--folds x: must be a number from 2 to 20"),
        (
            ["history"],
            2,
            "the stack is not running: ./propensity stack start; for a stage on AWS, add --stage dev|uat|prod",
        ),
        (["cloud", "infra-plan", "--stage", "test"], 2, "--stage test: no such stage; one of dev, uat, prod"),
        (["stack", "logs", "x"], 2, "there are no logs yet: ./propensity stack start"),
    ],
)
def test_a_wrong_word_is_exit_2_and_names_the_right_ones(words, code, said, propensity):
    done = propensity(*words, COLUMNS="200")
    assert done.returncode == code
    assert said in re.sub(r"\s+", " ", done.stderr)
    assert ESCAPE not in done.stderr + done.stdout


def test_a_stopped_stack_is_exit_1_and_json_for_scripts(propensity):
    done = propensity("stack", "status")
    assert (done.returncode, done.stdout) == (1, f"the stack is stopped; version {version()}\n")
    done = propensity("stack", "status", "--json")
    assert done.returncode == 1
    assert json.loads(done.stdout) == {"running": False, "healthy": False, "version": version()}


def test_ctrl_c_is_exit_130(monkeypatch):
    def interrupted():
        raise KeyboardInterrupt

    monkeypatch.setattr("stack.commands.stop", interrupted)
    assert app.run(["stack", "stop"]) == 130


def test_clean_removes_what_was_built_unless_maven_fails(tmp_path, monkeypatch):
    monkeypatch.setattr("stack.paths.PROJECT", tmp_path)
    (tmp_path / "build").mkdir()
    monkeypatch.setenv("MAVEN", "false")
    assert app.run(["dev", "clean"]) == 1
    assert (tmp_path / "build").exists()
    monkeypatch.setenv("MAVEN", "true")
    assert app.run(["dev", "clean"]) == 0
    assert not (tmp_path / "build").exists()


@pytest.mark.parametrize(
    ("words", "program"),
    [(["dev", "clean"], "maven-9"), (["dev", "image-load"], "docker"), (["stack", "logs", "a"], "tail")],
)
def test_a_program_that_is_not_installed_is_one_line_and_exit_2(words, program, tmp_path, monkeypatch):
    (tmp_path / "a.log").touch()
    monkeypatch.setattr("stack.paths.LOGS", tmp_path)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setenv("MAVEN", "maven-9 --offline")
    with pytest.raises(Failure, match=f"^{program} is not installed$") as failure:
        app.run(words)
    assert failure.value.code == 2


@pytest.mark.parametrize("words", [["dev", "notebook"], ["cloud", "rehearsal"]])
def test_programs_of_the_project_get_the_full_path_of_a_file(words, tmp_path, monkeypatch):
    passed = {}

    def run(*_, environment=None) -> int:
        passed.update(environment or {})
        return 0

    for name in ("development", "environments", "jars"):
        monkeypatch.setattr(f"command_line.needs.{name}", lambda *_: None)
    monkeypatch.setattr("command_line.needs.run", run)
    monkeypatch.chdir(tmp_path)
    (tmp_path / "rows.csv").write_text("a\n")
    assert app.run([*words, "--data", "rows.csv"]) == 0
    assert passed["DATA"] == str(tmp_path / "rows.csv")


def test_no_color_is_respected_on_a_terminal(propensity):
    shown = {}
    for name, variables in {"color": {}, "none": {"NO_COLOR": "1"}}.items():
        environment = os.environ | {"PROPENSITY_ENVIRONMENTS": str(Path(sys.prefix).parent), "TERM": "xterm-256color"}
        environment.pop("NO_COLOR", None)
        words = ["script", "--quiet", "--return", "--command", f"{PROJECT}/propensity --help", "/dev/null"]
        done = subprocess.run(words, env=environment | variables, capture_output=True, text=True, check=True)
        shown[name] = set(re.findall(r"\x1b\[([0-9;]*)m", done.stdout))
    colors = re.compile(r"(^|;)(3[0-7]|9[0-7]|38)(;|$)")
    assert any(colors.search(code) for code in shown["color"])
    assert not any(colors.search(code) for code in shown["none"])


def test_completion_offers_commands_and_values(propensity):
    words = {"_PROPENSITY_COMPLETE": "complete_bash", "COMP_WORDS": "propensity run --learner l", "COMP_CWORD": "3"}
    assert propensity(**words).stdout.split() == ["lightgbm", "logistic"]
    words |= {"COMP_WORDS": "propensity stack st", "COMP_CWORD": "2"}
    assert propensity(**words).stdout.split() == ["start", "stop", "status"]


def test_make_alone_begins_with_what_people_need_and_ends_with_other_names():
    blocks = [block.splitlines() for block in run_make().stdout.strip().split("\n\n")]
    assert [line.split()[1] for line in blocks[0][1:]] == ["init", "run", "predict", "invoke", "status", "stop", "test"]
    assert [line.split()[1] for line in blocks[-1][1:]][:2] == ["train", "kfolds"]
    shown = {line.split()[1] for block in blocks for line in block[1:]}
    assert shown == set(re.findall(r"^([a-z0-9_-]+):.*## ", MAKEFILE, re.MULTILINE))


def test_every_target_calls_a_command():
    assert {name for name, _ in RECIPES} | HELPLESS == set(re.findall(r"^([a-z0-9_-]+):.*## ", MAKEFILE, re.MULTILINE))


@pytest.mark.parametrize(("target", "words"), RECIPES)
def test_every_target_is_a_command_that_takes_the_variables_of_its_help(target, words):
    [text] = re.findall(rf"^{target}:.*## (.*)", MAKEFILE, re.MULTILINE)
    names = set(re.findall(r"\b([A-Z][A-Z0-9_]*)=", text)) - {"CI", "MODEL", "LEARNER", "LEARNERS"}
    values = dict.fromkeys(("BACKUP", "CAPTURE", "COMPARE", "MONITORING", "YES", "REGISTRY", "SLOW"), "1")
    options = words.split()
    found = make.options(ROOT, [*words.split(), *(f"{name}={values.get(name, 'x')}" for name in names)])
    assert len([word for word in found if word.startswith("--")]) == len(
        names | {word for word in options if word.startswith("--")}
    )
    assert tuple(word for word in found if not word.startswith("--")) in ALL


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (["run", "DATA=a b.csv", "LEARNER=", "YES=1"], ["run", "--data=a b.csv"]),
        (["run", "BACKUP=0"], ["run", "--no-backup"]),
        (["run", "MODEL=logistic", "LEARNER=xgboost"], ["run", "--learner=logistic"]),
        (["experiment", "LEARNER=logistic"], ["experiment", "--learners=logistic"]),
        (["experiment", "LEARNER=logistic", "LEARNERS=xgboost"], ["experiment", "--learners=xgboost"]),
        (["experiment", "--release=challenger", "RELEASE=auto"], ["experiment", "--release=challenger"]),
        (["dev", "faults", "N=3"], ["dev", "faults", "--containers=3"]),
        (["run", "MAVEN=mvn -o", "AWS_PROFILE=x", "PROPENSITY_STATE=/x"], ["run"]),
        (
            ["run", "MAVEN_OPTS=-Xmx1g", "JAVA_TOOL_OPTIONS=-Xmx1g", "LC_ALL=C", "TZ=UTC", "https_proxy=http://x"],
            ["run"],
        ),
        (["run", "MAKEFLAGS=-s", "AIRFLOW__CORE__PARALLELISM=2", "MLFLOW_HTTP_REQUEST_TIMEOUT=5", "TF_LOG=x"], ["run"]),
        (["rollback", "WHY=it's $HOME; --yes"], ["rollback", "--why=it's $HOME; --yes"]),
    ],
)
def test_variables_of_make_become_options(words, expected):
    assert make.options(ROOT, words) == expected


def test_an_unknown_variable_is_rejected_with_the_nearest():
    done = run_make("run", "DATTA=x", "PROPENSITY_ENVIRONMENTS=" + str(Path(sys.prefix).parent))
    assert done.returncode == 2
    assert done.stderr.startswith("DATTA=x: unknown variable; did you mean DATA?\n")
    for name, near in {
        "data": "DATA",
        "Seeds": "SEED",
        "MLFLOW_PROT": "MLFLOW_PORT",
        "AIRFLOW_PROT": "AIRFLOW_PORT",
    }.items():
        with pytest.raises(Failure, match=f"^{name}=x: unknown variable; did you mean {near}\\?$"):
            make.options(ROOT, ["run", f"{name}=x"])


@pytest.mark.parametrize(
    ("words", "name"),
    [
        (["run"], "BACKUP"),
        (["stack", "purge"], "YES"),
        (["cloud", "delete-resources"], "REGISTRY"),
        (["dev", "test"], "SLOW"),
        (["init"], "COMPARE"),
    ],
)
def test_a_flag_is_1_or_0(words, name):
    option = "--" + name.lower()
    assert make.options(ROOT, [*words, f"{name}=1"]) == [*words, option]
    assert make.options(ROOT, [*words, f"{name}=0"]) == [*words, *(["--no-backup"] if name == "BACKUP" else [])]
    assert make.options(ROOT, [*words, f"{name}="]) == words
    for value in ("yes", "no", "true", "2"):
        with pytest.raises(Failure, match=f"^{name} must be 1 or 0, not {value}$"):
            make.options(ROOT, [*words, f"{name}={value}"])
        with pytest.raises(Failure, match=f"^{name} must be 1 or 0, not {value}$"):
            first_use.check(" ".join(words), {name: value})


@pytest.mark.parametrize(("value", "code", "kept"), [("0", 0, True), ("no", 2, True), ("1", 0, False)])
def test_purge_deletes_without_a_prompt_with_yes_1_alone(value, code, kept, tmp_path):
    state = tmp_path / "state"
    state.mkdir()
    variables = {"PROPENSITY_ENVIRONMENTS": str(tmp_path / "environments"), "PROPENSITY_STATE": str(state)}
    done = run_make("purge", f"YES={value}", **variables)
    assert done.returncode == code, done.stderr
    assert state.exists() == kept


def test_make_passes_values_as_they_are_typed_and_runs_none_of_them(tmp_path):
    environments = {"PROPENSITY_ENVIRONMENTS": str(Path(sys.prefix).parent)}
    for value in ("it's $(shell touch evil)", "'; touch evil; '", "$(touch evil)", "`touch evil`", "two\nlines"):
        done = run_make("run", **environments, PARAMETERS=value)
        assert done.stderr.startswith(f"PARAMETERS={value}: must be JSON".replace("\n", " "))
    assert not (PROJECT / "evil").exists()


@pytest.mark.parametrize("target", ["train", "predict"])
def test_a_file_that_is_not_there_is_rejected_before_anything_is_installed_or_built(target, tmp_path):
    new = {"PROPENSITY_ENVIRONMENTS": str(tmp_path / "environments"), "PROPENSITY_STATE": str(tmp_path / "state")}
    done = run_make(target, "DATA=/nope.csv", "MAVEN=true", **new)
    assert done.returncode != 0
    assert done.stderr.startswith("DATA=/nope.csv: no such file\n")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("target", ["promote", "rollback", "history"])
def test_shows_both_ways_where_neither_a_stage_is_named_nor_a_stack_exists(target, tmp_path):
    done = run_make(target, PROPENSITY_ENVIRONMENTS=str(tmp_path))
    assert done.returncode == 2
    said = "the stack was never started: make start; for a stage on AWS, add STAGE=dev|uat|prod"
    assert done.stderr.splitlines()[0] == said
    installed = {"PROPENSITY_ENVIRONMENTS": str(Path(sys.prefix).parent), "PROPENSITY_STATE": str(tmp_path)}
    said = "the stack is not running: make start; for a stage on AWS, add STAGE=dev|uat|prod"
    assert run_make(target, **installed, VERSION="1").stderr.splitlines()[0] == said
    assert run_make("verify", PROPENSITY_ENVIRONMENTS=str(tmp_path)).stderr.startswith(
        "the stack was never started: make start\n"
    )


@pytest.mark.parametrize("python", ["/bin/false", "/nope/python3"])
def test_shows_how_to_install_python_where_it_is_old_or_missing(python, tmp_path, propensity):
    new = {"PROPENSITY_ENVIRONMENTS": str(tmp_path / "environments"), "PYTHON": python}
    for done in (propensity("run", **new), run_make("run", **new)):
        assert done.returncode == 2
        assert "missing: Python 3.11 or newer as python3" in done.stderr
        assert "-P" not in done.stderr
    assert not (tmp_path / "environments").exists()


@pytest.mark.parametrize(
    ("arguments", "command", "values"),
    [
        (["--make", "run", "DATA=a", "LEARNER=b"], "run", {"DATA": "a", "LEARNER": "b"}),
        (
            ["stack", "start", "--airflow-port", "1", "--backup"],
            "stack start",
            {"AIRFLOW_PORT": "1", "BACKUP": "1"},
        ),
        (["run", "--help"], "run", {"HELP": "1"}),
        (["predict", "--data=a=b", "--last-experiment"], "predict", {"DATA": "a=b", "LAST_EXPERIMENT": "1"}),
    ],
)
def test_a_first_use_reads_commands_and_values_without_any_package(arguments, command, values):
    assert first_use.parse(arguments) == (command, values)


def test_first_use_knows_only_commands_that_exist():
    for name in first_use.OF_RUNNING_STACK | first_use.ALSO_ON_AWS | first_use.OF_RELEASED:
        assert tuple(name.split()) in ALL


def test_first_use_accepts_ledgers_of_synthetic_rows_where_the_command_does():
    for words, command in ALL.items():
        context = click.Context(command)
        values = [
            item.value
            for option in command.params
            if "--dataset" in option.opts
            for item in option.shell_complete(context, "insurance-")
        ]
        name = " ".join(words)
        assert (name in first_use.OF_RELEASED) == ("insurance-synthetic" in values), name
        if values:
            first_use.check(name, {"DATASET": "insurance-synthetic"})
    with pytest.raises(Failure, match=r"^DATASET=insurance-synthetic: "):
        first_use.check("run", {"DATASET": "insurance-synthetic"})


@pytest.mark.parametrize(
    ("of_make", "of_options"),
    [
        ("DATA=/nope.csv: no such file", "--data /nope.csv: no such file"),
        ("LEARNER= is missing: make defaults DATASET=…", "--learner is missing: ./propensity defaults --dataset …"),
        (
            "make stop && make start RUNNER=docker",
            "./propensity stack stop && ./propensity stack start --runner docker",
        ),
        (
            "without the prompt: make create_dev_setup STAGE=dev YES=1",
            "without the prompt: ./propensity cloud create-dev-setup --stage dev --yes",
        ),
        ("S3_PORT must be a port", "--s3-port must be a port"),
        ("AWS_PROFILE=x is not in ~/.aws/config", "AWS_PROFILE=x is not in ~/.aws/config"),
        (
            "make verify URI=x, as make predictcv",
            "./propensity verify --uri x, as ./propensity predict --last-experiment",
        ),
        ("make start S3_PORT=1 MLFLOW_PORT=…", "./propensity stack start --s3-port 1 --mlflow-port …"),
        ("MLFLOW_PORT must be a port", "--mlflow-port must be a port"),
        ("N=x: must be a number", "--containers x: must be a number"),
        ("https://h/x?STAGE=a&DATA=b: no such file", "https://h/x?STAGE=a&DATA=b: no such file"),
        ("DATA=/data/STAGE=dev/DATE=2026/x.csv: no", "--data /data/STAGE=dev/DATE=2026/x.csv: no"),
        ("TOKEN=a MLFLOW_TRACKING_URI=b AWS_REGION=c", "TOKEN=a MLFLOW_TRACKING_URI=b AWS_REGION=c"),
        ("a make of others", "a make of others"),
    ],
)
def test_messages_name_options_where_options_were_typed(of_make, of_options):
    assert as_options(of_make) == of_options


def test_the_users_own_values_stay_as_they_are():
    value = "b DATA=c make run YES=1"
    text = f"PARAMETERS={value}: must be JSON; make run DATA=…"
    expected = f"--parameters {value}: must be JSON; ./propensity run --data …"
    for arguments in (["run", "--parameters", value], ["run", f"--parameters={value}"]):
        assert as_options(text, wording.values(arguments)) == expected


def test_messages_know_each_target_and_variable():
    assert dict(RECIPES) == wording.TARGETS
    [names] = re.findall(r"^variables := ((?:.*\\\n)*.*)", MAKEFILE, re.MULTILINE)
    # NAME is read from the command line alone, since some systems set it in the environment.
    assert set(wording.VARIABLES) == {"NAME", *names.replace("\\\n", " ").split()}
    options = {name for command in ALL.values() for option in command.params for name in option.opts}
    assert {wording._option(name) for name in wording.VARIABLES} <= options
    for flag in wording.FLAGS.values():
        assert flag.replace("--no-", "--") in options


@pytest.mark.parametrize(
    ("target", "variables", "of_make", "of_options"),
    [
        ("prune", {"YES": "1"}, "make prune YES=1", "./propensity stack prune --yes"),
        ("invoke", {"DATA": "a b"}, "make invoke 'DATA=a b'", "./propensity invoke --data 'a b'"),
        ("run", {"BACKUP": "0", "DATA": "…"}, "make run BACKUP=0 DATA=…", "./propensity run --no-backup --data …"),
    ],
)
def test_next_steps_name_the_commands_that_the_user_types(target, variables, of_make, of_options, monkeypatch):
    assert wording.command(target, **variables) == of_make
    monkeypatch.setattr(wording, "options_typed", True)
    assert wording.command(target, **variables) == of_options
