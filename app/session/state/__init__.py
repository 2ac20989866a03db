"""What the reader's session remembers: the only package that touches Streamlit's state.

Session state holds texts and numbers, never objects. Each page remembers its own, so that a
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
from .model import change_model, held_model, hold_model
from .notices import clear_notice, notice, notice_recipe, show_notice
from .pages import open_page, page_value, remember_for_page
from .training import (
    add_trained,
    choose_recipe,
    hold_run,
    is_new,
    mark_seen,
    poll_until,
    polls_until,
    recipe,
    session_id,
    trained_names,
    training_run,
)
from .uploads import (
    add_upload,
    close_preview,
    empty_uploader,
    fault,
    in_address,
    keep_answers,
    listed_uploads,
    listed_vocabularies,
    open_preview,
    preview,
    remove_upload,
    say_lost_uploads,
    show_fault,
    upload_named,
    uploader_number,
)
from .widgets import is_dark, set_widget, widget_value

__all__ = [
    "add_trained",
    "add_upload",
    "address_says",
    "change_model",
    "change_view",
    "choose_recipe",
    "clear_notice",
    "close_preview",
    "current_view",
    "empty_uploader",
    "fault",
    "follow_stage",
    "forget_view",
    "held_model",
    "hold_model",
    "hold_run",
    "in_address",
    "is_dark",
    "is_new",
    "keep_answers",
    "listed_uploads",
    "listed_vocabularies",
    "mark_seen",
    "notice",
    "notice_recipe",
    "open_page",
    "open_preview",
    "page_value",
    "place_is_named",
    "poll_until",
    "polls_until",
    "preview",
    "recipe",
    "remember_for_page",
    "remember_view",
    "remove_upload",
    "say_lost_uploads",
    "session_id",
    "set_widget",
    "show_fault",
    "show_notice",
    "show_on_explore",
    "stage_key",
    "trained_names",
    "training_run",
    "upload_named",
    "uploader_number",
    "widget_value",
]
