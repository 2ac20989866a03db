"""The Explore page in a browser: sequences of one's own, links, keyboard, and what follows."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from app.session.uploads import UPLOAD_MB
from app.session.view import INLINE_LIMIT
from app.words import common as words
from app.words import train as train_words
from app.words import uploads as upload_words
from app.words import your_model as model_words

from .details import details_say

START = "?demo=reber&text=BTBTXSETE"
BROKEN_PROMISE = "BTBPVVEPE"
NUMBER = re.compile(r"[01]\.\d+")
COLUMNS = """(canvas) => {  // how many of its columns differ from the one to their left
    const { width, height } = canvas;
    const { data } = canvas.getContext("2d").getImageData(0, 0, width, height);
    const pixels = new Uint32Array(data.buffer);
    const rows = Array.from({ length: height }, (_, y) => y * width);
    const differs = (_, x) => x > 0 && rows.some((row) => pixels[row + x] !== pixels[row + x - 1]);
    return Array.from({ length: width }, differs).filter(Boolean).length;
}"""
LATE_REPORTS = """(path) => {
    const [follower] = window[Symbol.for("gatescope")].followers.values();
    document.querySelector(`a[href$="${path}"]`).click();
    follower.tell({ t: 5, moment: Date.now() });
    setTimeout(() => follower.tell({ t: 6, moment: Date.now() }), 100);
}"""


def explore(page: Page, app_url: str, query: str = START) -> Page:
    """Open the page and wait until the stage and the details stand."""
    page.goto(f"{app_url}/{query}")
    expect(stage(page)).to_be_visible(timeout=30_000)  # the first page wakes the server
    expect(page.get_by_role("tab", name=words.TABS["arithmetic"])).to_be_visible()
    return page


def stage(page: Page) -> Locator:
    return page.locator("[data-timestep]").first


def here(page: Page, text: str) -> None:
    """The details, which follow the stage while they are in sight, are about this timestep."""
    details_say(page, text)


def at_rest(page: Page) -> None:
    """The server has done what it was asked for."""
    app = page.get_by_test_id("stApp")
    expect(app).to_have_attribute("data-test-script-state", "notRunning")


def told(page: Page, text: str) -> None:
    """The page says what was wrong, in one sentence."""
    expect(page.get_by_role("alert").filter(has_text=text)).to_be_visible()


def type_in(page: Page, text: str) -> None:
    page.get_by_role("button", name=words.TYPE, exact=False).first.click()
    box = page.get_by_label(words.TYPED_LABEL)
    box.fill(text)
    page.get_by_role("button", name=words.RUN, exact=True).click()


def upload(page: Page, name: str, data: bytes) -> None:
    field = page.locator('input[type="file"]')
    if field.count() == 0:  # the door is closed
        page.get_by_role("button", name=words.UPLOAD, exact=False).first.click()
    expect(field).to_have_count(1)  # the one before stays for a moment
    field.set_input_files({"name": name, "mimeType": "text/plain", "buffer": data})


def run_shown(page: Page, name: str) -> None:
    """Run the file that is shown."""
    expect(page.get_by_text(upload_words.head(name))).to_be_visible()
    page.get_by_role("button", name=words.RUN, exact=True).click()
    expect(page.get_by_text(words.not_in_link(name))).to_be_visible()
    at_rest(page)  # until then the form may still stand, with what it said of the file


def reads(page: Page) -> str:
    """The sequence picker's own words for what is on the stage."""
    return page.get_by_role("combobox", name=words.SEQUENCE).input_value()


def test_the_details_and_the_address_follow_the_stage_to_rest(page, app_url, screenshot):
    explore(page, app_url, START + "&t=3&unit=2")
    here(page, words.here(3, 9, "T", 2))
    stage(page).focus()
    page.keyboard.press("ArrowRight")
    here(page, words.here(4, 9, "X", 2))
    expect(page).to_have_url(re.compile(r"[?&]t=4(&|$)"))
    page.keyboard.press("ArrowDown")
    expect(page.locator(".here")).not_to_contain_text("unit 2")
    screenshot(page, "follows")


def test_the_server_is_told_where_the_reader_is_once_something_that_follows_is_in_sight(
    page, app_url
):
    sent: list[object] = []

    def listen(socket):
        socket.on("framesent", lambda data: sent.append(data))  # noqa: PLW0108 (Playwright marks it)

    page.on("websocket", listen)
    explore(page, app_url, START + "&t=3&unit=2&details=what_if")
    expect(page.locator(".here")).to_have_count(1)
    at_rest(page)
    sent.clear()
    stage(page).focus()
    for t in (4, 5):
        page.keyboard.press("ArrowRight")
        expect(page).to_have_url(re.compile(rf"[?&]t={t}(&|$)"))
    page.get_by_role("button", name="All units and gates").click()
    expect(page).to_have_url(re.compile(r"[?&]all_units=1(&|$)"))
    assert not sent
    here(page, words.here(5, 9, "S", 2))
    assert len(sent) == 1
    page.keyboard.press("f")  # slow motion, which no details show
    expect(page).to_have_url(re.compile(r"[?&]slow=1(&|$)"))
    assert len(sent) == 1
    for name in ("arithmetic", "prediction", "values"):  # which follow in the browser
        page.get_by_role("tab", name=words.TABS[name]).click()
        here(page, words.here(5, 9, "S", 2))
        at_rest(page)
        sent.clear()
        stage(page).focus()
        page.keyboard.press("ArrowLeft")
        here(page, words.here(4, 9, "X", 2))
        expect(page).to_have_url(re.compile(r"[?&]t=4(&|$)"))
        page.keyboard.press("ArrowRight")
        here(page, words.here(5, 9, "S", 2))
        expect(page).to_have_url(re.compile(r"[?&]t=5(&|$)"))
        assert not sent


def test_what_is_chosen_counts_from_where_the_reader_is_though_nobody_was_told(page, app_url):
    explore(page, app_url, START + "&t=3&unit=2")
    expect(page.locator(".here")).to_have_count(1)
    at_rest(page)
    stage(page).focus()
    page.keyboard.press("ArrowRight")
    expect(page).to_have_url(re.compile(r"[?&]t=4(&|$)"))
    page.keyboard.press("ArrowRight")
    page.get_by_text("GRU", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(words.HEADLINES["gru"])
    expect(stage(page)).to_have_attribute("data-timestep", "5")
    expect(page).to_have_url(re.compile("t=5.*cell=gru"))
    page.reload()
    expect(stage(page)).to_have_attribute("data-timestep", "5", timeout=60_000)
    page.go_back()
    expect(page.get_by_role("heading", level=1)).to_have_text(words.HEADLINES["lstm"])
    expect(stage(page)).to_have_attribute("data-timestep", "5")


def test_the_first_screen_says_what_there_is_to_see_and_one_button_moves_on(page, app_url):
    explore(page, app_url, START + "&t=3&unit=2")
    expect(page.get_by_role("heading", level=1)).to_have_text(words.HEADLINES["lstm"])
    expect(page.locator(".sentence")).to_contain_text("Reads T.")
    page.get_by_role("button", name="Next step").click()
    expect(page.locator(".sentence")).to_contain_text("Reads X.")
    here(page, words.here(4, 9, "X", 2))


def test_the_address_remembers_that_all_units_and_gates_are_shown(pages, app_url):
    page = explore(pages.open(), app_url, START)
    expect(page.locator(".panel")).to_have_count(0)
    page.get_by_role("button", name="All units and gates").click()
    expect(page.locator(".panel")).to_have_count(6)
    expect(page).to_have_url(re.compile(r"[?&]all_units=1(&|$)"))
    elsewhere = explore(pages.open(), app_url, "?" + page.url.partition("?")[2])
    expect(elsewhere.locator(".panel")).to_have_count(6)


def test_the_page_is_found_again_where_the_stage_came_to_rest(page, app_url):
    explore(page, app_url, START + "&t=3&unit=2")
    stage(page).focus()
    page.keyboard.press("ArrowRight")
    here(page, words.here(4, 9, "X", 2))
    page.get_by_role("link", name=train_words.TITLE).click()
    expect(page.get_by_role("button", name=train_words.TRAIN, exact=True)).to_be_visible()
    page.get_by_role("link", name="Explore").click()
    here(page, words.here(4, 9, "X", 2))


def test_stepping_leaves_no_trail_in_the_browsers_history(page, app_url):
    explore(page, app_url)
    before = page.evaluate("history.length")
    assert before < 50  # further no browser counts
    stage(page).focus()
    for t in (1, 2, 3):
        page.keyboard.press("ArrowRight")
        expect(page).to_have_url(re.compile(rf"[?&]t={t}(&|$)"))
    assert page.evaluate("history.length") == before


def test_going_back_to_a_timestep_of_an_earlier_sequence_is_followed(page, app_url):
    explore(page, app_url)
    stage(page).focus()
    page.keyboard.press("ArrowRight")
    here(page, words.here(1, 9, "T", 0))
    type_in(page, BROKEN_PROMISE)
    here(page, words.here(0, 9, "B", 0))
    expect(stage(page)).to_have_attribute("data-timestep", "0")
    stage(page).focus()
    page.keyboard.press("ArrowRight")
    here(page, words.here(1, 9, "T", 0))
    expect(page).to_have_url(re.compile(r"[?&]t=1(&|$)"))


def test_a_page_that_is_left_reports_nothing_that_would_empty_the_next_one(page, app_url):
    explore(page, app_url)
    at_rest(page)
    page.evaluate(LATE_REPORTS, "/model")
    expect(page.get_by_text(model_words.PRIVATE)).to_be_visible()
    at_rest(page)
    expect(page.get_by_text(model_words.PRIVATE)).to_be_visible()


def test_back_and_forward_undo_and_redo_a_choice(page, app_url):
    explore(page, app_url, START + "&t=3")
    stage(page).focus()
    page.keyboard.press("ArrowRight")
    here(page, words.here(4, 9, "X", 0))
    type_in(page, BROKEN_PROMISE)
    expect(page).to_have_url(re.compile(f"text={BROKEN_PROMISE}"))
    page.get_by_text("GRU", exact=True).click()
    expect(page).to_have_url(re.compile("cell=gru"))
    page.go_back()
    expect(page.get_by_role("heading", name=words.HEADLINES["lstm"])).to_be_visible()
    at_rest(page)
    page.go_back()
    here(page, words.here(4, 9, "X", 0))
    at_rest(page)
    expect(stage(page)).to_have_attribute("data-timestep", "4")
    expect(page).to_have_url(re.compile(r"text=BTBTXSETE.*t=4"))
    page.go_forward()
    here(page, words.here(0, 9, "B", 0))
    expect(page).to_have_url(re.compile(f"text={BROKEN_PROMISE}"))


def test_a_typed_sequence_is_run_and_its_link_opens_the_same_screen(pages, app_url):
    page = explore(pages.open(), app_url)
    type_in(page, BROKEN_PROMISE)
    here(page, words.here(0, 9, "B", 0))
    stage(page).focus()
    page.keyboard.press("End")
    page.keyboard.press("ArrowDown")
    expect(page).to_have_url(re.compile(r"text=BTBPVVEPE.*t=8"))
    page.get_by_role("tab", name=words.TABS["prediction"]).click()
    expect(page.get_by_text(words.EXPECTS)).to_be_visible()
    expect(page).to_have_url(re.compile("details=prediction"))

    elsewhere = pages.open()
    elsewhere.goto(page.url)
    expect(elsewhere.get_by_text(words.EXPECTS)).to_be_visible()
    for name in ("data-timestep", "data-unit"):
        expect(stage(elsewhere)).to_have_attribute(name, stage(page).get_attribute(name))
    expect(elsewhere.locator(".here")).to_have_text(page.locator(".here").inner_text())
    expected = page.locator(".prediction").text_content() or ""
    expect(elsewhere.locator(".prediction")).to_have_text(expected)


def test_the_link_can_be_copied(page, app_url):
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    explore(page, app_url, START + "&t=3")
    page.get_by_role("button", name=words.COPY).click()
    expect(page.get_by_text(words.COPIED)).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()") == page.url


def test_a_bad_typed_symbol_is_told_and_the_stage_stays(page, app_url):
    explore(page, app_url, START + "&t=3")
    type_in(page, "BTQ")
    told(page, "position 3: 'Q' is not in the alphabet")
    expect(stage(page)).to_have_attribute("data-timestep", "3")
    expect(page).to_have_url(re.compile("text=BTBTXSETE"))


def test_an_uploaded_sequence_is_run_and_said_to_be_missing_from_the_link(pages, app_url):
    page = explore(pages.open(), app_url)
    for name, data in (
        ("mine.txt", b"BPBTXSEPE\n"),
        ("mine.csv", b"symbol\nB\nP\nB\nT\nX\nS\nE\n"),
        ("mine.tsv", b"n\tsymbol\n1\tBPBTXSEPE\n2\tBPBT\n"),
    ):
        upload(page, name, data)
        run_shown(page, name)
        here(page, words.here(0, 7 if name == "mine.csv" else 9, "B", 0))
        expect(page).to_have_url(re.compile(rf"upload={name}"))

    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.get_by_role("button", name=words.COPY).click()
    expect(page.get_by_text(words.COPIED)).to_be_visible()
    elsewhere = pages.open()
    elsewhere.goto(page.evaluate("navigator.clipboard.readText()"))
    told(elsewhere, "mine.tsv")
    expect(stage(elsewhere)).to_be_visible()


def test_numbers_from_a_file_are_scaled_as_in_training_and_said_to_be(page, app_url):
    explore(page, app_url, "?demo=sunspots&unit=0")
    upload(page, "mine.csv", b"year,sunspots\n1700,5\n1701,11\n1702,16\n")
    run_shown(page, "mine.csv")
    expect(page.get_by_text("The network reads (value")).to_be_visible()
    here(page, words.here(0, 3, "", 0))


def test_a_bad_file_is_told_and_the_stage_stays(page, app_url):
    explore(page, app_url, START + "&t=3")
    for name, data, sentence in (
        ("bad.txt", b"BTZ", "position 3: 'Z'"),
        ("empty.txt", b"", "is empty"),
        ("latin.txt", b"BT\xe9", "position 3: 'é'"),
        ("model.pt", b"\x80\x02}q\x00.", "model.pt"),
    ):
        upload(page, name, data)
        told(page, sentence)
        expect(stage(page)).to_have_attribute("data-timestep", "3")
        expect(page).to_have_url(re.compile("text=BTBTXSETE"))


def test_a_number_that_is_none_is_told_with_its_line(page, app_url):
    explore(page, app_url, "?demo=sunspots&t=3")
    upload(page, "bad.csv", b"sunspots\n5\nmany\n6\n")
    told(page, "line 3, column 'sunspots', is 'many'")
    upload(page, "inf.csv", b"sunspots\n5\ninf\n")
    told(page, "expected a finite number")
    expect(stage(page)).to_have_attribute("data-timestep", "3")


def test_a_file_over_the_limit_is_refused_in_one_sentence(page, app_url, tmp_path: Path):
    explore(page, app_url, START + "&t=3")
    huge = tmp_path / "huge.txt"
    with huge.open("wb") as file:
        file.truncate((UPLOAD_MB + 1) * 2**20)
    page.get_by_role("button", name=words.UPLOAD, exact=False).first.click()
    page.locator('input[type="file"]').set_input_files(huge)
    expect(page.get_by_text(re.compile(f"{UPLOAD_MB}.*MB or smaller"))).to_be_visible()
    expect(stage(page)).to_have_attribute("data-timestep", "3")


def test_a_long_typed_sequence_stays_in_the_session_and_says_so(page, app_url):
    explore(page, app_url)
    type_in(page, "BTBT" + "S" * INLINE_LIMIT + "XSETE")
    run_shown(page, upload_words.TYPED_NAME)
    here(page, words.here(0, INLINE_LIMIT + 9, "B", 0))


def test_a_new_random_sequence_has_a_link_of_its_own(pages, app_url):
    page = explore(pages.open(), app_url)
    page.get_by_role("button", name=words.NEW, exact=False).first.click()
    expect(page).to_have_url(re.compile(r"seed=\d+"))
    elsewhere = explore(pages.open(), app_url, "?" + page.url.partition("?")[2])
    expect(elsewhere.locator(".here")).to_have_text(page.locator(".here").inner_text())
    assert reads(elsewhere) == reads(page)


def test_another_network_opens_at_its_moment(page, app_url):
    explore(page, app_url, START + "&t=5")
    page.get_by_role("combobox", name=words.DEMO).click()
    page.get_by_role("option", name="Sunspots").click()
    expect(page).to_have_url(re.compile("demo=sunspots"))
    expect(stage(page)).to_have_attribute("data-timestep", "154")  # the middle of 309 years


@pytest.mark.parametrize(
    "query", ["?demo=..%2F..%2Fetc&t=-5", "?text=%3Cscript%3E&unit=x", "?seed=1e9&details=%00"]
)
def test_nonsense_in_the_address_opens_a_page(page, app_url, query):
    explore(page, app_url, query)
    expect(page.get_by_role("combobox", name=words.DEMO)).to_be_visible()


def test_beside_the_lstm_its_standard_rnn_is_one_click_away(page, app_url):
    explore(page, app_url, "?demo=first_letter&t=9")
    page.get_by_role("radio", name="RNN", exact=True).click()
    expect(page).to_have_url(re.compile("cell=rnn"))
    expect(page.locator(".module")).to_contain_text("tanh")
    expect(page.locator('.panel[data-signal="cell_state"]')).to_have_count(0)
    expect(stage(page)).to_have_attribute("data-timestep", "9")


def test_of_a_long_run_the_stage_asks_the_server_itself_for_a_finer_view(page, app_url):
    explore(page, app_url, START + "&all_units=1")
    type_in(page, "BTXSETE" + "BPVVEPE" * 800)
    run_shown(page, upload_words.TYPED_NAME)
    at_rest(page)
    number = page.locator('.now-number[data-signal="forget_gate"]')
    expect(number).to_have_text(NUMBER)
    stage(page).focus()
    with page.expect_response(lambda answer: "run-details" in answer.url) as answered:
        page.keyboard.press("+")
        page.keyboard.press("+")  # 2,492 timesteps, more than are here as they are
    assert answered.value.ok
    # a column for two timesteps or three, where the whole run has one for five
    heatmap = page.locator('.panel[data-signal="forget_gate"] canvas.heatmap').element_handle()
    page.wait_for_function(f"(canvas) => ({COLUMNS})(canvas) > 650", arg=heatmap)
    heatmap.hover()
    with page.expect_response(lambda answer: "run-details" in answer.url):
        page.mouse.wheel(900, 0)  # away from the cursor, and it stays there
    page.wait_for_timeout(300)
    expect(page.locator(".zoom")).to_contain_text(re.compile(r"timesteps [12],?\d{3} to"))
    stage(page).focus()
    with page.expect_response(lambda answer: "run-details" in answer.url) as answered:
        page.keyboard.press("End")
    assert answered.value.ok
    expect(stage(page)).to_have_attribute("data-timestep", "5606")
    expect(number).to_have_text(NUMBER)


def test_a_gate_is_pulled_by_hand_and_by_keys_and_let_go(page, app_url, screenshot):
    explore(page, app_url, "?demo=reber&t=3&unit=2")
    gate = page.locator('.pull[data-signal="forget_gate"]')
    box = gate.bounding_box()
    assert box is not None
    x, y = box["x"] + 30, box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x, y + 300, steps=3)
    with page.expect_response(lambda answer: "pulled-run" in answer.url) as answered:
        page.mouse.up()
    assert answered.value.ok  # the stage asked for the run itself
    expect(gate).to_have_class(re.compile("held"))
    expect(gate).to_have_attribute("aria-valuenow", "0.000")
    expect(page.locator(".module .gate-number").first).to_have_text("f = 0.000")
    expect(page).to_have_url(re.compile(r"whatif=forget_gate%3A0%3A2%3A3-3"))
    expect(page.get_by_text("As it was", exact=True)).to_be_visible()
    screenshot(page, "pulled")
    gate.focus()
    page.keyboard.press("PageUp")
    page.keyboard.press("ArrowUp")
    expect(page).to_have_url(re.compile(r"whatif=forget_gate%3A0.3%3A2%3A3-3"))
    expect(stage(page)).to_have_attribute("data-unit", "2")  # the arrows were the gate's
    expect(gate).to_be_focused()  # also in the drawing of the new run
    page.keyboard.press("Delete")
    expect(gate).not_to_have_class(re.compile("held"))
    expect(page).not_to_have_url(re.compile("whatif"))


def test_a_stretch_of_a_gate_is_painted_shut(page, app_url):
    explore(page, app_url, "?demo=reber&t=3&unit=2&all_units=1")
    heatmap = page.locator('.panel[data-signal="output_gate"] canvas.heatmap')
    heatmap.scroll_into_view_if_needed()
    box = heatmap.bounding_box()
    assert box is not None
    y = box["y"] + 2.5 / 12 * box["height"]  # unit 2 of 12
    page.keyboard.down("Shift")
    page.mouse.move(box["x"] + 2.5 / 24 * box["width"], y)
    page.mouse.down()
    page.mouse.move(box["x"] + 5.5 / 24 * box["width"], y, steps=3)
    page.mouse.up()
    page.keyboard.up("Shift")
    expect(page).to_have_url(re.compile(r"whatif=output_gate%3A[01]%3A2%3A2-5"))
    expect(page.locator('.pull[data-signal="output_gate"]')).to_have_class(re.compile("held"))
