"""Tables of ids: what fills rows up, what only counts rows and columns, and labels beside them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.app.inputs.understanding.networks import IDS, REBER, asked, read, refused, said, tokens

Rows = list[list[int]]
ROWS = st.integers(2, 5).flatmap(
    lambda width: st.lists(
        st.lists(st.integers(1, 49), min_size=width, max_size=width), min_size=2, max_size=6
    )
)


def texts(rows: Rows) -> list[list[str]]:
    """Return rows of numbers as the symbols that are expected."""
    return [[str(number) for number in row] for row in rows]


@pytest.mark.parametrize("filler", ["-1", "-100", "[PAD]", "<pad>", "PAD", "-1.0"])
@pytest.mark.parametrize("apart", [",", ";", "\t", " ", ", "])
def test_what_fills_rows_of_ids_up_is_asked_about(filler: str, apart: str) -> None:
    rows = (("12", "7", filler), ("5", "9", "3"))
    found = read("\n".join(apart.join(row) for row in rows), IDS)
    assert asked(found) == ["padding"]
    assert tokens(found) == [["12", "7"], ["5", "9", "3"]]


@pytest.mark.parametrize(
    ("data", "wanted"),
    [
        ("[[12,7,3,-1],[5,9,31,2]]", [[12, 7, 3], [5, 9, 31, 2]]),
        ("-1,12,7\n5,9,3", [[12, 7], [5, 9, 3]]),
        ("12,7,-100,-100\n5,9,3,-100\n1,2,3,4", [[12, 7], [5, 9, 3], [1, 2, 3, 4]]),
        ("12,7,-1,-1", [[12, 7]]),
        ("12 7 -1 -1", [[12, 7]]),
        ("ids\n12 7 -1\n5 9 3", [[12, 7], [5, 9, 3]]),
        ("t0,t1,t2\n12,7,-1\n5,9,3", [[12, 7], [5, 9, 3]]),
    ],
)
def test_padding_of_ids_is_found_wherever_they_stand(data: str, wanted: Rows) -> None:
    found = read(data, IDS)
    assert asked(found) == ["padding"]
    assert tokens(found) == texts(wanted)


@given(ROWS, st.data())
def test_rows_filled_up_with_minus_one_are_read_as_they_were(
    rows: Rows, data: st.DataObject
) -> None:
    short = [row[: data.draw(st.integers(1, len(row)))] for row in rows]
    width = len(rows[0])
    filled = [row + [-1] * (width - len(row)) for row in short]
    found = read(str(filled), IDS, {"index": "Yes, it is read"})
    assert tokens(found) == texts(short)


def test_padding_that_is_none_is_refused_by_its_line() -> None:
    assert "line 1, position 3: '-1'" in refused("12,7,-1\n5,9,3", IDS, answers={"padding": "No"})


def test_a_row_of_nothing_but_padding_is_left_out_with_a_word() -> None:
    assert "1 row of nothing but '-1'" in said(read("12,7\n-1,-1\n5,9", IDS))


@pytest.mark.parametrize(
    ("data", "place"),
    [
        ("12,7,x\n5,9,3", "line 1, position 3: 'x'"),
        ("12,-1,7\n5,9,3", "line 1, position 2: '-1'"),
        ("12,7,3.5\n5,9,3", "line 1, position 3: '3.5'"),
        ("12,7,3\n5,NA,3", "line 2, position 2: 'NA'"),
        ("t0,t1,t2\n12,7,x\n5,9,3", "line 2, position 3: 'x'"),
        (",0,1,2\n0,12,x,3\n1,5,9,3", "line 2, position 2: 'x'"),
        ("12,,3\n5,9,31", "line 1, has nothing in place 2"),
        ("5,9,31\n12;;3", "line 2, has nothing in place 2"),
        ("[[5,9,31],[12,null,3]]", "line 2, has nothing in 'column 2'"),
    ],
)
def test_a_column_of_a_matrix_of_ids_is_never_dropped(data: str, place: str) -> None:
    assert place in refused(data, IDS)


def test_a_column_of_a_matrix_of_letters_is_never_dropped() -> None:
    assert "line 1, position 3: 'Q'" in refused("B,T,Q\nB,P,V\nB,P,X", REBER)
    assert "line 1, has nothing in place 2" in refused("B,,X\nB,P,V", REBER)


@pytest.mark.parametrize("data", ["12,7,\n5,9,3", "12,7,,\n5,9,3,", "[[12,7,null],[5,9,3]]"])
def test_empty_cells_at_the_end_of_a_row_are_no_gap(data: str) -> None:
    found = read(data, IDS)
    assert tokens(found) == [["12", "7"], ["5", "9", "3"]]
    assert not found.questions


def test_words_beside_ids_label_them() -> None:
    found = read("12,7,3,pos\n5,9,31,neg", IDS)
    assert tokens(found) == [["12", "7", "3"], ["5", "9", "31"]]
    assert [s.label for s in found.sequences] == ["pos", "neg"]


@pytest.mark.parametrize("apart", [",", "\t", ";"])
@given(rows=ROWS)
def test_a_frame_with_header_and_index_is_read_without_them(apart: str, rows: Rows) -> None:
    head = apart.join(["", *map(str, range(len(rows[0])))])
    body = [apart.join(map(str, [k, *row])) for k, row in enumerate(rows)]
    found = read("\n".join([head, *body]), IDS)
    assert tokens(found) == texts(rows)
    assert not found.questions
    assert "counts the columns" in said(found)


@given(ROWS)
def test_a_frame_as_it_is_printed_is_read_without_header_and_index(rows: Rows) -> None:
    lines = [["", *range(len(rows[0]))], *([k, *row] for k, row in enumerate(rows))]
    found = read("\n".join("".join(f"{cell:>4}" for cell in line) for line in lines), IDS)
    assert tokens(found) == texts(rows)


@given(ROWS)
def test_a_first_row_that_counts_is_asked_about(rows: Rows) -> None:
    text = "\n".join(",".join(map(str, row)) for row in [[*range(len(rows[0]))], *rows])
    found = read(text, IDS)
    assert "header" in asked(found)
    assert tokens(found) == texts(rows)
    kept = read(text, IDS, {"header": "It is data", "padding": "No, it is read"})
    if not kept.questions:
        assert tokens(kept) == texts([[*range(len(rows[0]))], *rows])


@pytest.mark.parametrize(
    ("data", "wanted"),
    [
        (",w0,w1,w2\n0,12,7,3\n1,5,9,31", [[12, 7, 3], [5, 9, 31]]),
        ("Unnamed: 0,0,1,2\n0,12,7,3\n1,5,9,31", [[12, 7, 3], [5, 9, 31]]),
        ("t,0,1,2\n0,12,7,3\n1,5,9,31", [[12, 7, 3], [5, 9, 31]]),
        (",0,1,2\n0,12,7,3\n1,5,9,\n2,4,4,4", [[12, 7, 3], [5, 9], [4, 4, 4]]),
        (",ids\n0,12 7 3\n1,5 9", [[12, 7, 3], [5, 9]]),
        ("label,0,1,2\n1,12,7,3\n0,5,9,31", [[12, 7, 3], [5, 9, 31]]),
        ("0,1,2,label\n12,7,3,1\n5,9,31,0", [[12, 7, 3], [5, 9, 31]]),
        ("1\t12 7 3\n2\t5 9\n3\t4 4", [[12, 7, 3], [5, 9], [4, 4]]),
        ('[{"0": 12, "1": 7}, {"0": 5, "1": 9}]', [[12, 7], [5, 9]]),
    ],
)
def test_names_and_numbers_of_rows_are_no_ids(data: str, wanted: Rows) -> None:
    found = read(data, IDS)
    assert tokens(found) == texts(wanted)
    assert not found.questions


def test_a_frame_of_letters_is_read_without_header_and_index() -> None:
    for data in ("0,1,2\nB,T,X\nB,P,V", ",0,1,2\n0,B,T,X\n1,B,P,V"):
        found = read(data, REBER)
        assert [s.symbols for s in found.sequences] == [("B", "T", "X"), ("B", "P", "V")]
        assert not found.questions


@pytest.mark.parametrize(
    "data", ["0,12,7\n1,5,9\n2,4,4", "0 12 7\n1 5 9\n2 4 4", "[[0,12,7],[1,5,9],[2,4,4]]"]
)
def test_a_first_column_that_counts_is_asked_about(data: str) -> None:
    found = read(data, IDS)
    assert asked(found) == ["index"]
    assert tokens(found) == [["12", "7"], ["5", "9"], ["4", "4"]]
    kept = read(data, IDS, {"index": "Yes, it is read", "padding": "No, it is read"})
    assert tokens(kept) == [["0", "12", "7"], ["1", "5", "9"], ["2", "4", "4"]]


@pytest.mark.parametrize("data", ["1,2,3\n4,5,6", "[[1,6,7],[2,6,8]]", "3,12\n4,7\n5,9", "12,7,3"])
def test_ids_that_count_by_chance_stay_ids(data: str) -> None:
    found = read(data, IDS)
    assert not found.questions
    assert sum(len(row) for row in tokens(found)) == sum(sign.isdigit() for sign in data) - (
        data.count("12")
    )


@pytest.mark.parametrize("apart", ["\t", ",", ";", "|"])
def test_a_label_beside_ids_apart_by_spaces_is_no_id(apart: str) -> None:
    for rows in (("12 7 3{}1", "5 9{}0"), ("1{}12 7 3", "0{}5 9"), ("12 7 3{}1", "5 9{}0", "4{}0")):
        found = read("\n".join(row.format(apart) for row in rows), IDS)
        assert tokens(found)[:2] == [["12", "7", "3"], ["5", "9"]]
        assert [s.label for s in found.sequences][:2] == ["1", "0"]
        assert not found.questions


@pytest.mark.parametrize("data", ["1, 2\n3, 4", "1\t2\n3\t4", "1;2\n3;4"])
def test_two_ids_in_a_line_are_a_sequence(data: str) -> None:
    assert tokens(read(data, IDS)) == [["1", "2"], ["3", "4"]]


@pytest.mark.parametrize(
    "data",
    [
        '[{"ids":[12,7,3],"label":1},{"ids":[5,9],"label":0}]',
        '[{"label":1,"ids":[12,7,3]},{"label":0,"ids":[5,9]}]',
        "label,t0,t1,t2\n1,12,7,3\n0,5,9,",
        "t0,t1,t2,label\n12,7,3,1\n5,9,,0",
    ],
)
def test_a_label_beside_columns_of_ids_is_none_of_them(data: str) -> None:
    found = read(data, IDS)
    assert tokens(found) == [["12", "7", "3"], ["5", "9"]]
    assert [s.label for s in found.sequences] == ["1", "0"]
    assert not found.questions


@pytest.mark.parametrize(
    "data",
    [
        '[{"input_ids":[12,7,3],"len":3},{"input_ids":[5,9],"len":2}]',
        "len,t0,t1,t2\n3,12,7,3\n2,5,9,",
    ],
)
def test_a_length_beside_ids_is_none_of_them(data: str) -> None:
    assert tokens(read(data, IDS)) == [["12", "7", "3"], ["5", "9"]]


@pytest.mark.parametrize(
    "head", ["seq,t,token", "sequence,step,token", "id,t,token", "seq,time,symbol"]
)
def test_a_table_of_sequence_time_and_token_is_in_long_form(head: str) -> None:
    found = read(f"{head}\n1,0,12\n1,1,7\n2,0,5\n2,1,9\n2,2,31", IDS)
    assert tokens(found) == [["12", "7"], ["5", "9", "31"]]
    assert not found.questions


def test_blank_lines_between_ids_are_asked_about() -> None:
    found = read("12\n7\n\n3\n9\n1", IDS)
    assert asked(found) == ["lines"]
    assert tokens(found) == [["12", "7"], ["3", "9", "1"]]
