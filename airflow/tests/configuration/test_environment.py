from __future__ import annotations

import subprocess
from importlib.metadata import entry_points

from stack.configuration import environment
from stack.configuration.settings import Settings

KEYS = {"airflow_password": "it's $HOME", "s3_id": "id", "s3_secret": "a b"}


def test_a_shell_that_evaluates_the_settings_passes_them_to_the_programs_it_starts():
    settings = Settings(ports={"AIRFLOW_PORT": 1, "MLFLOW_PORT": 2, "S3_PORT": 3}, keys=KEYS)
    variables = environment.public(settings, None)
    lines = environment.shell_exports(variables)

    for shell in ("bash", "sh"):
        # The second shell sees what the first one exported, as a jar would.
        command = [
            shell,
            "-c",
            f'eval "$0"; {shell} -c \'printf "%s|" "$PROPENSITY_STORE" "$AIRFLOW_PASSWORD"\'',
            lines,
        ]
        done = subprocess.run(command, capture_output=True, text=True, check=True, env={"PATH": "/usr/bin:/bin"})
        assert done.stdout == "s3://propensity/store|it's $HOME|"


def test_airflow_finds_the_provider_package():
    found = {point.value for point in entry_points(group="apache_airflow_provider")}
    assert "propensity.get_provider_info:get_provider_info" in found
