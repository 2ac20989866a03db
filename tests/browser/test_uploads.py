"""Sequences of the reader's own in a browser: shown, asked about, run, kept; also by keys alone."""

from __future__ import annotations

import gzip
import re
from functools import partial

import numpy as np
from playwright.sync_api import Page, Route, expect

from app.words import common as words
from app.words import memory as memory_words
from app.words import uploads as upload_words

from .test_explore import at_rest, explore, here, reads, run_shown, stage, told, type_in
from .test_explore_reach import fits, tab_to

LINES = ("lines.txt", b"BTBTXSETE\nBPBPVVEPE\nBTBPVPSETE\n")
GAP = ("gap.csv", b"year,activity\n1700,5\n1701,\n1702,16\n1703,17\n")
LONG = ("long.csv", b"id,time,value\na,1,10\na,2,11\na,3,12\nb,1,20\nb,2,21\n")
SPREADSHEET = "year\tactivity\n1700\t5\n1701\t\n1702\t16\n1703\t17\n"
SLOWLY = 120_000  # milliseconds that a process may take to begin and to read a file
PICTURE = "![x](http://192.0.2.1/a.png)"


def give(page: Page, *files: tuple[str, bytes]) -> None:
    at_rest(page)  # a page that is drawn anew forgets what is being given to it
    page.get_by_role("button", name=words.UPLOAD, exact=False).first.click()
    page.locator('input[type="file"]').set_input_files(
        [{"name": name, "mimeType": "text/plain", "buffer": data} for name, data in files]
    )
    expect(page.get_by_text(upload_words.head(files[0][0]))).to_be_visible()


def test_what_is_pasted_from_a_spreadsheet_is_shown_asked_about_and_run(page, app_url, screenshot):
    explore(page, app_url, "?demo=sunspots&t=3&unit=0")
    type_in(page, SPREADSHEET)
    run = page.get_by_role("button", name=words.RUN, exact=True)
    expect(page.get_by_text("A value of 'activity' is missing in line 3.")).to_be_visible()
    expect(run).to_be_disabled()
    expect(stage(page)).to_have_attribute("data-timestep", "3")
    page.get_by_text("Interpolate", exact=True).click()
    expect(run).to_be_enabled()
    page.reload()  # which keeps answers that were not run yet
    expect(page.get_by_role("radio", name="Interpolate")).to_be_checked()
    expect(run).to_be_enabled()
    screenshot(page, "preview")
    run_shown(page, upload_words.TYPED_NAME)
    here(page, words.here(0, 4, "", 0))
    expect(page.get_by_text("activity → sunspots")).to_be_visible()
    screenshot(page, "result")


def test_the_lines_of_a_file_are_sequences_that_outlive_reload_page_and_back(page, app_url):
    explore(page, app_url)
    give(page, LINES)
    expect(page.get_by_text("I see 3 sequences, one per line.")).to_be_visible()
    run_shown(page, "lines.txt")
    page.get_by_role("button", name=upload_words.NEXT, exact=False).first.click()
    expect(page).to_have_url(re.compile(r"part=2"))
    page.reload()
    expect(page.get_by_text("lines.txt · line 2")).to_be_visible()
    page.get_by_role("link", name=memory_words.TITLE).click()
    expect(page).to_have_url(re.compile("/memory.*session="))
    page.go_back()
    expect(page.get_by_text("lines.txt · line 2")).to_be_visible()
    expect(page).to_have_url(re.compile(r"upload=lines.txt.*part=2"))


UPLOADED = "**/_stcore/upload_file/**"


def refuse(route: Route, status: int) -> None:
    """Answer an upload with a status instead of the server."""
    route.fulfill(status=status)


def test_a_file_that_did_not_arrive_is_said_in_a_sentence(page, pages, app_url):
    pages.watch(page).accept("upload_file")
    pages.watch(page).accept("File uploader error")  # Streamlit's own word
    explore(page, app_url)
    at_rest(page)
    page.get_by_role("button", name=words.UPLOAD, exact=False).first.click()
    given = page.locator('input[type="file"]')
    refusals = {
        507: upload_words.NO_ROOM,
        413: upload_words.larger_than_taken(200),
        403: upload_words.NOT_ARRIVED,
    }
    for status, sentence in refusals.items():
        page.route(UPLOADED, partial(refuse, status=status))
        given.set_input_files({"name": "*a*.txt", "mimeType": "text/plain", "buffer": b"BTS"})
        said = page.get_by_role("alert").filter(has_text=sentence.replace("{name}", "*a*.txt"))
        expect(said).to_be_visible()
        page.unroute(UPLOADED)
        page.get_by_test_id("stFileChipDeleteBtn").get_by_role("button").click()
        expect(said).to_have_count(0)
    given.set_input_files({"name": "b.txt", "mimeType": "text/plain", "buffer": LINES[1]})
    run_shown(page, "b.txt")


def test_two_files_are_stepped_through_and_removed(page, app_url):
    explore(page, app_url, "?demo=sunspots&unit=0")
    give(page, LONG, ("b.csv", b"sunspots\n3\n5\n9\n7\n"))
    expect(page.get_by_text(upload_words.read_alike("b.csv", 1))).to_be_visible()
    run_shown(page, "long.csv")
    expect(page.get_by_text("I see 2 sequences, one for each 'id'.").first).to_be_attached()
    following = page.get_by_role("button", name=upload_words.NEXT, exact=False).first
    following.click()
    here(page, words.here(0, 2, "", 0))
    following.click()
    expect(page.get_by_text(words.not_in_link("b.csv"))).to_be_visible()
    here(page, words.here(0, 4, "", 0))
    page.get_by_role("button", name=upload_words.REMOVE, exact=False).first.click()
    expect(page.get_by_text(words.not_in_link("b.csv"))).to_be_hidden()
    page.get_by_role("combobox", name=words.SEQUENCE).first.click()
    expect(page.get_by_role("option", name="Uploaded: long.csv")).to_be_visible()
    expect(page.get_by_role("option", name="Uploaded: b.csv")).to_be_hidden()


def test_a_large_file_is_read_in_a_process_of_its_own_and_run(page, app_url):
    explore(page, app_url, "?demo=sunspots&unit=0")
    values = np.random.default_rng(0).uniform(0, 90, 95_000)
    text = "\n".join(["sunspots", *(f"{value:.9f}" for value in values)])
    give(page, ("large.csv.gz", gzip.compress(text.encode())))
    run = page.get_by_role("button", name=words.RUN, exact=True)
    expect(run).to_be_enabled(timeout=SLOWLY)
    run_shown(page, "large.csv.gz")
    expect(page.get_by_text("The file was packed by gzip.").first).to_be_attached()


def test_the_reading_of_a_large_file_shows_how_far_it_is_and_is_cancelled(page, app_url):
    explore(page, app_url, "?demo=sunspots&unit=0")
    row = ",".join(f"{value:.6f}" for value in np.random.default_rng(0).uniform(0, 90, 8))
    table = "\n".join(["sunspots,a,b,c,d,e,f,g", *[row] * 900_000])
    give(page, ("large.csv.gz", gzip.compress(table.encode(), 1)))
    expect(page.get_by_test_id("stProgress").filter(has_text="large.csv.gz")).to_be_visible()
    page.get_by_role("button", name=upload_words.CANCEL_READING, exact=False).last.click()
    expect(page.get_by_text(upload_words.head("large.csv.gz"))).to_be_hidden()
    page.get_by_role("combobox", name=words.SEQUENCE).first.click()
    expect(page.get_by_role("option", name="Uploaded: large.csv.gz")).to_be_visible()


def test_ids_are_read_by_the_vocabulary_that_comes_with_them(page, app_url):
    explore(page, app_url)
    give(page, ("ids.txt", b"0 1 0 1 4 3 6 1 6"), ("tokens.json", b'["B","T","P","S","X","V","E"]'))
    chosen = page.get_by_role("combobox", name=upload_words.VOCABULARY)
    expect(chosen).to_have_value("tokens.json")
    run_shown(page, "ids.txt")
    expect(page.get_by_text("The ids are those of the vocabulary tokens.json")).to_be_attached()


def test_a_file_with_a_gap_is_answered_and_run_by_keyboard_alone(page, app_url):
    explore(page, app_url, "?demo=sunspots&unit=0")
    tab_to(page, words.TYPE)
    page.keyboard.press("Enter")
    expect(page.get_by_label(words.TYPED_LABEL)).to_be_visible()
    tab_to(page, words.TYPED_LABEL)
    page.keyboard.press("Control+a")
    page.keyboard.insert_text(GAP[1].decode())
    page.keyboard.press("Control+Enter")
    expect(page.get_by_text("Interpolate", exact=True)).to_be_visible()
    tab_to(page, "Read nothing")
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("button", name=words.RUN, exact=True)).to_be_enabled()
    tab_to(page, upload_words.CLOSE)
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("upload=your"))
    expect(page.get_by_text("The value before is held.")).to_be_attached()


def test_the_preview_and_what_was_read_fit_a_phone_in_the_dark(pages, app_url, screenshot):
    page = explore(pages.open(width=390, dark=True, touch=True), app_url, "?demo=adding")
    head = ",".join(f"a long name of column {k}" for k in range(30))
    rows = "\n".join(",".join(f"{(k * r) % 7 + 0.25 * r}" for k in range(30)) for r in range(1, 6))
    give(
        page,
        (
            "wide.csv",
            f"value,mark,{head}\n".encode()
            + "\n".join(
                f"{0.25 * k},{k % 2},{row}" for k, row in enumerate(rows.split("\n"))
            ).encode(),
        ),
    )
    fits(page)
    screenshot(page, "preview")
    run_shown(page, "wide.csv")
    fits(page)
    page.get_by_text(upload_words.READ, exact=True).click()
    fits(page)
    screenshot(page, "result")


def test_a_name_from_a_file_is_text_everywhere_and_asks_for_nothing(page, app_url):
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    explore(page, app_url, "?demo=adding")
    data = f"{PICTURE},<img src=http://192.0.2.1/b.png>\n1.5,2.5\n2.5,1.5\n0.5,3.5\n".encode()
    give(page, (f"{PICTURE}.csv", data))
    page.get_by_text(upload_words.OTHERWISE, exact=True).click()
    expect(page.get_by_text(upload_words.QUESTIONS, exact=True)).to_be_visible()
    for _ in range(2):
        page.get_by_text(PICTURE, exact=False).locator(
            "visible=true"
        ).last.scroll_into_view_if_needed()
    page.get_by_role("button", name=upload_words.CLOSE, exact=False).click()
    assert reads(page)
    assert not [url for url in asked if "192.0.2.1" in url]


def test_what_the_server_no_longer_has_is_said(page, app_url):
    explore(page, app_url, f"?demo=reber&upload=gone.csv&session={'x' * 22}")
    told(page, "gone.csv")
