"""What would settle what does not hold."""

from __future__ import annotations

from mingzhang.model.figure import read_figure
from mingzhang.sums.identities import Identity, Operand, judge
from mingzhang.sums.sheets import CellRef, Sheet, SheetRow
from mingzhang.sums.solving import Shift, corrections, label_shifts


def system(figures: dict[str, str], *equations: str):
    """Make verdicts of equations `total = a b c`."""
    cells = {(k, ""): read_figure(v, "万元") for k, v in figures.items()}
    sheets = {"a": Sheet("a", {k: SheetRow(k) for k in figures}, cells)}
    identities = []
    for text in equations:
        left, _, right = text.partition(" = ")
        parts = tuple(Operand(1, CellRef("a", k)) for k in right.split())
        identities.append(Identity((Operand(1, CellRef("a", left)),), "=", parts))
    return [judge(i, sheets) for i in identities], sheets


def found(figures, *equations):
    verdicts, sheets = system(figures, *equations)
    return [(c.ref.row, c.atoms, len(c.settles)) for c in corrections(verdicts, sheets)]


def test_one_figure_in_two_sums_that_fail_by_the_same():
    figures = {"t": "10.00", "a": "4.00", "b": "7.00", "u": "9.00", "c": "3.00"}
    assert found(figures, "t = a b", "u = b c") == [("b", read_figure("6.00", "万元").atoms, 2)]


def test_one_sum_alone_names_nobody():
    assert found({"t": "10.00", "a": "4.00", "b": "7.00"}, "t = a b") == []


def test_two_figures_that_would_do_as_well_are_not_named():
    figures = {"t": "10.00", "a": "4.00", "b": "7.00", "u": "10.00", "v": "11.00"}
    assert found(figures, "t = a b", "u = a b") == []


def test_a_figure_in_a_sum_that_holds_is_not_named():
    figures = {"t": "10.00", "a": "4.00", "b": "7.00", "u": "9.00", "c": "3.00", "d": "7.00"}
    assert found(figures, "t = a b", "u = b c", "d = b") == []


def test_a_blank_figure_may_be_the_wrong_one():
    figures = {"t": "10.00", "a": "4.00", "b": "", "u": "9.00", "c": "3.00"}
    assert found(figures, "t = a b", "u = b c") == [("b", read_figure("6.00", "万元").atoms, 2)]


def test_what_differs_by_different_amounts_has_no_single_cause():
    assert found({"t": "10.00", "a": "4.00", "b": "7.00", "u": "9.00", "c": "4.00"}, "t = a b", "u = b c") == []


def test_shifts_lose_no_figure():
    shifts = list(label_shifts([False, False, True], top_is_lost=False))
    assert shifts == [Shift(0, 2, -1), Shift(1, 2, -1)]
    assert [shifts[0].label_of(i) for i in range(3)] == [1, 2, None]
    assert [shifts[1].label_of(i) for i in range(3)] == [0, 2, None]


def test_a_lost_top_label_lets_all_labels_move_down():
    first = next(label_shifts([False, False], top_is_lost=True))
    assert first == Shift(0, 1, 1)
    assert [first.label_of(i) for i in range(2)] == [None, 0]


def test_an_inequality_says_nothing_of_the_amount():
    verdicts, sheets = system({"t": "36.00", "a": "21.00", "b": "0.00", "q": "21.00"}, "t = a b", "t = q")
    bound = Identity(verdicts[1].identity.left, "<=", verdicts[1].identity.right)
    assert corrections([verdicts[0], judge(bound, sheets)], sheets) == ()
    assert [c.ref.row for c in corrections(verdicts, sheets)] == ["t"]
