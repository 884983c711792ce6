"""The types of Connections: their forms, their tests, and what tasks get of them."""

from __future__ import annotations

import json
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread

import pytest

from propensity import hooks, task_environment
from propensity.connection_types import FORMS, field_behaviour


@contextmanager
def server(status: int):
    """A server that responds with this status; its address and the headers that it got."""
    got = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            got.append((self.path, self.headers.get("Authorization")))
            self.send_response(status)
            self.end_headers()

        def log_message(self, *_):
            pass

    with HTTPServer(("127.0.0.1", 0), Handler) as listening:
        Thread(target=listening.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{listening.server_port}", got
        listening.shutdown()


@pytest.fixture
def connection(monkeypatch, database):
    """Sets a Connection of Airflow in the environment."""

    def set_connection(name: str, **fields):
        monkeypatch.setenv(f"AIRFLOW_CONN_{name.upper()}", json.dumps(fields))

    for name in (*task_environment.SECRET, "MLFLOW_TRACKING_URI"):
        monkeypatch.delenv(name, raising=False)
    return set_connection


def test_airflow_shows_a_form_for_each_type():
    from airflow.providers_manager import ProvidersManager

    manager = ProvidersManager()
    for name, form in FORMS.items():
        assert manager.hooks[name].hook_name == form["name"]
        shown = manager.field_behaviours[name]
        assert set(form["labels"].items()) <= set(shown["relabeling"].items())
        assert set(shown["hidden_fields"]) <= {*form["hidden"], "extra"}


def test_the_form_before_3_2_is_the_classes_own_and_shows_extra_where_there_are_more_fields():
    classes = {hook.conn_type: hook for hook in (hooks.KaggleHook, hooks.MlflowHook, hooks.WebhookHook)}
    assert set(classes) == set(FORMS)
    assert all(vars(hook)["get_ui_field_behaviour"]() == field_behaviour(name) for name, hook in classes.items())
    assert "extra" not in field_behaviour("mlflow")["hidden_fields"]
    assert "extra" in field_behaviour("kaggle")["hidden_fields"]


def test_the_connection_to_mlflow_is_used_where_no_setting_names_a_server(connection, monkeypatch):
    connection("propensity_mlflow", conn_type="mlflow", host="https://mlflow", login="ada", password="pw")
    assert task_environment.settings()["MLFLOW_TRACKING_URI"] == "https://mlflow"
    assert "pw" not in task_environment.settings().values()
    found = task_environment.environment()
    assert (found["MLFLOW_TRACKING_USERNAME"], found["MLFLOW_TRACKING_PASSWORD"]) == ("ada", "pw")

    monkeypatch.setenv("MLFLOW_TRACKING_URI", "http://another:5000")
    found = task_environment.environment()
    assert found["MLFLOW_TRACKING_URI"] == "http://another:5000"
    assert "MLFLOW_TRACKING_PASSWORD" not in found


def test_a_token_comes_from_extra_and_the_environments_secrets_count_first(connection, monkeypatch):
    connection("propensity_mlflow", conn_type="mlflow", host="mlflow", port=5000, extra={"token": "t"})
    found = task_environment.environment()
    assert (found["MLFLOW_TRACKING_URI"], found["MLFLOW_TRACKING_TOKEN"]) == ("http://mlflow:5000", "t")
    monkeypatch.setenv("MLFLOW_TRACKING_PASSWORD", "own")
    found = task_environment.environment()
    assert found["MLFLOW_TRACKING_PASSWORD"] == "own"
    assert "MLFLOW_TRACKING_TOKEN" not in found


@pytest.mark.parametrize(
    ("status", "ok", "message"), [(200, True, "responds"), (401, False, "rejects"), (500, False, "500")]
)
def test_a_connection_is_tested_with_a_request(connection, monkeypatch, status, ok, message):
    with server(status) as (url, got):
        connection("propensity_mlflow", conn_type="mlflow", host=url, extra={"token": "t"})
        connection("kaggle", conn_type="kaggle", login="ada", password="pw")
        monkeypatch.setattr(hooks, "KAGGLE", url)
        for hook in (hooks.MlflowHook(), hooks.KaggleHook()):
            found, text = hook.test_connection()
            assert found is ok
            assert message in text
    assert got == [
        ("/api/2.0/mlflow/experiments/search?max_results=1", "Bearer t"),
        ("/competitions/list", "Basic YWRhOnB3"),
    ]


def test_a_server_that_does_not_respond_is_named_as_such(connection):
    connection("propensity_mlflow", conn_type="mlflow", host="http://127.0.0.1:1")
    assert hooks.MlflowHook().test_connection()[1].startswith("the server does not respond: ")
