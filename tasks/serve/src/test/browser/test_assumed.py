"""What the page tells of how the server understood a file."""

from __future__ import annotations

import csv

from conftest import upload
from playwright.sync_api import expect


def test_numbers_that_are_written_otherwise_than_the_models_categories_are_warned_of(
    address, open_page, customers, tmp_path
):
    with customers(30).open(newline="") as rows:
        lines = list(csv.DictReader(rows))
    for line in lines:
        code = line["Region_Code"]
        line["Region_Code"] = code.removesuffix(".0") if code.endswith(".0") else f"{code}.0"
    lines[0]["Policy_Sales_Channel"] = "-1"
    file = tmp_path / "excel.csv"
    with file.open("w", newline="") as out:
        table = csv.DictWriter(out, list(lines[0]))
        table.writeheader()
        table.writerows(lines)
    page = open_page(address)
    upload(page, file)

    expect(page.locator("#unseen")).to_contain_text("Categories that training never saw")
    expect(page.locator("#unseen")).to_contain_text("30 values of Region_Code and 1 of Policy_Sales_Channel")
    expect(page.locator("#unseen")).to_contain_text("28 for the category 28.0")

    upload(page, customers(3, name="plain.csv"))
    expect(page.locator("#unseen")).to_be_hidden()
