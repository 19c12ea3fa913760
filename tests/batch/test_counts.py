"""Counts of many flows at once are those of each flow."""

from __future__ import annotations

import math

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from comity.batch.counts import Counts, codes, corners
from comity.batch.profiles import Base
from comity.flow.counting import Counting
from comity.flow.figures import cell

FIGURES = 4
LIMITS = [100.0, 10_000.0, 1_000_000.0]
one = st.integers(0, FIGURES - 1)
numbers = st.one_of(st.integers(0, 200), st.integers(9_990, 10_010), st.integers(0, 2_000_000)).map(float)
bounds = st.one_of(
    numbers.map(lambda n: (n, n)), st.tuples(numbers, numbers).map(lambda pair: (min(pair), max(pair))), st.just((5.0, math.inf))
)
countings = st.builds(
    Counting,
    st.lists(
        st.tuples(st.lists(one, max_size=2).map(tuple), st.lists(st.lists(one, max_size=2).map(tuple), max_size=2).map(tuple)), max_size=3
    ).map(tuple),
    st.booleans(),
    st.lists(st.tuples(st.one_of(st.none(), one), st.booleans()), max_size=2).map(tuple),
    st.lists(st.lists(one, max_size=2).map(tuple), max_size=2).map(tuple),
)
flows = st.lists(st.lists(bounds, min_size=FIGURES, max_size=FIGURES), min_size=1, max_size=5)


@given(st.lists(countings, min_size=1, max_size=3), flows)
def test_cells_of_many_flows_are_those_of_each(taken, rows):
    counts = Counts({"/count": taken}, {b"count": LIMITS})
    columns = [(np.array([row[n][0] for row in rows]), np.array([row[n][1] for row in rows])) for n in range(FIGURES)]
    each = [counts.cells(row) for row in rows]
    assert [tuple(row) for row in counts.table(columns, len(rows)).tolist()] == each
    for row, cells in zip(rows, each, strict=True):
        assert cells == tuple(part for count in taken for part in cell(count.bounds(row.__getitem__), LIMITS))


@given(st.lists(countings, min_size=1, max_size=3), flows)
def test_where_the_corners_agree_all_flows_do(taken, rows):
    counts = Counts({"/count": taken}, {b"count": LIMITS})
    columns = [(np.array([row[n][0] for row in rows]), np.array([row[n][1] for row in rows])) for n in range(FIGURES)]
    least, most = corners(columns)
    if counts.cells(least) == counts.cells(most):
        assert {counts.cells(row) for row in rows} == {counts.cells(least)}


@given(st.lists(numbers, min_size=1))
def test_codes_are_the_cells_of_numbers(values):
    assert codes(LIMITS, np.array(values)).tolist() == [cell((value, value), LIMITS)[0] for value in values]


def test_counts_that_were_read_in_another_order_are_alike():
    taken = {"/people": [Counting((((0,), ()),), True, (), ())], "/devices": [Counting((((1,), ()),), True, (), ())]}
    base = Base(b"", {b"people": LIMITS, b"devices": [5.0]})
    low, high = ([(np.array([figure]), np.array([figure])) for figure in figures] for figures in ((50.0, 3.0), (5_000.0, 3.0)))
    base.add(0, taken, low)
    base.add(1, dict(reversed(taken.items())), high)
    assert [base.match(figures, 1).tolist() for figures in (low, high)] == [[0], [1]]
