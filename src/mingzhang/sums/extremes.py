"""The least and the greatest that a sum of whole numbers can be under rows, solved by HiGHS: one thread, a fixed seed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    Row = tuple[Sequence[tuple[int, int]], int | None, int | None]

_SECONDS: Final = 5.0
_WHOLE: Final = 1e-5
_FAR: Final = 8
"""So far beside what is found among all numbers whole ones are sought."""


class Extremes:
    """Whole numbers at or above lows, of which rows between two bounds hold.

    A row is its terms (number of a column, coefficient) and its two bounds, None where there is none. Numbers near 0
    are the most exact: they are best counted from a world that is known to hold.
    """

    def __init__(self, lows: Sequence[int], rows: Sequence[Row], seed: int = 0) -> None:
        """State the rows."""
        self._lows = tuple(lows)
        self._rows = tuple(rows)
        self._seed = seed
        self._solver = _solver(self._lows, None, self._rows, seed)

    def extreme(self, columns: Collection[int], *, greatest: bool) -> list[int] | None:
        """Give numbers under which the sum of some columns is least or greatest; None if it has no bound.

        Whole numbers are sought beside those that are the extreme among all numbers; where there are none so near the
        list is empty, as it is where the solver gave up. Whether the rows hold of them is for the caller to see.
        """
        found = _extreme(self._solver, len(self._lows), columns, greatest=greatest)
        if not found:
            return None if found is None else []
        near = [round(x) for x in found]
        if all(abs(x - n) < _WHOLE for x, n in zip(found, near, strict=True)):
            return near
        # counted from there on, all numbers are small, and the solver's own doubts are too
        lows = [max(low - n, -_FAR) for low, n in zip(self._lows, near, strict=True)]
        solver = _solver(lows, _FAR, [_moved(r, near) for r in self._rows], self._seed)
        beside = _extreme(solver, len(lows), columns, greatest=greatest)
        return [n + round(x) for n, x in zip(near, beside, strict=True)] if beside else []


def _moved(row: Row, to: Sequence[int]) -> Row:
    """Count a row's numbers from others; a bound out of their reach is none."""
    terms, low, high = row
    base = sum(c * to[n] for n, c in terms)
    reach = sum(abs(c) for _, c in terms) * _FAR
    return (
        terms,
        None if low is None or low - base < -reach else low - base,
        None if high is None or high - base > reach else high - base,
    )


def _solver(lows: Sequence[int], high: int | None, rows: Sequence[Row], seed: int) -> Any:
    """Make a solver of rows over all numbers, or over whole ones up to `high`."""
    import highspy  # noqa: PLC0415 - heavy, and only wanted where something is withheld
    import numpy as np  # noqa: PLC0415

    solver: Any = highspy.Highs()  # type: ignore[no-untyped-call]
    for name, value in (
        ("output_flag", False),
        ("threads", 1),
        ("parallel", "off"),
        ("random_seed", seed),
        ("mip_heuristic_run_feasibility_jump", False),  # takes longer than all the rest of such small programs
        ("mip_detect_symmetry", False),
        ("mip_rel_gap", 0.0),
        ("mip_abs_gap", 0.5),
        ("time_limit", _SECONDS),
    ):
        solver.setOptionValue(name, value)
    infinite = highspy.kHighsInf
    lp = highspy.HighsLp()
    lp.num_col_, lp.num_row_ = len(lows), len(rows)
    lp.col_cost_ = np.zeros(len(lows))
    lp.col_lower_ = np.array(lows, dtype=np.double)
    lp.col_upper_ = np.full(len(lows), infinite if high is None else high)
    lp.row_lower_ = np.array([-infinite if low is None else low for _, low, _ in rows], dtype=np.double)
    lp.row_upper_ = np.array([infinite if up is None else up for _, _, up in rows], dtype=np.double)
    if high is not None:
        lp.integrality_ = [highspy.HighsVarType.kInteger] * len(lows)
    starts = [0]
    for terms, _, _ in rows:
        starts.append(starts[-1] + len(terms))
    lp.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    lp.a_matrix_.start_ = np.array(starts, dtype=np.int32)
    lp.a_matrix_.index_ = np.array([n for terms, _, _ in rows for n, _ in terms], dtype=np.int32)
    lp.a_matrix_.value_ = np.array([c for terms, _, _ in rows for _, c in terms], dtype=np.double)
    solver.passModel(lp)
    return solver


def _extreme(solver: Any, count: int, columns: Collection[int], *, greatest: bool) -> list[float] | None:
    """Solve for one extreme; None if there is no bound, or no solution, nothing if the solver cannot say."""
    import highspy  # noqa: PLC0415
    import numpy as np  # noqa: PLC0415

    costs = np.zeros(count)
    costs[list(columns)] = 1.0
    solver.changeColsCost(count, np.arange(count, dtype=np.int32), costs)
    solver.changeObjectiveSense(highspy.ObjSense.kMaximize if greatest else highspy.ObjSense.kMinimize)
    solver.run()
    kind, status = highspy.HighsModelStatus, solver.getModelStatus()
    none, some = {kind.kUnbounded, kind.kUnboundedOrInfeasible, kind.kInfeasible}, {kind.kOptimal, kind.kTimeLimit}
    if status not in none | some:
        # started from the last extreme it may end in numbers too fine for it; from anew it seldom does
        solver.clearSolver()
        solver.run()
        status = solver.getModelStatus()
    if status in none:
        return None
    return [float(x) for x in solver.getSolution().col_value] if status in some else []
