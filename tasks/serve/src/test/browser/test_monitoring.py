"""The monitoring page in a real browser, with windows that the task monitor compared."""

from __future__ import annotations

import re

import pytest
import requests
import servers
from conftest import DESKTOP, PHONE, answer, faults, upload
from playwright.sync_api import expect

STATE = "/api/v1/monitoring"
READY = "#tiles .tile:first-child"
DAYS = 32
CHANGED = 2


@pytest.fixture(scope="module")
def monitored(environment, insurance, address) -> str:
    """The URL of an endpoint whose last days have other customers than those before."""
    servers.monitor(environment, "insurance", insurance, DAYS, CHANGED)
    return address


def altered(page, change) -> None:
    """Changes the state that the page gets."""

    def respond(route) -> None:
        response = route.fetch()
        state = response.json()
        change(state)
        route.fulfill(response=response, json=state)

    page.route(f"**{STATE}", respond)


def section(page, name: str):
    return page.get_by_role("region", name=name, exact=True)


def test_shows_the_verdict_with_its_next_step_first(monitored, open_page):
    page = open_page(monitored, path="/monitoring", ready=READY)

    card = section(page, "Verdict")
    expect(card.locator(".verdict-line .verdict")).to_have_text("alarm")
    expect(card.locator(".next-step")).to_contain_text("accept it with make accept DATASET=insurance-synthetic")
    expect(card.locator(".reasons li").first).to_contain_text("alarm")
    expect(card).to_contain_text("Window 2026-11-01")
    expect(page.locator("#state")).to_have_text("insurance-synthetic, version 1 is live")
    assert page.evaluate("document.querySelector('#content section').id || document.querySelector('h2').id") == (
        "verdict-heading"
    )


def test_shows_the_columns_by_effect_with_both_distributions(monitored, open_page):
    page = open_page(monitored, path="/monitoring", ready=READY)
    latest = requests.get(monitored + STATE, timeout=30).json()["latest"]["monitoring"]

    rows = page.locator("#columns tbody tr")
    expect(rows).to_have_count(len(latest["columns"]) + 1)
    expect(rows.first).to_contain_text("score")
    names = rows.locator("th span:first-child").all_inner_texts()[1:]
    assert names == [column["name"] for column in latest["columns"]]
    assert set(names[:2]) == {"Age", "Policy_Sales_Channel"}
    age = page.locator("#columns tr", has=page.locator("th", has_text="Age").first).filter(has_text="instead of").first
    expect(age.locator("svg .now")).to_have_count(1)
    expect(age.locator("svg .bars")).to_have_count(1)
    expect(age.locator("td.effect")).to_contain_text(re.compile("large|small"))


def test_shows_the_windows_and_releases_and_opens_reports(monitored, open_page):
    page = open_page(monitored, path="/monitoring", ready=READY)

    lines = page.locator("#timeline tbody tr")
    expect(lines).to_have_count(DAYS + 1)
    expect(lines.nth(20)).to_be_hidden()
    page.get_by_role("button", name="Show all 33").click()
    expect(lines.nth(20)).to_be_visible()
    expect(page.locator("#timeline")).to_contain_text("Version 1 was released")
    expect(page.locator("#timeline .strip svg .mark")).to_have_count(DAYS)
    expect(page.locator("#timeline .strip")).to_contain_text(f"{CHANGED} alarm")

    with page.expect_popup() as opened:
        lines.filter(has_text="2026-10-15").get_by_role("link", name="Report").click()
    report = opened.value
    expect(report.locator("h1")).to_contain_text("insurance-synthetic, 2026-10-15")
    font = report.evaluate("getComputedStyle(document.body).maxWidth + getComputedStyle(document.body).fontFamily")
    assert "sans-serif" in font, "the report's own style is blocked"


def test_shows_traffic_and_scores_as_they_come(monitored, open_page, customers):
    page = open_page(monitored, path="/monitoring", ready=READY)
    before = int(page.locator(".tile:has(dt:text-is('Rows scored')) strong").inner_text().replace(",", ""))

    answer(monitored, customers(500))
    page.reload()
    tile = page.locator(".tile:has(dt:text-is('Rows scored')) strong")
    expect(tile).to_have_text(f"{before + 500:,}")
    expect(page.locator(".tile:has(dt:text-is('Latency, median'))")).to_contain_text("99%")
    expect(section(page, "Scores")).to_contain_text("Effect")
    page.get_by_text("Requests and latency by route").click()
    expect(page.locator("#requests")).to_contain_text("uploadfile")


def test_is_linked_from_the_upload_page_and_back(monitored, open_page):
    page = open_page(monitored)
    page.get_by_role("link", name="Monitoring").click()
    page.locator(READY).wait_for()
    page.get_by_role("link", name="Score a file").click()
    expect(page.locator("#upload-heading")).to_be_visible()


@pytest.mark.parametrize("viewport", [DESKTOP, PHONE], ids=["desktop", "phone"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_no_fault(monitored, open_page, scheme, viewport, request):
    page = open_page(monitored, path="/monitoring", scheme=scheme, viewport=viewport, ready=READY)
    page.get_by_text("Requests and latency by route").click()
    page.get_by_role("button", name="Show all").click()
    assert faults(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), "it scrolls sideways"


def test_says_what_is_missing_for_a_verdict(monitored, browser):
    page = browser.new_page()
    nothing = {"windows": [], "latest": None, "accepted": []}

    altered(page, lambda state: state.update(nothing))
    page.goto(f"{monitored}/monitoring")
    expect(section(page, "Verdict")).to_contain_text("Nothing is captured, so nothing is compared.")
    expect(section(page, "Verdict")).to_contain_text("make start CAPTURE=1")
    assert faults(page) == []

    page.unroute_all()
    capture = {"rows": 1, "dropped": 0, "segments": 0, "queue_bytes": 0, "spool_bytes": 0, "lag_seconds": 0.0}
    altered(page, lambda state: state.update(nothing, capture=capture))
    page.reload()
    expect(section(page, "Verdict")).to_contain_text("1 row captured since this server started")
    expect(page.locator(".tile:has(dt:text-is('Rows captured')) strong")).to_have_text("1")

    page.unroute_all()
    altered(
        page, lambda state: state.update(nothing, model=None, scores=None, waiting="no model has been released yet")
    )
    page.reload()
    expect(section(page, "Verdict")).to_contain_text("There is no champion yet.")
    expect(page.locator("#state")).to_contain_text("no model yet")
    assert faults(page) == []
    page.context.close()


def test_shows_how_far_the_reference_is_learned(monitored, browser):
    page = browser.new_page()

    def learning(state) -> None:
        state["windows"][0].update(verdict="learning", columns=[])
        state["latest"]["monitoring"].update(verdict="learning", reasons=[])
        state["latest"]["monitoring"]["state"] = {"learning": True, "windows": 4, "of": 28, "referable": True}

    altered(page, learning)
    page.goto(f"{monitored}/monitoring")
    expect(section(page, "Verdict")).to_contain_text("Learning: 5 of 28 windows of the reference")
    assert faults(page) == []
    page.context.close()


def test_an_unavailable_store_is_mentioned_and_the_rest_is_shown(monitored, browser):
    page = browser.new_page()
    altered(page, lambda state: state["store"].update(note="the store does not respond"))
    page.goto(f"{monitored}/monitoring")
    expect(page.locator("#store")).to_have_text("the store does not respond")
    expect(section(page, "Verdict").locator(".verdict-line")).to_contain_text("alarm")
    page.context.close()


def test_requests_a_key_and_downloads_reports_with_it(environment, insurance, monitored, browser, tmp_path):
    port = servers.free_port()
    keyed = environment | {"PROPENSITY_API_KEYS": "0123456789abcdef-key"}
    with servers.endpoint(keyed, insurance, port, tmp_path / "log"):
        page = browser.new_page(accept_downloads=True)
        page.goto(f"http://127.0.0.1:{port}/monitoring")
        expect(page.locator("#key")).to_be_focused()
        expect(page.locator("#content")).to_be_hidden()
        assert faults(page) == []
        page.fill("#key", "a-wrong-one")
        page.keyboard.press("Enter")
        expect(page.locator("#key-hint")).to_have_text("The server rejected this key.")
        page.fill("#key", "0123456789abcdef-key")
        page.keyboard.press("Enter")
        expect(page.locator(".verdict-line")).to_contain_text("alarm")
        expect(page.locator("#key-form")).to_be_hidden()
        with page.expect_download() as download:
            page.get_by_role("button", name="Report of this window").click()
        assert download.value.suggested_filename == "report-2026-11-01.html"
        page.context.close()


def test_compares_an_uploaded_file_with_the_training_data(address, open_page, customers):
    page = open_page(address)
    file = customers(2000)
    upload(page, file)
    card = page.locator("#comparison")
    expect(card).to_be_visible()
    expect(card.locator("tbody tr")).to_have_count(11)

    header = file.read_text().split("\n")[0].split(",")
    place = header.index("Age")
    lines = [line.split(",") for line in file.read_text().split("\n")[1:] if line]
    older = file.with_name("older.csv")
    older.write_text(
        "\n".join([",".join(header), *(",".join([*line[:place], "79", *line[place + 1 :]]) for line in lines)])
    )
    upload(page, older)
    expect(card).to_contain_text("differ")
    expect(card.locator("tbody tr").nth(1).locator("th")).to_contain_text("Age")
    expect(card.locator("tbody tr").nth(1)).to_contain_text("large")
    assert faults(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), "it scrolls sideways"
