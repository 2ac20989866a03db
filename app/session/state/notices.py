"""The one sentence that a page says when something did not go as asked."""

from __future__ import annotations

from .pages import page_value, remember_for_page

_NOTICE, _RECIPE = "notice", "offer"


def show_notice(sentence: str, recipe: dict[str, str] | None = None) -> None:
    """Have the open page say a sentence until the next thing is done.

    `recipe` is the spelling of an experiment that the reader may want instead.
    """
    remember_for_page(_NOTICE, sentence)
    remember_for_page(_RECIPE, recipe or {})


def clear_notice() -> None:
    """Have the open page say nothing: all is well."""
    show_notice("")


def notice() -> str:
    """Return the sentence to say; "" where all is well."""
    sentence: str = page_value(_NOTICE, "")
    return sentence


def notice_recipe() -> dict[str, str]:
    """Return the spelling of the experiment that goes with the notice; {} where none does."""
    recipe: dict[str, str] = page_value(_RECIPE, {})
    return recipe
