"""Learn: each step is done on the stage or answered before it is seen."""

from __future__ import annotations

from html import unescape

from app.lessons import lesson
from app.words import learn as words

from ..pages import link, one_page, opened, ran, reported, texts

STORY = lesson("story").steps
ASKS = next(k for k, step in enumerate(STORY) if step.question is not None)


def learn(**address: str):
    return opened(one_page("learn"), address)


def test_the_page_begins_with_the_first_step_of_the_story():
    app = learn()
    assert STORY[0].title in texts(app)
    assert words.DONE not in texts(app)


def test_a_task_is_done_where_the_stage_has_come_far_enough_and_stays_done():
    app = learn()
    reported(app, "learn-stage", t=STORY[0].until_timestep)
    assert words.DONE in texts(app)
    ran(app.button(key="lesson-next").click().run())
    assert STORY[1].title in texts(app)
    assert link(app)["step"] == "1"
    assert link(app).get("t") == str(STORY[1].timestep)
    ran(app.button(key="lesson-back").click().run())
    assert STORY[0].title in texts(app)
    assert words.DONE in texts(app)


def test_a_question_is_answered_before_the_stage_shows_it():
    app = learn(step=str(ASKS))
    question = STORY[ASKS].question
    assert link(app)["t"] == str(STORY[ASKS].timestep)
    assert words.RIGHT not in texts(app)
    wrong = next(option for option in question.options if option != question.right)
    ran(app.radio(key=f"answer-story-{ASKS}").set_value(wrong).run())
    assert words.WRONG.format(right=question.right) in unescape(texts(app))
    assert link(app)["t"] == str(question.reveal)
    ran(app.radio(key=f"answer-story-{ASKS}").set_value(question.right).run())
    assert words.RIGHT in texts(app)


def test_a_link_opens_a_step_at_its_own_timestep_or_at_the_one_it_names():
    assert link(learn(lesson="gates", step="1"))["t"] == str(lesson("gates").steps[1].timestep)
    named = link(learn(lesson="gates", step="1", t="7"))
    assert (named["lesson"], named["step"], named["t"]) == ("gates", "1", "7")


def test_a_lesson_or_step_that_there_is_not_takes_the_first_and_the_last():
    assert STORY[0].title in texts(learn(lesson="nonsense"))
    assert STORY[-1].title in texts(learn(step="999"))
    assert words.AGAIN in [button.label for button in learn(step="999").button]


def test_another_lesson_begins_at_its_beginning():
    app = learn(step="3")
    ran(app.segmented_control(key="lesson").set_value("python").run())
    assert lesson("python").steps[0].title in texts(app)
    assert link(app)["lesson"] == "python"
