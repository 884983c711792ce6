"""What the page reports of how the server read a file."""

from __future__ import annotations

import csv
import gzip
import zipfile
from pathlib import Path

from conftest import answer, upload
from playwright.sync_api import expect


def changed(file: Path, change) -> Path:
    """The file with its rows, as dictionaries, changed."""
    with file.open(newline="") as rows:
        lines = list(csv.DictReader(rows))
    for number, line in enumerate(lines):
        change(number, line)
    with file.open("w", newline="") as out:
        table = csv.DictWriter(out, list(lines[0]))
        table.writeheader()
        table.writerows(lines)
    return file


def test_numbers_that_are_written_otherwise_than_the_models_categories_are_known(address, open_page, customers):
    file = customers(30)
    expected = answer(address, file)

    def otherwise(_, line: dict[str, str]) -> None:
        code = line["Region_Code"]
        line["Region_Code"] = code.removesuffix(".0") if code.endswith(".0") else f"{code}.0"

    page = open_page(address)
    upload(page, changed(file, otherwise))

    assert answer(address, file) == expected
    expect(page.locator("#unseen")).to_be_hidden()
    expect(page.locator("#doubtful")).to_be_hidden()


def test_few_unseen_categories_are_mentioned_and_the_profit_is_shown(address, open_page, customers):
    def unknown(number: int, line: dict[str, str]) -> None:
        if number < 2:
            line["Region_Code"] = "-1"
        if number == 7:
            line["Policy_Sales_Channel"] = "by post"

    page = open_page(address)
    upload(page, changed(customers(40), unknown))

    expect(page.locator("#unseen")).to_contain_text("Unseen categories")
    expect(page.locator("#unseen")).to_contain_text("2 values of Region_Code and 1 of Policy_Sales_Channel")
    expect(page.locator("#doubtful")).to_be_hidden()
    expect(page.locator("#tiles")).to_contain_text("₹")

    upload(page, customers(3, name="plain.csv"))
    expect(page.locator("#unseen")).to_be_hidden()


def test_many_unseen_categories_are_an_alert_and_the_profit_is_not_shown(address, open_page, customers):
    def unknown(number: int, line: dict[str, str]) -> None:
        if number < 3:
            line["Region_Code"] = "-1"
        if number == 7:
            line["Policy_Sales_Channel"] = "by post"

    page = open_page(address)
    upload(page, changed(customers(40), unknown))

    alert = page.get_by_role("alert").filter(has_text="These scores are not reliable")
    expect(alert).to_be_visible()
    expect(alert).to_be_in_viewport()
    expect(alert.locator("li")).to_have_count(1)
    expect(alert.locator("li")).to_have_text("Region_Code: 3 of 40 rows, 7.5%")
    expect(alert).to_contain_text("correct the file and upload it again")
    assert page.evaluate("document.querySelector('#results').firstElementChild.id") == "doubtful"
    expect(page.locator("#unseen")).to_be_hidden()
    expect(page.locator("#tiles")).to_contain_text("not shown")
    expect(page.locator("#tiles")).not_to_contain_text("₹")
    expect(page.locator("#chart .profit")).to_have_count(0)
    expect(page.locator("#profit-legend")).to_be_hidden()
    assert "profit" not in page.get_attribute("#slider", "aria-valuetext")

    upload(page, customers(3, name="plain.csv"))
    expect(page.locator("#doubtful")).to_be_hidden()
    expect(page.locator("#tiles")).to_contain_text("₹")
    expect(page.locator("#chart .profit")).to_have_count(1)


def test_look_alikes_of_known_categories_are_named(address, open_page, customers):
    known = customers(1).read_text().splitlines()
    code = dict(zip(known[0].split(","), known[1].split(","), strict=True))["Region_Code"]
    wide = code.translate({ord(digit): ord(digit) + 0xFEE0 for digit in "0123456789"})

    def similar(rows: int):
        def change(number: int, line: dict[str, str]) -> None:
            if number < rows:
                line["Region_Code"] = [wide, f"{code}\u200b", f"\u2060{code}", f"{code}\u2060"][number]

        return change

    page = open_page(address)
    upload(page, changed(customers(60), similar(2)))
    expect(page.locator("#unseen")).to_contain_text(
        f"2 values of Region_Code ('{code}\\u200B' looks like '{code}', '{wide}' looks like '{code}')"
    )

    upload(page, changed(customers(60), similar(4)))
    alert = page.get_by_role("alert").filter(has_text="These scores are not reliable")
    expect(alert.locator("li")).to_contain_text("Region_Code: 4 of 60 rows, 6.7% (")
    expect(alert.locator("li")).to_contain_text(f"'{code}\\u200B' looks like '{code}'")
    assert alert.locator("li").text_content().count("looks like") == 3


def test_duplicate_identifiers_are_a_warning(address, open_page, customers):
    page = open_page(address)
    upload(page, customers(5, lambda row: "twice" if row < 3 else f"c{row}"))

    expect(page.locator("#identified")).to_contain_text("2 duplicate identifiers: rows have the id of an earlier row")
    expect(page.locator("#table-body tr")).to_have_count(5)

    upload(page, customers(3, name="plain.csv"))
    expect(page.locator("#identified")).to_be_hidden()


def test_rows_without_an_identifier_are_numbered_with_a_warning(address, open_page, customers, tmp_path):
    lines = customers(4).read_text().splitlines()
    nameless = tmp_path / "nameless.csv"
    nameless.write_text("\n".join(line.split(",", 1)[1] for line in lines) + "\n")
    page = open_page(address)
    upload(page, nameless)

    expect(page.locator("#identified")).to_contain_text("Rows are identified by their number, from 1")
    expect(page.locator("#table-body th", has_text="4")).to_have_count(1)


def test_compressed_files_are_scored(address, open_page, customers, tmp_path):
    file = customers(7)
    packed = tmp_path / "customers.csv.gz"
    packed.write_bytes(gzip.compress(file.read_bytes()))
    archive = tmp_path / "customers.zip"
    with zipfile.ZipFile(archive, "w") as out:
        out.write(file, "customers.csv")
    page = open_page(address)
    for compressed in (packed, archive):
        upload(page, compressed)
        expect(page.locator("#table-body tr")).to_have_count(7)
