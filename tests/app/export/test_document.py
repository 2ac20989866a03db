"""A static page: what it is told, and that a page that is told nothing runs nothing."""

from __future__ import annotations

from app.export.document import SCRIPT, document


def test_a_page_has_a_script_only_where_it_is_told_something():
    assert "<script" not in document("Networks", "<p>all</p>")
    told = document("Networks", "<p>all</p>", up="../", data={"t": 3})
    assert f'src="../{SCRIPT}"' in told
    assert "<p>all</p>" in told
