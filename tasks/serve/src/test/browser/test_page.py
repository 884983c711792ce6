"""The page in a real browser, with a real model."""

from __future__ import annotations

import csv
import math
import re
import time
from pathlib import Path

import requests
import servers
from conftest import PHONE, absent, answer, faults, upload
from playwright.sync_api import expect


def tile(page, name: str):
    return page.locator(f".tile:has(dt:text-is('{name}')) strong")


def number(tile) -> int:
    text = tile.inner_text().replace("−", "-")
    return int("".join(letter for letter in text if letter in "-0123456789"))


def amount(page, name: str, place: int) -> int:
    """The lower or the upper end of a tile's interval."""
    text = page.locator(f".tile:has(dt:text-is('{name}')) span").inner_text().replace("−", "-").replace(",", "")
    ends = re.match(r"95%: (\S+) to (\S+?)(?: |$)", text).groups()
    return int(re.sub(r"[^0-9-]", "", ends[place]))


def forecast(scores: list[float], line: dict[str, float]) -> tuple[float, float]:
    """The expected number of positives, and half of its 95% interval."""
    log_odds = [math.log(score / (1 - score)) for score in scores]
    rates = [1 / (1 + math.exp(-line["slope"] * odds - line["intercept"])) for odds in log_odds]
    weights = [rate * (1 - rate) for rate in rates]
    intercept, slope = sum(weights), sum(weight * odds for weight, odds in zip(weights, log_odds, strict=True))
    calibration = (
        intercept**2 * line["intercept_variance"]
        + 2 * intercept * slope * line["covariance"]
        + slope**2 * line["slope_variance"]
    )
    return sum(rates), 1.959964 * math.sqrt(intercept + calibration)


def kept(page, button: str, folder: Path) -> list[dict[str, str]]:
    """The rows of the file that this button downloads."""
    with page.expect_download() as download:
        page.click(button)
    file = folder / download.value.suggested_filename
    download.value.save_as(file)
    with file.open(newline="") as rows:
        return list(csv.DictReader(rows))


def test_shows_the_live_model_and_the_required_columns(address, open_page):
    page = open_page(address)

    expect(page.locator("#question")).to_have_text("Which health-insurance customers will take vehicle insurance?")
    expect(page.locator("#state")).to_have_text("insurance-synthetic, version 1 is live")
    expect(page.locator("#model")).to_contain_text("ROC AUC on the test rows")
    expect(page.locator("#model")).to_contain_text("trained on synthetic data")
    for link in page.locator("footer a").all():
        assert page.request.get(address + link.get_attribute("href")).ok
    page.click("#needs summary")
    expect(page.locator("#columns tr", has_text="Vehicle_Age")).to_contain_text("< 1 Year, 1-2 Year, > 2 Years")


def test_takes_no_files_until_a_model_is_live(environment, address, open_page, customers, tmp_path):
    port = servers.free_port()
    with servers.endpoint(environment, "unreleased", port, tmp_path / "log", accepted=range(503, 504)):
        page = open_page(f"http://127.0.0.1:{port}", ready="#no-model")

        expect(page.locator("#no-model")).to_have_text(
            "No model is live yet. To train and release one: make run", timeout=10_000
        )
        for button in ("#file", "#try", "#sample"):
            expect(page.locator(button)).to_be_disabled()
        assert faults(page) == []
        drop(page, customers(3))
        expect(page.locator("#progress")).to_be_hidden()
        expect(page.locator("#problem")).to_be_hidden()

        live = requests.get(f"{address}/api/v1/model", timeout=10).text
        page.route("**/api/v1/model", lambda route: route.fulfill(body=live, content_type="application/json"))
        expect(page.locator("#file")).to_be_enabled(timeout=10_000)
        expect(page.locator("#try")).to_be_enabled()
        expect(page.locator("#no-model")).to_be_hidden()


def test_marks_the_sample_rows_as_a_probe(open_page, address, customers):
    """The server captures the rows of a user's file, but not these."""
    page = open_page(address)
    with page.expect_request("**/uploadfile*") as sent:
        page.locator("#try").click()
    assert sent.value.headers.get("propensity-purpose") == "probe"
    expect(page.locator("#results")).to_be_visible()
    with page.expect_request("**/uploadfile*") as sent:
        upload(page, customers(3))
    assert "propensity-purpose" not in sent.value.headers


def test_scores_santanders_example_of_two_rows(environment, browser, open_page, tmp_path):
    rows = servers.SHARED / "data" / "santander"
    if not rows.exists():
        absent(f"the real rows are not at {rows}; PROPENSITY_SHARED names another folder")
    servers.release(environment, "santander", str(rows / "train.csv.gz"))
    port = servers.free_port()
    with servers.endpoint(environment, "santander", port, tmp_path / "log"):
        page = open_page(f"http://127.0.0.1:{port}")
        example = rows / "batch_of_two.csv"
        upload(page, example)

        expect(page.locator("#table-body tr")).to_have_count(2)
        expect(page.locator("#table-head")).to_contain_text("target_pred")
        expected = answer(f"http://127.0.0.1:{port}", example)
        for row in expected:
            line = page.locator("#table-body tr", has_text=row["ID_code"])
            expect(line.locator(".score")).to_have_text(f"{row['score']:.4f}")
            expect(line.locator(".label")).to_have_text("1 · yes" if row["target_pred"] else "0 · no")
        got = kept(page, "#download", tmp_path)
        assert [(row["ID_code"], int(row["target_pred"])) for row in got] == [
            (row["ID_code"], row["target_pred"]) for row in expected
        ]


def test_sorts_searches_and_turns_ten_thousand_rows(address, open_page, customers):
    file = customers(10_000, lambda row: f"c{row}")
    page = open_page(address)
    upload(page, file)
    expected = answer(address, file)

    expect(tile(page, "Rows")).to_have_text("10,000")
    assert number(tile(page, "Selected")) == sum(row["Response_pred"] for row in expected)
    best = max(expected, key=lambda row: row["score"])
    expect(page.locator("#table-body tr").first.locator(".score")).to_have_text(f"{best['score']:.4f}")

    page.locator("#table-head button", has_text="id").press("Enter")
    expect(page.locator("th.identifier[aria-sort]")).to_have_attribute("aria-sort", "ascending")
    expect(page.locator("#table-body th").nth(10)).to_have_text("c10")
    page.click("#last-page")
    expect(page.locator("#page-state")).to_have_text("9,976 to 10,000 of 10,000 rows")
    expect(page.locator("#table-body th").last).to_have_text("c9999")

    page.fill("#search", "C123")
    expect(page.locator("#page-state")).to_have_text("1 to 11 of 11 rows")
    page.fill("#search", "")
    page.check("#only")
    expect(page.locator("#page-state")).to_contain_text(f"of {tile(page, 'Selected').inner_text()} rows")


def test_the_threshold_recounts_the_selected_and_their_profit(address, open_page, customers, tmp_path):
    file = customers(2000)
    page = open_page(address)
    upload(page, file)
    scores = sorted((row["score"] for row in answer(address, file)), reverse=True)
    own = number(tile(page, "Selected"))

    page.focus("#slider")
    page.keyboard.press("Home")
    expect(tile(page, "Selected")).to_have_text("2,000")
    for _ in range(100):
        page.keyboard.press("ArrowRight")
    expect(page.locator("#threshold")).to_have_value("0.1")
    selected = [score for score in scores if score >= 0.1]
    expect(tile(page, "Selected")).to_have_text(f"{len(selected):,}")
    positives, half = forecast(selected, page.request.get(address + "/api/v1/model").json()["calibration_line"])
    cost = 12 * len(selected)
    assert abs(number(tile(page, "Expected profit")) - round(100 * positives - cost)) <= 1
    low, high = (amount(page, "Expected profit", place) for place in (0, 1))
    assert abs(low - round(100 * (positives - half) - cost)) <= 1
    assert abs(high - round(100 * (positives + half) - cost)) <= 1
    assert "expected profit ₹" in page.get_attribute("#slider", "aria-valuetext")

    page.fill("#best", "25")
    expect(page.locator("#download-selected")).to_have_text("Download 25 selected")
    best = kept(page, "#download-selected", tmp_path)
    assert [float(row["score"]) for row in best] == scores[:25]
    assert {row["Response_pred"] for row in best} == {"1"}

    page.click("#own")
    expect(page.locator("#download-selected")).to_have_text(f"Download {own:,} selected")


def test_a_model_without_a_calibration_line_has_no_intervals(address, open_page, customers):
    page = open_page(address)
    model = page.request.get(address + "/api/v1/model").json() | {"calibration_line": None}
    page.route("**/api/v1/model", lambda route: route.fulfill(json=model))
    page.reload()
    file = customers(500)
    upload(page, file)
    selected = [row["score"] for row in answer(address, file) if row["score"] >= model["threshold"]]
    assert abs(number(tile(page, "Expected profit")) - round(sum(100 * score - 12 for score in selected))) <= 1
    expect(page.locator("#tiles")).not_to_contain_text("95%")


def test_no_cell_of_the_download_is_a_formula(address, open_page, customers, tmp_path):
    awkward = ["=1+1", "+1", "-1", "@SUM(A1)", 'a"b', "a,b", "plain", '=HYPERLINK("x","y")']
    page = open_page(address)
    upload(page, customers(len(awkward), lambda row: awkward[row]))

    got = [row["id"] for row in kept(page, "#download", tmp_path)]

    assert got == [f"'{text}" if text[0] in "=+-@" else text for text in awkward]


def test_stays_fluent_with_two_hundred_thousand_rows(address, open_page, customers):
    page = open_page(address)
    file = customers(200_000, lambda row: f"test_{row}")
    begun = time.monotonic()
    upload(page, file)
    print(f"200,000 rows: {time.monotonic() - begun:.1f} s until the results")

    frames = page.evaluate(
        """async () => {
          const slider = document.getElementById("slider");
          const times = [];
          for (let step = 1; step <= 40; step++) {
            const begun = performance.now();
            slider.value = (step / 40) * slider.max;
            slider.dispatchEvent(new Event("input"));
            await new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
            times.push(performance.now() - begun);
          }
          return times.sort((a, b) => a - b);
        }"""
    )
    print(f"a move of the slider: median {frames[20]:.0f} ms, slowest {frames[-1]:.0f} ms")
    assert frames[20] < 100
    begun = time.monotonic()
    page.click("#table-head th.identifier button")
    expect(page.locator("#table-body th").nth(2)).to_have_text("test_2")
    page.fill("#search", "test_19999")
    expect(page.locator("#page-state")).to_have_text("1 to 11 of 11 rows")
    print(f"sort and search: {time.monotonic() - begun:.1f} s")


def test_the_sample_rows_are_scored_at_a_click_and_can_be_kept(address, open_page, tmp_path):
    page = open_page(address)
    assert len(kept(page, "#sample", tmp_path)) == 10
    page.click("#try")
    expect(page.locator("#results-heading")).to_have_text("Results of insurance-synthetic-sample-rows.csv")
    expect(page.locator("#table-body tr")).to_have_count(10)


def test_a_file_may_be_dropped_anywhere(address, open_page, customers):
    page = open_page(address, viewport=PHONE)
    drop(page, customers(3))
    expect(page.locator("#results-heading")).to_have_text("Results of dropped.csv")
    assert page.evaluate("document.activeElement.id") == "results-heading"


def drop(page, file: Path) -> None:
    """Drops the file onto the page, as dropped.csv."""
    page.evaluate(
        """(text) => {
          const dataTransfer = new DataTransfer();
          dataTransfer.items.add(new File([text], "dropped.csv", { type: "text/csv" }));
          document.body.dispatchEvent(new DragEvent("drop", { dataTransfer, bubbles: true, cancelable: true }));
        }""",
        file.read_text(),
    )
