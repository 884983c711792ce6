"""A monitoring run, from the trigger to its verdict; and what is done about one."""

from __future__ import annotations

import contextlib
import re
import sys
from collections.abc import Callable

from stack import datasets, jars, paths, terminal, wording
from stack.airflow_api import AirflowApi, Json
from stack.configuration.settings import Settings
from stack.failure import Failure
from stack.releases import reports
from stack.releases.champion import champion
from stack.releases.releasing import NO_REASON, released_name
from stack.runs import failed, live, training
from stack.runs.source import Source
from stack.servers import lifecycle
from stack.servers.supervision import Supervision
from stack.store import Store

CURRENT = "current"
"""The window that has not ended."""

WINDOW = r"\d{4}-\d{2}-\d{2}(T\d{2})?|\d{4}-W\d{2}"
"""A day, an hour or a week."""


def monitor(dataset: str | None, window: str, *, as_json: bool = False) -> int:
    """Compares the captured rows of a window with the training data; 0 if there is a verdict, whatever it is.

    Args:
        as_json: prints only the verdict, for a script
    """
    return _print(lambda: _run(dataset, window), said, as_json)


def _print(run: Callable[[], tuple[int, Json | None]], verdict: Callable[[Json], str], as_json: bool) -> int:
    """Prints the verdict of a run, or its result as JSON, without the rest; the exit code."""
    output = contextlib.redirect_stdout(sys.stderr) if as_json else contextlib.nullcontext()
    with output:
        code, found = run()
    if found is None:
        return code
    if as_json:
        jars.print_json(found)
    else:
        print(f"\nverdict: {verdict(found)}")
    return 0


def said(monitoring: Json) -> str:
    """The verdict with its columns, those of an alarm without notices: ``alarm (Age, Vintage)``, ``learning (Age)``."""
    is_alarm = monitoring["verdict"] == "alarm"
    counts = [reason for reason in monitoring["reasons"] if not is_alarm or reason["level"] == "alarm"]
    subjects = ", ".join(dict.fromkeys(reason["subject"] for reason in counts))
    return f"{monitoring['verdict']} ({subjects})" if subjects else monitoring["verdict"]


def _checked(window: str, *words: str) -> None:
    """Rejects a text that is no window, before a run is started with it."""
    if window not in words and not re.fullmatch(WINDOW, window, re.ASCII):
        forms = " or ".join([", ".join([*words, "2026-11-29", "2026-11-29T13"]), "2026-W48"])
        raise Failure(f"{wording.as_typed(f'WINDOW={window}')} is no window: write {forms}", 2)


def _run(dataset: str | None, window: str) -> tuple[int, Json | None]:
    _checked(window, CURRENT)
    settings = lifecycle.running()
    name = released_name(settings, dataset)
    because = ", to compare rows with its training data"
    code, found, places = _follow(
        settings, name, "monitoring", "monitor", window, f"the captured rows of {window}", because
    )
    if found is not None:
        terminal.facts(
            [
                ("window", found["window"]),
                ("rows", f"{found['volume']['rows']:,} captured, {found['rejected']['rows']:,} rejected"),
                *(("reason", reason["text"]) for reason in found["reasons"]),
                *(("note", note) for note in (*found["gaps"], *found["warnings"])),
                ("next step", found["next_step"]),
                *places,
                ("page", f"{settings.endpoint_urls[name]}/monitoring"),
            ]
        )
    return code, found


def _follow(
    settings: Settings, name: str, kind: str, task: str, window: str | None, what: str, because: str
) -> tuple[int, Json | None, list[tuple[str, str]]]:
    """Runs a dataset's DAG on a window, and follows it.

    Args:
        kind: of the DAG, and of the result
        task: whose result it is
        what: the run is about, as users read it
        because: why a champion is needed

    Returns:
        the exit code, the result, if there is one, and the places of the result and of its report
    """
    store, api = Store(settings), AirflowApi(settings, Supervision().still_runs)
    champion(store.last_entry(settings.store, name), name, because)
    dag = f"{name.removesuffix(datasets.SYNTHETIC)}_{kind}"
    training.wait_for_dag(api, dag)
    with training.unpaused(api, settings, dag):
        run = training.trigger(api, dag, {"window": window, "name": name})
        page = training.run_page(settings, dag, run)
        print(f"{dag} on {what}\n{page}\n", flush=True)
        state, tasks = live.follow(api, dag, run, page)
    if state != "success":
        return failed.report(api, settings, dag, run, tasks, Source(what)), None, []
    uri = training.outputs(api, dag, run, tasks)[task]["uri"]
    found = store.read_json(f"{uri}/{kind}.json")
    report = reports.fetch(store, name, kind, uri)
    print()
    return 0, found, [(kind, uri), *([("report", report.as_uri())] if report else [])]


def accept(dataset: str | None, why: str | None, who: str | None) -> int:
    """Takes the last windows as the new reference."""
    settings = lifecycle.running()
    name = released_name(settings, dataset)
    by = [f"--who={who}"] if who else []
    return jars.run(settings, "accept", f"--name={name}", f"--why={why or NO_REASON}", *by).code


def outcomes(dataset: str | None, data: str | None) -> int:
    """Stores what scored customers did."""
    if not data:
        raise Failure("DATA= is missing: a file with the identifiers and the labels, as a path or s3://…", 2)
    settings = lifecycle.running()
    name = released_name(settings, dataset)
    file = paths.DATASETS / f"{name.removesuffix(datasets.SYNTHETIC)}.yaml"
    key = {"PROPENSITY_CAPTURE_KEY": settings.keys["capture"]}
    words = [f"--dataset={file}", f"--name={name}", f"--data={data}"]
    return jars.run(settings, "outcomes", *words, environment=key).code


def performance(dataset: str | None, window: str | None, *, as_json: bool = False) -> int:
    """Measures the model by the outcomes of a window; 0 if there is a verdict, whatever it is.

    Args:
        window: without it, the last one whose outcomes are complete
        as_json: prints only the result, for a script
    """
    return _print(lambda: _measure(dataset, window), lambda found: found["verdict"], as_json)


def _measure(dataset: str | None, window: str | None) -> tuple[int, Json | None]:
    if window:
        _checked(window)
    settings = lifecycle.running()
    name = released_name(settings, dataset)
    specified = name.removesuffix(datasets.SYNTHETIC)
    if not datasets.has_outcomes(specified):
        file = paths.DATASETS / f"{specified}.yaml"
        raise Failure(f"{file} has no section outcomes: add outcomes: {{horizon_days: 30}}", 2)
    what = f"the outcomes of {window or 'the last complete window'}"
    because = ", to measure by its outcomes"
    code, found, places = _follow(settings, name, "performance", "performance", window, what, because)
    if found is not None:
        terminal.facts(performance_facts(found) + places)
    return code, found


def performance_facts(found: Json) -> list[tuple[str, str]]:
    """What a user must know of a window's performance, each value with its interval."""
    unbiased = found["contacted"] if found["unbiased"] else found.get("explore")
    profit = found.get("profit")
    increment = (found.get("increment") or {}).get("difference")
    return [
        ("window", found["window"]),
        ("customers", f"{found['rows']:,} scored, {found['contacted']['rows']:,} contacted"),
        ("positive", f"{found['contacted']['positives']:,}"),
        ("AUC", _interval((unbiased or {}).get("auc"), ".4f")),
        ("AUC, contacted", _interval(found["contacted"].get("auc"), ".4f")),
        *(
            [
                ("promised", f"{_interval(profit['promised'], ',.0f')} {profit['currency']}".rstrip()),
                ("earned", f"{_interval(profit['earned'], ',.0f')} {profit['currency']}".rstrip()),
            ]
            if profit
            else []
        ),
        *([("increment", _interval(increment, "+.4f"))] if increment else []),
        *(("reason", text) for text in found["reasons"]),
        *(("note", text) for text in found["warnings"]),
    ]


def _interval(interval: Json | None, form: str) -> str:
    if not interval:
        return "too few"
    return "{:{form}} (95%: {:{form}} to {:{form}})".format(
        *(interval[key] for key in ("value", "low", "high")), form=form
    )


def forget(dataset: str | None) -> int:
    """Removes the captured rows and outcomes of the identifiers on standard input."""
    settings = lifecycle.running()
    name = released_name(settings, dataset)
    if sys.stdin.isatty():
        print("identifiers, one on each line; end with Ctrl+D:", file=sys.stderr)
    key = {"PROPENSITY_CAPTURE_KEY": settings.keys["capture"]}
    return jars.run(settings, "forget", f"--name={name}", environment=key).code
