"""What a group of stages sends to the browser."""

from __future__ import annotations

import numpy as np
import pytest

from app.components.stage import GroupMember
from app.components.stage.group import build_group, cut_group_details
from app.container import unpack

from .scenes import make_lstm, make_scene


def test_a_group_sends_every_scene_as_it_is_and_says_what_is_drawn():
    scenes = [make_scene(make_lstm(), 9), make_scene(make_lstm(seed=1), 7)]
    members = [
        GroupMember(scene=scenes[0], title="one", signals=("forget_gate", "cell_state")),
        GroupMember(scene=scenes[1], title="two"),
    ]
    group = build_group(members)
    document, arrays = unpack(group.payload)
    for sent, scene in zip(document["members"], scenes, strict=True):
        assert arrays[sent["scene"]].tobytes() == scene.payload
    said = [(sent["title"], sent["signals"]) for sent in document["members"]]
    assert said == [("one", ["forget_gate", "cell_state"]), ("two", ["cell_state"])]
    assert build_group(members).id == group.id == document["id"]
    assert build_group(members[::-1]).id != group.id


def test_details_of_a_group_are_those_of_each_scene_and_a_shorter_run_ends_where_it_ends():
    scenes = [make_scene(make_lstm(), 9), make_scene(make_lstm(seed=1), 3)]
    group = build_group([GroupMember(scene=scene, title="") for scene in scenes])
    document, arrays = unpack(cut_group_details(group, (0, 9), (4, 8), {"stage": "stages"}))
    assert document["stage"] == "stages"
    for sent, scene, reach in zip(document["members"], scenes, [(4, 8), (2, 3)], strict=True):
        cut, own = unpack(arrays[sent].tobytes())
        tile = cut["tiles"][0]
        assert (cut["id"], tile["start"], tile["stop"]) == (scene.id, *reach)
        sent_states = own[tile["exact"]["cell_state"]]
        np.testing.assert_array_equal(sent_states, scene.trace.cell_state[slice(*reach)])


def test_a_group_of_nothing_and_a_signal_that_the_cell_lacks_are_refused():
    with pytest.raises(ValueError, match="group has 0 members: expected at least 1"):
        build_group([])
    with pytest.raises(ValueError, match="signal is 'update_gate': expected one of .*cell_state"):
        GroupMember(scene=make_scene(make_lstm(), 3), title="", signals=("update_gate",))
