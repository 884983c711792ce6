"""Fixtures: endpoints with real models, and pages in Debian's Chromium."""

from __future__ import annotations

import csv
import io
import os
import random
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import requests
import servers
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, sync_playwright

CHROMIUM = os.environ.get("CHROMIUM") or "/usr/bin/chromium"
FLAGS = (
    "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync --disable-dev-shm-usage"
)
DESKTOP = {"width": 1280, "height": 900}
PHONE = {"width": 390, "height": 844}
UPLOAD = "/api/v1/classification/inference/uploadfile"


def absent(message: str) -> None:
    assert os.environ.get("CI") != "true", message
    pytest.skip(message)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    if not Path(CHROMIUM).exists():
        absent(f"there is no browser at {CHROMIUM}: apt-get install chromium, or CHROMIUM names another")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS.split())
        yield chromium
        chromium.close()


@pytest.fixture(scope="session")
def environment(tmp_path_factory) -> Iterator[dict[str, str]]:
    if not (servers.PROJECT / "build" / "jars" / "code.sha256").exists():
        absent("the jars are not built: make build")
    with servers.s3(tmp_path_factory.mktemp("s3")) as environment:
        yield environment


@pytest.fixture(scope="session")
def insurance(environment) -> str:
    """The name of an endpoint whose champion was trained on synthetic data."""
    servers.release(environment, "insurance", "sample:4000")
    return "insurance-synthetic"


@pytest.fixture(scope="session")
def address(environment, insurance, tmp_path_factory) -> Iterator[str]:
    """The URL of that endpoint."""
    port = servers.free_port()
    with servers.endpoint(environment, insurance, port, tmp_path_factory.mktemp("endpoint") / "log"):
        yield f"http://127.0.0.1:{port}"


@pytest.fixture
def open_page(browser) -> Iterator[Callable[..., Page]]:
    """Opens a server's page; at the end, checks that there were no errors and no requests to other hosts."""
    contexts, faults = [], []

    def opened(
        address: str,
        allowed: str = "",
        scheme: str = "light",
        viewport: dict = DESKTOP,
        ready: str = ".facts",
        path: str = "/",
    ) -> Page:
        context = browser.new_context(color_scheme=scheme, viewport=viewport, accept_downloads=True)
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(30_000)

        def asked(request) -> None:
            if not request.url.startswith((address, allowed or address, "blob:")):
                faults.append(f"asked {request.url}")

        page.on("request", asked)
        page.on("pageerror", lambda error: faults.append(f"threw {error}"))
        page.on("console", lambda line: faults.append(line.text) if "Content Security" in line.text else None)
        page.goto(address + path)
        page.locator(ready).wait_for()
        return page

    yield opened
    for context in contexts:
        context.close()
    assert not faults


@pytest.fixture
def customers(address, tmp_path) -> Callable[..., Path]:
    """Creates a file of rows for the endpoint's model, with given identifiers."""
    sample = list(csv.reader(io.StringIO(requests.get(f"{address}/api/v1/sample.csv", timeout=10).text)))

    def made(rows: int, identifier: Callable[[int], str] = str, name: str = "customers.csv") -> Path:
        chance = random.Random(3)
        columns = list(zip(*[row[1:] for row in sample[1:]], strict=True))
        file = tmp_path / name
        with file.open("w", newline="") as out:
            table = csv.writer(out)
            table.writerow(sample[0])
            for row in range(rows):
                table.writerow([identifier(row), *(chance.choice(column) for column in columns)])
        return file

    return made


def answer(address: str, file: Path) -> list[dict]:
    """The response of the API."""
    with file.open("rb") as content:
        return requests.post(address + UPLOAD, files={"data_file": content}, timeout=120).json()


def upload(page: Page, file: Path) -> None:
    """Uploads a file and waits for its results."""
    page.set_input_files("#file", file)
    page.locator("#results-heading", has_text=file.name).wait_for()


def faults(page) -> list[str]:
    """What axe-core finds on the page as it is."""
    found = Axe().run(page).response["violations"]
    return [f"{fault['id']}: {fault['help']}: {[node['html'] for node in fault['nodes']]}" for fault in found]
