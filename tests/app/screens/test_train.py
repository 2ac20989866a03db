"""The page Train as a reader uses it, without a browser and without worker processes."""

from __future__ import annotations

from html import escape
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from streamlit.testing.v1 import AppTest

from app.container import unpack
from app.screens.train import (
    page as train,
)
from app.screens.train import (
    result,
    run_panel,
    workbench_feed,
)
from app.screens.train.choices import understood
from app.session import demos, trained_networks
from app.session import experiments as session_experiments
from app.session.shared_store import store
from app.session.subjects import recipe_words, title_of, trained, trained_name
from app.trainer import check, watched_sequence
from app.words import common as words
from app.words import take_along as take_along_words
from app.words import train as train_words
from lstm_core.experiment import VARIANTS, Experiment, model_of, read, recommended, size, spell
from lstm_core.tasks import LENGTHS, make_task
from tests.app import pages
from tests.app.pages import (
    MOMENTS,
    button,
    choose,
    component,
    link,
    one_page,
    picker,
    press,
    ran,
    texts,
    whole_app,
)
from tests.app.still_trainer import StillTrainer

TINY = {"task": "temporal_order_6a", "length": "20", "units": "3", "updates": "8", "batch": "2"}
CELLS = ("rnn", "gru", *VARIANTS)


@pytest.fixture(autouse=True)
def trainer(monkeypatch: pytest.MonkeyPatch) -> StillTrainer:
    """Train in this process, when told to."""
    still = StillTrainer()
    for module in (train, run_panel, workbench_feed, result):
        monkeypatch.setattr(module, "trainer", lambda: still)
    monkeypatch.setattr(run_panel, "AFTERMATH", 0.0)
    return still


def opened(**address: str) -> AppTest:
    return pages.opened(one_page("train"), address)


def told(app: AppTest) -> dict[str, Any]:
    """What the workbench was told; the kept checkpoints as a list."""
    document, arrays = unpack(component(app, "gatescope_workbench").bytes)
    feed = document["feed"]
    kept = arrays[feed["kept"]].astype(int).tolist()
    sent = [snapshot["update"] for snapshot in feed["snapshots"]]
    return {**feed, "kept": kept, "sent": sent, "run": document["head"]["run"]}


def look_at(app: AppTest, update: int, *missing: int) -> AppTest:
    """The page after the browser told which checkpoint is shown, and which it lacks."""
    report = {"run": told(app)["run"], "update": update, "missing": list(missing)}
    app.session_state["workbench"] = {"report": {**report, "moment": next(MOMENTS)}}
    return ran(app.run())


# The choices


def test_every_task_opens_with_what_works_for_it_and_shows_the_network_before_training():
    app = opened()
    for task in LENGTHS:
        choose(app, train_words.TASK, task)
        experiment = recommended(task)
        assert link(app) == spell(experiment)
        assert escape(make_task(task).question) in texts(app)
        assert f"{size(experiment):,} numbers to train" in texts(app)
        assert (told(app)["state"], told(app)["kept"], told(app)["sent"]) == ("untrained", [0], [0])


def test_another_cell_comes_with_what_works_for_it_and_keeps_the_seed():
    app = opened(task="adding", seed="7", units="9", cell="lstm_coupled")
    for cell in CELLS:
        choose(app, train_words.CELL, cell)
        assert link(app) == spell(recommended("adding", cell).replace(seed=7))


def test_as_many_numbers_as_the_lstm_is_the_number_of_units_that_comes_nearest():
    app = opened(task="temporal_order_6a", cell="rnn")
    press(app, train_words.AS_MANY)
    chosen, wanted = read(link(app)), size(recommended("temporal_order_6a"))
    away = abs(size(chosen) - wanted)
    assert all(
        away <= abs(size(chosen.replace(units=chosen.units + more)) - wanted) for more in (-1, 1)
    )


def test_a_number_that_is_typed_is_in_the_link_and_the_usual_length_is_not():
    app = opened(task="adding")
    boxes = {box.label: box for box in app.number_input}
    ran(boxes[train_words.UNITS].set_value(11).run())
    assert link(app)["units"] == "11"
    label = train_words.counts(LENGTHS["adding"].counts)
    for length, spelled in ((50, "50"), (LENGTHS["adding"].usual, None)):
        (box,) = [box for box in app.number_input if box.label == label]
        ran(box.set_value(length).run())
        assert link(app).get("length") == spelled


@pytest.mark.parametrize(("cell", "charged"), [("lstm", True), ("gru", True), ("rnn", False)])
def test_writing_can_be_charged_for_in_every_cell_that_writes(cell, charged):
    app = opened(task="adding", cell=cell)
    boxes = {box.label: box for box in app.number_input}
    assert (train_words.WRITE_PENALTY in boxes) == charged
    if charged:
        ran(boxes[train_words.WRITE_PENALTY].set_value(0.5).run())
        assert link(app)["write_penalty"] == "0.5"


def test_what_costs_too_much_is_refused_in_words_and_cannot_be_started():
    app = opened(task="adding", length="1000", units="1024", updates="1000000", batch="1024")
    with pytest.raises(ValueError, match="expected|would take") as refused:
        check(read(link(app)))
    assert escape(str(refused.value)) in texts(app)
    assert button(app, train_words.TRAIN).disabled


# Links

experiments = st.builds(
    lambda task, cell, units, seed, chrono: recommended(task, cell).replace(
        units=units, seed=seed, chrono=chrono
    ),
    st.sampled_from(list(LENGTHS)),
    st.sampled_from(CELLS),
    st.integers(1, 1024),
    st.integers(0, 2**32 - 1),
    st.booleans(),
)


@settings(max_examples=30, deadline=None)
@given(experiments, st.integers(0, 10**6))
def test_a_recipe_is_understood_as_it_was_spelled(experiment, update):
    assert spell(understood(spell(experiment))[0]) == spell(experiment)
    assert understood(spell(experiment))[1] == ""
    words = recipe_words(trained_name(experiment, update))
    assert words is not None
    assert spell(understood(words)[0]) == spell(experiment)


names = st.sampled_from([*Experiment.__dataclass_fields__, "demo", "at", ""])


@settings(max_examples=30, deadline=None)
@given(st.dictionaries(names, st.one_of(st.text(max_size=9), st.sampled_from(["gru", "5", "-1"]))))
def test_nonsense_takes_what_is_recommended_word_by_word(words):
    experiment, problem = understood(words)
    experiment.check()
    assert "\n" not in problem
    again, none = understood(spell(experiment))
    assert (spell(again), none) == (spell(experiment), "")


def test_nonsense_in_the_address_is_told_in_one_sentence():
    app = opened(task="temporal_order_6a", units="many", seed="5", cell="<b>")
    assert link(app) == spell(recommended("temporal_order_6a").replace(seed=5))
    page = texts(app)
    assert page.count('role="alert"') == 1
    assert "Shown instead" in page
    assert "<b>" not in page


# A run


def test_a_run_that_waits_its_turn_says_its_place_and_can_leave_the_line(trainer: StillTrainer):
    app = press(opened(**TINY), train_words.TRAIN)
    for place in (3, 1):
        trainer.state, trainer.place = "queued", place
        ran(app.run())
        assert told(app)["state_words"] == train_words.waits(place)
    press(app, train_words.CANCEL)
    assert told(app)["state_words"] == train_words.STATES["stopped"]
    assert button(app, train_words.STOP).disabled


def test_training_is_watched_paused_stepped_resumed_and_stopped():
    app = press(opened(**TINY), train_words.TRAIN)
    assert (told(app)["state"], told(app)["update"], told(app)["updates"]) == ("running", 3, 8)
    assert told(app)["left"] == train_words.time_left(12.0)
    press(app, train_words.PAUSE)
    press(app, train_words.STEP)
    assert (told(app)["state"], told(app)["kept"]) == ("paused", [0, 1, 2, 3, 4])
    press(app, train_words.RESUME)
    assert (told(app)["state"], told(app)["update"]) == ("running", 7)
    press(app, train_words.STOP)
    assert told(app)["state"] == "stopped"
    press(app, train_words.RESUME)
    assert (told(app)["state"], told(app)["update"]) == ("done", 8)
    assert button(app, train_words.PAUSE).disabled
    assert button(app, train_words.STEP).disabled


def test_one_update_can_be_the_first_thing_that_is_done():
    app = press(opened(**TINY), train_words.STEP)
    assert (told(app)["state"], told(app)["kept"]) == ("paused", [0, 1])
    press(app, train_words.STEP)
    assert told(app)["kept"] == [0, 1, 2]


def test_only_what_the_browser_lacks_is_sent():
    app = press(opened(**TINY), train_words.TRAIN)
    assert told(app)["sent"] == [3]
    assert told(ran(app.run()))["sent"] == []
    assert told(look_at(app, -1, 0, 2, 99))["sent"] == [0, 2]
    assert told(ran(app.run()))["sent"] == []


def test_going_on_from_an_earlier_checkpoint_forgets_what_came_after_it():
    app = press(opened(**TINY), train_words.TRAIN)
    press(app, train_words.PAUSE)
    look_at(app, 1)
    press(app, train_words.STEP)
    assert told(app)["kept"] == [0, 1, 2]
    press(app, train_words.STEP)  # the choice counted once: from where it stands now
    assert told(app)["kept"] == [0, 1, 2, 3]
    look_at(app, 0)
    press(app, train_words.GO_ON)
    assert (told(app)["state"], told(app)["kept"]) == ("running", [0, 1, 2, 3])


def test_other_choices_leave_the_run_where_it_is_until_train_is_pressed():
    app = press(opened(**TINY), train_words.TRAIN)
    first = told(app)["run"]
    choose(app, train_words.CELL, "gru")
    assert told(app)["run"] == first
    assert escape(train_words.CHANGED) in texts(app)
    press(app, train_words.TRAIN)
    assert told(app)["run"] != first
    assert escape(train_words.CHANGED) not in texts(app)


def test_a_run_that_is_gone_is_told_and_can_be_made_again(trainer):
    app = press(opened(**TINY), train_words.TRAIN)
    trainer.forget("run-1")
    assert escape(train_words.GONE) in texts(ran(app.run()))
    assert told(app)["state"] == "untrained"
    press(app, train_words.TRAIN)
    assert told(app)["state"] == "running"


def test_a_reloaded_page_finds_its_run_by_the_id_that_the_tab_remembers(trainer):
    trainer.start("another session", read(TINY))
    trainer.run_of = lambda session: None
    app = opened(**TINY)
    report = {"run": told(app)["run"], "update": -1, "missing": [], "adopt": "run-1"}
    app.session_state["workbench"] = {"report": {**report, "moment": 1}}
    ran(app.run())
    assert (told(app)["run"], told(app)["state"]) == ("run-1", "running")


def test_a_format_that_cannot_hold_the_cell_says_so_in_one_sentence():
    app = press(opened(**TINY, cell="lstm_peephole"), train_words.TRAIN)
    app.session_state["train-save"] = True
    ran(app.run())
    assert train_words.save_intro(3) in texts(app)
    assert '<p class="hint">.safetensors: ' in texts(app)
    labels = [download.proto.label for download in app.get("download_button")]
    assert ".npz" in labels
    assert ".safetensors" not in labels
    assert take_along_words.SAVE_WATCHED in labels
    assert "for progress in islice(steps, 3):" in app.code[0].value


# On Explore


def explored(**address: str) -> AppTest:
    return pages.opened(whole_app(), address)


@pytest.mark.parametrize("cell", ["lstm", "gru", "rnn"])
def test_a_trained_network_is_a_subject_whose_link_offers_its_recipe(cell):
    experiment = read({**TINY, "cell": cell, "seed": "4"})
    model, watched = model_of(experiment), watched_sequence(experiment)
    subject = trained(experiment, 5, 0.5, model, watched)
    trained_networks.keep_trained(subject)
    app = explored(demo=subject.name, details="training")
    (box,) = [box for box in app.selectbox if box.value == subject.name]
    assert box.format_func(box.value) == title_of(subject)
    page = texts(app)
    assert escape(train_words.ELSEWHERE) in page
    assert f'href="train?{"&amp;".join(f"{k}={v}" for k, v in spell(experiment).items())}"' in page
    assert escape(train_words.about(4, 5, 0.5)) in page
    for named in subject.examples:
        run = model.run(named.sequence)
        verdicts = subject.correct(named.sequence, run.predictions)
        assert (verdicts[:-1] == -1).all()  # only the end is asked
        assert verdicts[-1] in (0, 1)


def test_two_networks_that_differ_in_the_seed_alone_can_each_be_chosen():
    subjects = []
    for seed in ("5", "6"):
        experiment = read({**TINY, "seed": seed})
        watched = watched_sequence(experiment)
        subjects.append(trained(experiment, 8, 0.5, model_of(experiment), watched))
        trained_networks.keep_trained(subjects[-1])
    first, second = subjects
    assert title_of(first) == title_of(second)
    app = explored(demo=first.name)
    app.session_state["trained"] = (first.name, second.name)
    ran(app.run())
    options = picker(app, words.DEMO).options
    assert options[-2:] == [title_of(first), f"{title_of(second)} · 2"]
    for subject in (second, first):
        choose(app, words.DEMO, subject.name)
        assert link(app)["demo"] == subject.name


def test_a_link_to_a_network_that_is_not_here_says_so_and_offers_its_recipe():
    experiment = read({**TINY, "seed": "99"})
    app = explored(demo=trained_name(experiment, 3))
    first = demos.demo(demos.demo_names()[0])
    assert escape(train_words.instead(first.title)) in texts(app)
    assert "seed=99" in texts(app)


def test_a_trained_network_that_was_evicted_while_it_was_open_is_said_to_be_gone():
    experiment = read({**TINY, "seed": "7"})
    model, watched = model_of(experiment), watched_sequence(experiment)
    subject = trained(experiment, 8, 0.5, model, watched)
    trained_networks.keep_trained(subject)
    app = explored(demo=subject.name)
    assert escape(train_words.ELSEWHERE) in texts(app)
    store.clear()
    ran(app.run())
    first = demos.demo(demos.demo_names()[0])
    assert escape(train_words.instead(first.title)) in texts(app)
    assert "seed=7" in texts(app)


LARGE = {"task": "adding", "length": "1000", "units": "1024", "updates": "1", "batch": "1"}


def test_a_link_to_a_large_network_costs_the_web_process_no_run_of_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    drawn: set[int] = set()
    first = session_experiments.untrained

    def watched(experiment: Experiment) -> Any:
        drawn.add(experiment.units)
        return first(experiment)

    monkeypatch.setattr(session_experiments, "untrained", watched)
    app = opened(**LARGE)
    assert train_words.DRAWN_LATER in texts(app)
    assert not button(app, train_words.TRAIN).disabled
    assert drawn == {recommended("adding").units}
