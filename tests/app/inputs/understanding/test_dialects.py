"""One known table in every dialect: read as it is, or asked about, or refused; never misread."""

from __future__ import annotations

import pytest
from hypothesis import given, settings

from app.inputs import UploadError, understand
from tests.app.inputs.understanding.dialects import Written, written
from tests.app.inputs.understanding.networks import asked, numbers, numeric, read, refused, said

SIGNAL = numeric("signal", scale=1e6)


@pytest.mark.slow
@given(written())
@settings(max_examples=200)
def test_a_table_in_any_dialect_is_never_misread_in_silence(table: Written) -> None:
    try:
        found = understand("file", table.bytes(), SIGNAL)
    except UploadError:
        return
    if not found.questions:
        assert numbers(found) == [table.wanted]


@given(written(wild=False))
def test_a_table_as_programs_write_it_is_read_without_a_question(table: Written) -> None:
    found = understand("file", table.bytes(), SIGNAL)
    assert numbers(found) == [table.wanted] or "sentinel" in str(asked(found))


ROWS = "2024-01-01,5.5\n2024-01-02,6.25\n2024-01-03,4.0\n"
WANTED = [[5.5, 6.25, 4.0]]


@pytest.mark.parametrize(
    "data",
    [
        ("date,v\n" + ROWS).replace("\n", "\r\n"),
        ("date,v\n" + ROWS).replace("\n", "\r"),
        "\ufeffdate,v\n" + ROWS,
        "sep=,\ndate,v\n" + ROWS,
        "# made by a logger\n# 2024\ndate,v\n" + ROWS,
        "# date,v\n" + ROWS,
        "Station Bern\nHeight 556 m\n\ndate,v\n" + ROWS,
        "date,v\n" + ROWS + "Source: the office\n",
        "date,v\n,mm\n" + ROWS,
        "date,v\n[UTC],[mm]\n" + ROWS,
        ("date,v\n" + ROWS).replace(",", "\t"),
        ("date,v\n" + ROWS).replace(",", "|"),
        ("date,v\n" + ROWS).replace(",", ";").replace(".", ","),
        ("date,v\n" + ROWS).replace(",", "   "),
        ("date,v\n" + ROWS).replace("\n", ",\n"),
        "| date | v |\n|---|---|\n"
        + "".join(f"| {r.replace(',', ' | ')} |\n" for r in ROWS.split()),
        '"date","v"\n'
        + "".join(f'"{r.replace(",", chr(34) + "," + chr(34))}"\n' for r in ROWS.split()),
        'date,note,v\n2024-01-01,"two\nlines",5.5\n2024-01-02,,6.25\n2024-01-03,x,4.0\n',
    ],
)
def test_what_programs_put_around_a_table_does_not_change_it(data: str) -> None:
    found = read(data)
    assert numbers(found) == WANTED
    assert not found.questions


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252"])
def test_an_encoding_is_recognised_and_said(encoding: str) -> None:
    found = read(("Tag;Größe\n" + ROWS.replace(",", ";")).encode(encoding))
    assert numbers(found) == WANTED
    assert found.inputs == {"sunspots": "Größe"}


def test_a_space_within_a_cell_between_tabs_separates_nothing() -> None:
    rows = "".join(f"2024-01-01 0{k}:00:00\t{k}.5\tlow\n" for k in range(9))
    assert numbers(read("when\tsunspots\tlevel\n" + rows)) == [[k + 0.5 for k in range(9)]]


def test_the_dialect_is_told_in_words() -> None:
    words = read("Datum;Wert\n01.01.2024;5,5\n02.01.2024;6,25\n").dialect
    for word in ("UTF-8", "semicolons", "decimal comma", "first line names the columns"):
        assert word in words


def test_what_is_skipped_is_said() -> None:
    words = said(read("Station Bern\n\ndate,v\n,mm\n" + ROWS + "Source: x\n# end\n"))
    for word in ("Line 1 above", "holds units", "below", "comments"):
        assert word in words


def test_lines_of_fixed_width_keep_their_gaps() -> None:
    found = read("1749   80.9\n1750       \n1751   47.7\n1752   12.2\n")
    assert asked(found) == ["gaps"]
    assert "line 2" in said(found)


def test_rows_of_empty_cells_are_gaps_at_the_start_and_nothing_at_the_end() -> None:
    found = read("a,b\n,\n1.5,7\n2.5,3\n,\n", numeric("a", "b"))
    assert asked(found) == ["gaps"]
    assert "line 2" in said(found)
    assert "1 row of empty cells at the end" in said(found)


def test_a_total_below_the_rows_is_no_timestep() -> None:
    found = read("date,v\n" + ROWS + "Total,15.75\n")
    assert asked(found) == ["last rows"]
    assert numbers(found) == WANTED
    items = read("item,v\nbread,1.5\nmilk,2.25\nGrand total,3.75\n")
    assert asked(items) == ["last rows"]
    assert numbers(items) == [[1.5, 2.25]]


def test_a_row_of_another_length_is_named() -> None:
    assert "line 3" in refused("a,b\n1,2\n3,4,5\n6,7\n8,9\n")


def test_a_comma_inside_a_number_without_quotation_marks_is_refused() -> None:
    assert "comma" in refused("date,price\n2024-01-01,1,200.50\n2024-01-02,1,300.50\n")


def test_the_names_of_rows_that_r_writes_are_no_signal() -> None:
    assert numbers(read('"x"\n"1" 1120\n"2" 1160\n"3" 963\n')) == [[1120, 1160, 963]]


@pytest.mark.parametrize(
    ("data", "wanted"),
    [
        (",0,1\n0,5.5,6.5\n1,7.5,8.5\n", [[[5.5, 6.5], [7.5, 8.5]]]),
        ("0,1\n5.5,6.5\n7.5,8.5\n", [[[5.5, 6.5], [7.5, 8.5]]]),
    ],
)
def test_a_header_of_numbers_is_recognised(data: str, wanted: list[object]) -> None:
    found = read(data, numeric("a", "b"), {"inputs": "In this order: a, b"})
    assert numbers(found) == wanted or found.questions


@pytest.mark.parametrize("text", ["1,5E+01\n2,5E+01\n", "1,5e1\n2,5e1\n3,5e1"])
def test_a_comma_before_an_exponent_is_asked_about_as_any_is(text: str) -> None:
    assert asked(read(text)) == ["delimiter"]
    one = read(text, answers={"delimiter": "A line is one cell"})
    assert numbers(one)[0][:2] == [15, 25]
