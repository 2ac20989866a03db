"""Lesson links, their QR codes, lesson plans, and a class that follows its teacher."""

from __future__ import annotations

import re
from urllib.parse import parse_qs, urlsplit

from playwright.sync_api import Locator, Page, expect

from app.words import common as words
from app.words import teaching as teaching_words

from .test_explore import explore, stage

LINK, ROOM = teaching_words.LINK, teaching_words.ROOM


def teach(page: Page) -> None:
    """Open what teachers have."""
    page.get_by_role("tab", name=words.TABS["teach"]).click()
    expect(page.locator(".lesson-link")).to_be_visible()


def leave_out(page: Page, *names: str) -> str:
    """Leave controls out of the lesson link, and return it."""
    for name in names:
        page.get_by_label(teaching_words.CONTROLS[name]).check()
    return page.get_by_role("textbox", name=LINK["link"]).input_value()


def bar(page: Page) -> Locator:
    """What says that a page leads or follows."""
    return page.locator(".class-room section")


def at_the_same(page: Page, teacher: Page) -> None:
    """A page is where the teacher's is: the same screen, timestep and unit."""
    for name in ("timestep", "unit"):
        wanted = stage(teacher).get_attribute(f"data-{name}")
        expect(stage(page)).to_have_attribute(f"data-{name}", str(wanted), timeout=60_000)


def open_room(page: Page, word: str) -> str:
    """Open a room, and return the link to it."""
    page.get_by_role("textbox", name=ROOM["word"]).fill(word)
    page.get_by_role("button", name=ROOM["open_room"]).click()
    expect(page.get_by_role("img", name=ROOM["room_code"])).to_be_visible()
    return page.get_by_role("textbox", name=ROOM["room_link"]).input_value()


def test_a_phone_opens_a_lesson_link_without_what_is_left_out_and_follows_its_teacher_in_a_room(
    pages, app_url, screenshot
):
    teacher = explore(pages.open(), app_url, "?demo=reber&text=BTBTXSETE&t=3&unit=2")
    stage(teacher).focus()
    teacher.keyboard.press("ArrowRight")
    expect(teacher).to_have_url(re.compile("t=4"))
    teach(teacher)
    link = leave_out(teacher, "network", "own", "new", "details", "pages", "link")
    expect(teacher.get_by_role("img", name=LINK["code"])).to_be_visible()
    assert open_room(teacher, "LSTM-7b") == f"{app_url}/?room=lstm-7b"
    expect(bar(teacher)).to_contain_text(ROOM["leading"].replace("{word}", "lstm-7b"))
    screenshot(teacher, "leads")

    phone = pages.open(width=390, height=844)
    phone.goto(f"{link}&room=lstm-7b")
    at_the_same(phone, teacher)
    expect(stage(phone)).to_have_attribute("data-timestep", "4")
    expect(phone.get_by_role("combobox", name=words.SEQUENCE)).to_be_visible()
    for role, name in (
        ("combobox", words.DEMO),
        ("button", words.TYPE),
        ("button", words.NEW),
        ("button", words.COPY),
        ("tab", words.TABS["teach"]),
        ("link", "Learn"),
    ):
        expect(phone.get_by_role(role, name=name)).to_have_count(0)
    said = bar(phone).get_by_role("status")  # a polite voice
    expect(said).to_have_text(ROOM["following"].replace("{word}", "lstm-7b"))
    expect(bar(teacher)).to_contain_text(ROOM["count"].replace("{n}", "1"))
    screenshot(phone, "follows")
    stage(teacher).focus()
    for key in ("ArrowRight", "ArrowDown"):
        teacher.keyboard.press(key)
        at_the_same(phone, teacher)

    stage(phone).focus()
    phone.keyboard.press("ArrowRight")
    expect(phone).to_have_url(re.compile(r"hide=.*t=6|t=6.*hide="))
    expect(said).to_have_text(ROOM["alone"].replace("{word}", "lstm-7b"))
    gate = phone.locator('.pull[data-signal="forget_gate"]')
    gate.focus()
    phone.keyboard.press("PageDown")
    expect(gate).to_have_class(re.compile("held"))
    expect(phone).to_have_url(re.compile(r"whatif=forget_gate"))  # though nothing of What if shows
    expect(phone.get_by_text(re.compile("incident"))).to_have_count(0)
    gate.press("Delete")
    expect(phone).not_to_have_url(re.compile("whatif"))
    teacher.get_by_role("button", name=words.NEW).click()
    expect(teacher).to_have_url(re.compile("seed="))
    expect(phone).to_have_url(re.compile("text=BTBTXSETE"))
    phone.get_by_role("button", name=ROOM["again"]).click()
    seed = parse_qs(urlsplit(teacher.url).query)["seed"][0]
    expect(phone).to_have_url(re.compile(f"hide=.*seed={seed}|seed={seed}.*hide="))
    at_the_same(phone, teacher)
    bar(teacher).get_by_role("button", name=ROOM["close_room"]).click()
    expect(said).to_have_text(ROOM["closed"].replace("{word}", "lstm-7b"))
    phone.get_by_role("button", name=ROOM["leave"]).click()
    expect(bar(phone)).to_be_hidden()


def test_a_lesson_plan_leads_from_screen_to_screen_by_buttons_and_by_a_clicker(page, app_url):
    explore(page, app_url, "?demo=reber&text=BTBTXSETE&t=7")
    teach(page)
    page.get_by_role("button", name=LINK["add"]).click()
    page.get_by_label(LINK["open"]).set_input_files(
        {
            "name": "plan.txt",
            "mimeType": "text/plain",
            "buffer": b"# First\n/?demo=reber&text=BTBTXSETE&t=7\n"
            b"# Second\nhttp://elsewhere/?demo=first_letter&t=2&language=es&present=1\n",
        }
    )
    expect(page.locator(".lesson-link li")).to_have_count(2)
    page.get_by_role("button", name=LINK["play"], exact=True).click()
    bar = page.get_by_role("navigation", name=teaching_words.PLAN["region"])
    expect(bar).to_contain_text("1 of 2: First", timeout=60_000)
    bar.get_by_role("button", name=teaching_words.PLAN["next"]).click()
    expect(page).to_have_url(re.compile("language=es"))
    expect(page.locator("[data-presented]")).to_have_count(1, timeout=60_000)
    expect(page.locator("#first-sight")).to_have_count(0)
    expect(page.locator(".lesson-plan nav")).to_have_count(1)  # there, though nothing is seen of it
    page.keyboard.press("Home")
    expect(stage(page)).to_have_attribute("data-timestep", "0")
    page.keyboard.press("PageUp")  # at the beginning of what is presented: back in the plan
    expect(bar).to_contain_text("1 of 2: First", timeout=60_000)
    expect(stage(page)).to_have_attribute("data-timestep", "7")
    bar.get_by_role("button", name=teaching_words.PLAN["end"]).click()
    expect(bar).to_have_count(0)
