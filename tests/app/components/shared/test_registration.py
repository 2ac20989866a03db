"""What components report is read as it is stored."""

from __future__ import annotations

import gc

from streamlit.components.v2.bidi_component import main as streamlit_components

from ...pages import opened, whole_app


def _classes() -> int:
    """How many classes there are of those that Streamlit makes to show a component's state."""
    return sum(type(one) is type and one.__name__ == "_WriteThrough" for one in gc.get_objects())


def test_reading_what_components_report_makes_no_classes():
    gc.collect()
    gc.disable()
    try:
        before = _classes()
        opened(whole_app(), {"demo": "reber"})
        assert _classes() == before
    finally:
        gc.enable()


def test_streamlit_has_the_name_that_is_replaced():
    assert hasattr(streamlit_components, "make_bidi_component_presenter")
