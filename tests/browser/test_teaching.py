"""Lesson links, their QR codes, lesson plans, and a class that follows its teacher."""

from __future__ import annotations

import re

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


def test_a_lesson_link_opens_on_a_phone_where_it_was_made_without_what_is_left_out(
    pages, app_url, screenshot
):
    page = explore(pages.open(), app_url, "?demo=reber&text=BTBTXSETE&t=3&unit=2")
    stage(page).focus()
    page.keyboard.press("ArrowRight")
    expect(page).to_have_url(re.compile("t=4"))
    teach(page)
    link = leave_out(page, "network", "own", "new", "details", "pages", "link")
    expect(page.get_by_role("img", name=LINK["code"])).to_be_visible()
    screenshot(page, "made")
    phone = pages.open(width=390, height=844)
    phone.goto(link)
    expect(stage(phone)).to_have_attribute("data-timestep", "4", timeout=60_000)
    expect(stage(phone)).to_have_attribute("data-unit", "2")
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
    stage(phone).focus()
    phone.keyboard.press("ArrowRight")
    expect(phone).to_have_url(re.compile(r"hide=.*t=5|t=5.*hide="))
    screenshot(phone, "opened")


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


def bar(page: Page) -> Locator:
    """What says that a page leads or follows."""
    return page.locator(".class-room section")


def at_the_same(page: Page, teacher: Page) -> None:
    """A page is where the teacher's is: the same screen, timestep and unit."""
    for name in ("timestep", "unit"):
        wanted = stage(teacher).get_attribute(f"data-{name}")
        expect(stage(page)).to_have_attribute(f"data-{name}", str(wanted), timeout=60_000)


def test_a_class_follows_its_teacher_until_a_student_takes_over(pages, app_url, screenshot):
    teacher = explore(pages.open(), app_url, "?demo=reber&text=BTBTXSETE&t=3&unit=2")
    teach(teacher)
    teacher.get_by_role("textbox", name=ROOM["word"]).fill("LSTM-7b")
    teacher.get_by_role("button", name=ROOM["open_room"]).click()
    link = teacher.get_by_role("textbox", name=ROOM["room_link"]).input_value()
    expect(bar(teacher)).to_contain_text(ROOM["leading"].replace("{word}", "lstm-7b"))
    expect(teacher.get_by_role("img", name=ROOM["room_code"])).to_be_visible()
    screenshot(teacher, "leads")

    student = pages.open(width=390, height=844, dark=True)
    student.goto(link)
    at_the_same(student, teacher)
    said = bar(student).get_by_role("status")  # a polite voice
    expect(said).to_have_text(ROOM["following"].replace("{word}", "lstm-7b"))
    expect(bar(teacher)).to_contain_text(ROOM["count"].replace("{n}", "1"))
    expect(student).to_have_url(re.compile("text=BTBTXSETE"))
    screenshot(student, "follows")
    stage(teacher).focus()
    for key in ("ArrowRight", "ArrowDown"):
        teacher.keyboard.press(key)
        at_the_same(student, teacher)

    stage(student).focus()
    student.keyboard.press("Home")
    again = student.get_by_role("button", name=ROOM["again"])
    expect(again).to_be_visible()
    expect(said).to_have_text(ROOM["alone"].replace("{word}", "lstm-7b"))
    teacher.goto(f"{app_url}/memory?demo=first_letter&t=5")  # leads on, from another page
    expect(bar(teacher)).to_contain_text("lstm-7b", timeout=60_000)
    expect(stage(teacher)).to_have_attribute("data-timestep", "5", timeout=60_000)
    expect(stage(student)).to_have_attribute("data-timestep", "0")
    again.click()
    expect(student).to_have_url(re.compile("/memory"), timeout=60_000)
    at_the_same(student, teacher)
    bar(teacher).get_by_role("button", name=ROOM["close_room"]).click()
    expect(said).to_have_text(ROOM["closed"].replace("{word}", "lstm-7b"))
    student.get_by_role("button", name=ROOM["leave"]).click()
    expect(bar(student)).to_be_hidden()
