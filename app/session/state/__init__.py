"""What the reader's session remembers: the only package that touches Streamlit's state.

Session state holds words and numbers, never objects. Each page remembers its own, so that a
reader who comes back to one finds it as it was left. Reading changes nothing: what a function
here writes, its name says.
"""

from .current_view import (
    address_says,
    change_view,
    current_view,
    follow_stage,
    forget_view,
    place_is_named,
    remember_view,
    show_on_explore,
    stage_key,
)
from .notices import clear_notice, notice, notice_recipe, show_notice
from .pages import open_page, page_value, remember_for_page
from .reader_data import (
    change_model,
    file_columns,
    held_model,
    held_upload,
    hold_model,
    hold_upload,
    remember_columns,
)
from .training import (
    add_trained,
    choose_recipe,
    hold_run,
    mark_seen,
    poll_until,
    polls_until,
    recipe,
    session_id,
    trained_names,
    training_run,
)
from .widgets import is_dark, set_widget, widget_value

__all__ = [
    "add_trained",
    "address_says",
    "change_model",
    "change_view",
    "choose_recipe",
    "clear_notice",
    "current_view",
    "file_columns",
    "follow_stage",
    "forget_view",
    "held_model",
    "held_upload",
    "hold_model",
    "hold_run",
    "hold_upload",
    "is_dark",
    "mark_seen",
    "notice",
    "notice_recipe",
    "open_page",
    "page_value",
    "place_is_named",
    "poll_until",
    "polls_until",
    "recipe",
    "remember_columns",
    "remember_for_page",
    "remember_view",
    "session_id",
    "set_widget",
    "show_notice",
    "show_on_explore",
    "stage_key",
    "trained_names",
    "training_run",
    "widget_value",
]
