"""Rejected files, and unavailable servers."""

from __future__ import annotations

import pytest
import servers
from conftest import UPLOAD, upload
from playwright.sync_api import expect


def rejected(page, file, title: str):
    """The error that the page shows for this file."""
    page.set_input_files("#file", file)
    problem = page.locator("#problem")
    expect(problem.locator("h3")).to_have_text(title)
    expect(page.locator("#results")).to_be_hidden()
    return problem


def test_errors_are_shown_at_their_lines(address, open_page, customers, tmp_path):
    lines = customers(5).read_text().splitlines()
    names = lines[0].split(",")
    cells = lines[3].split(",")
    cells[names.index("Age")] = "young"
    broken = tmp_path / "broken.csv"
    broken.write_text("\n".join([*lines[:3], ",".join(cells), "7,too,few", *lines[4:]]) + "\n")
    page = open_page(address)

    problem = rejected(page, broken, "The file has 2 errors")

    errors = problem.locator("li")
    expect(errors.nth(0)).to_contain_text("Line 4 column Age")
    expect(errors.nth(0).locator("mark")).to_have_text("young")
    expect(errors.nth(1)).to_contain_text("Line 5 the row")
    upload(page, customers(5, name="fixed.csv"))
    expect(problem).to_be_hidden()


@pytest.mark.parametrize("end", ["\r", "\r\n"])
def test_lines_may_end_as_the_server_allows(address, open_page, customers, tmp_path, end):
    lines = customers(5).read_text().splitlines()
    names = lines[0].split(",")
    cells = lines[3].split(",")
    cells[names.index("Age")] = "young"
    broken = tmp_path / "broken.csv"
    broken.write_bytes((end.join([*lines[:3], "", ",".join(cells), *lines[4:]]) + end).encode())

    problem = rejected(open_page(address), broken, "The file has 1 error")

    expect(problem.locator("li")).to_contain_text("Line 5 column Age")
    expect(problem.locator("li mark")).to_have_text("young")


def test_of_many_errors_the_first_ten_are_shown(address, open_page, customers, tmp_path):
    file = customers(30)
    lines = file.read_text().splitlines()
    broken = tmp_path / "broken.csv"
    broken.write_text(
        "\n".join(
            [lines[0], *(line.replace("Male", "M").replace("FeM", "M").replace("Female", "F") for line in lines[1:])]
        )
        + "\n"
    )

    problem = rejected(open_page(address), broken, "The file has 30 errors; these are the first 10")

    expect(problem.locator("li")).to_have_count(10)


def test_missing_columns_are_named_together(address, open_page, tmp_path):
    short = tmp_path / "short.csv"
    short.write_text("id,Gender,Age\n1,Male,30\n")

    problem = rejected(open_page(address), short, "The file has 8 errors")

    expect(problem.locator("li")).to_have_count(1)
    expect(problem.locator("li")).to_contain_text("Line 1 columns Driving_License, Region_Code, Previously_Insured")


def test_a_file_that_is_no_table_is_rejected_with_a_message(address, open_page, tmp_path):
    page = open_page(address)
    for name, content in (
        ("empty.csv", b""),
        ("picture.csv", bytes(range(256)) * 20),
        ("header.csv", b"id,Gender\n"),
        ("hidden.csv", b"<script>alert(1)</script>\n<b>1</b>\n"),
    ):
        file = tmp_path / name
        file.write_bytes(content)
        page.set_input_files("#file", file)
        problem = page.locator("#problem")
        expect(problem.locator("h3")).to_be_visible()
        assert len(problem.inner_text()) > 40, name
        assert "data_file" not in problem.inner_text().lower(), "a person knows the file's name, not the form's field"
        assert page.locator("#problem script, #problem b").count() == 0


def test_rows_that_lack_their_identifier_may_be_numbered(address, open_page, customers, tmp_path):
    lines = customers(4).read_text().splitlines()
    nameless = tmp_path / "nameless.csv"
    nameless.write_text("\n".join([*lines[:3], *("," + line.split(",", 1)[1] for line in lines[3:])]) + "\n")
    page = open_page(address)

    problem = rejected(page, nameless, "The file has 2 errors")
    expect(problem).to_contain_text("identifier is missing")
    page.get_by_role("button", name="Use row numbers instead").click()

    expect(page.locator("#results-heading")).to_have_text("Results of nameless.csv")
    expect(page.locator("#table-body tr")).to_have_count(4)
    expect(page.locator("#identified")).to_contain_text("Rows are identified by their number")


def test_a_file_of_excel_is_read_and_its_format_is_shown(address, open_page, customers, tmp_path):
    lines = customers(3).read_text().splitlines()
    excel = tmp_path / "excel.csv"
    excel.write_text("\ufeff" + "\r\n".join(line.replace(",", ";") for line in lines) + "\r\n", encoding="utf-8")
    page = open_page(address)
    upload(page, excel)

    expect(page.locator("#answered")).to_contain_text("separator semicolon")
    expect(page.locator("#unseen")).to_be_hidden()


def test_the_backup_is_used_if_the_first_does_not_respond(
    environment, insurance, address, open_page, customers, tmp_path
):
    port, other = servers.free_port(), servers.free_port()
    own, backup = f"http://127.0.0.1:{port}", f"http://127.0.0.1:{other}"
    file = customers(50)
    with (
        servers.endpoint(environment, insurance, other, tmp_path / "backup.log", f"--allow-origin={own}") as second,
        servers.endpoint(environment, insurance, port, tmp_path / "own.log", f"--backup={backup}") as first,
    ):
        page = open_page(own, allowed=backup)
        upload(page, file)
        expect(page.locator("#backup")).to_be_hidden()

        page.route(f"{own}{UPLOAD}*", lambda route: route.fulfill(status=503, headers={"Retry-After": "5"}, body="{}"))
        upload(page, customers(20, name="busy.csv"))
        expect(page.locator("#backup")).to_contain_text(f"did not respond, so {backup} was used")
        page.unroute(f"{own}{UPLOAD}*")

        upload(page, file)
        expect(page.locator("#backup")).to_be_hidden()

        first.terminate()
        first.wait(60)
        upload(page, customers(30, name="stopped.csv"))
        expect(page.locator("#backup")).to_contain_text("Scored by the backup server.")
        expect(page.locator("#state")).to_contain_text("is live on the backup server")
        expect(page.locator("#table-body tr")).to_have_count(25)

        second.terminate()
        second.wait(60)
        rejected(page, file, "The server cannot be reached")
        expect(page.get_by_role("button", name="Try again")).to_be_visible()


def test_a_busy_server_without_a_backup_reports_when_to_retry(address, open_page, customers):
    page = open_page(address)
    detail = '{"title":"Service Unavailable","status":503,"detail":"busy with other uploads"}'
    page.route(f"**{UPLOAD}*", lambda route: route.fulfill(status=503, headers={"Retry-After": "5"}, body=detail))

    problem = rejected(page, customers(2), "The server is unavailable")

    expect(problem).to_contain_text("Try again in 5 seconds")
    page.unroute(f"**{UPLOAD}*")
    page.get_by_role("button", name="Try again").click()
    expect(page.locator("#table-body tr")).to_have_count(2)


def test_a_file_that_changed_since_it_was_chosen_is_not_taken_for_a_silent_server(address, open_page, customers):
    page = open_page(address)
    file = customers(2)
    page.route(f"**{UPLOAD}*", lambda route: route.fulfill(status=503, body="{}"))
    rejected(page, file, "The server is unavailable")
    file.write_text("something else")

    page.get_by_role("button", name="Try again").click()

    expect(page.locator("#problem h3")).to_have_text("The file was changed or removed after it was chosen")


def test_scores_of_a_model_that_answers_no_more_are_not_shown_as_those_of_the_next(address, open_page, customers):
    page = open_page(address)

    def swapped_meanwhile(route) -> None:
        answer = route.fetch()
        route.fulfill(response=answer, json=answer.json() | {"title": "insurance/2@000000000000"})

    page.route("**/api/v1/model", swapped_meanwhile)
    rejected(page, customers(2), "The model has changed")

    page.unroute("**/api/v1/model")
    page.get_by_role("button", name="Try again").click()
    expect(page.locator("#table-body tr")).to_have_count(2)


def test_a_file_chosen_while_another_is_scored_takes_its_place(address, open_page, customers):
    page = open_page(address)
    large, small = customers(100_000, name="large.csv"), customers(3, name="small.csv")
    page.set_input_files("#file", large)
    page.set_input_files("#file", small)

    expect(page.locator("#results-heading")).to_have_text("Results of small.csv")
    expect(page.locator("#progress")).to_be_hidden()
    page.wait_for_timeout(1000)
    expect(page.locator("#results-heading")).to_have_text("Results of small.csv")


def test_an_upload_can_be_cancelled(address, open_page, customers):
    page = open_page(address)
    page.route(f"**{UPLOAD}*", lambda route: None)
    page.set_input_files("#file", customers(2))
    page.get_by_role("button", name="Cancel").click()

    expect(page.locator("#progress")).to_be_hidden()
    expect(page.locator("#problem")).to_be_hidden()


def test_a_key_is_requested_if_the_server_requires_one(address, browser, customers):
    def locked(route) -> None:
        if route.request.headers.get("x-api-key") == "a-key-of-sixteen":
            route.continue_()
        else:
            route.fulfill(status=401, body='{"title":"Unauthorized","status":401,"detail":"send a key"}')

    page = browser.new_page()
    page.route("**/api/v1/**", locked)
    page.goto(address)
    expect(page.locator("#key")).to_be_focused()
    page.fill("#key", "a-wrong-one")
    page.keyboard.press("Enter")
    expect(page.locator("#key-hint")).to_have_text("The server rejected this key.")
    page.fill("#key", "a-key-of-sixteen")
    page.keyboard.press("Enter")
    expect(page.locator("#state")).to_contain_text("version 1 is live")
    expect(page.locator("#key-form")).to_be_hidden()
    upload(page, customers(3))
    page.context.close()
