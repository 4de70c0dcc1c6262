"""Integer programs, solved by HiGHS: one thread, a fixed seed, no gap left open. The only place that calls the solver."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mingzhang.sums.network import Row

_TOLERANCE: Final = 1e-9
_NEAR: Final = 1e-6
"""So near a number of the solver lies to the whole number that it stands for."""


class Program:
    """Whole numbers between bounds under which rows hold: the cheapest ones, as often as asked.

    Sums of a document nearly always leave whole numbers at the corners of what they allow, so the cheapest numbers of any
    kind are asked for first: where these are whole there are no cheaper ones. Not so with `whole`, where what is given
    must not depend on the way: of several choices alike each way may find another.
    """

    def __init__(
        self, lows: Sequence[int], highs: Sequence[int], rows: Sequence[Row], seed: int = 0, *, whole: bool = False
    ) -> None:
        """State the program; numbers are counted from their low bound, so that the solver sees small ones alone."""
        import highspy  # noqa: PLC0415 - heavy, and only wanted where something is to be chosen
        import numpy as np  # noqa: PLC0415

        self._lows = [*lows, 0]  # and one that is nothing: the solver refuses to judge a program of no numbers
        self._ranges = [*(high - low for low, high in zip(lows, highs, strict=True)), 0]
        self._optimal = highspy.HighsModelStatus.kOptimal
        self._infeasible = highspy.HighsModelStatus.kInfeasible
        self._infinite = highspy.kHighsInf
        self._whole = whole
        self._columns = np.arange(len(self._lows), dtype=np.int32)
        self._zeros = np.zeros(len(self._lows), dtype=np.uint8)
        self._ones = np.ones(len(self._lows), dtype=np.uint8)
        self._solver: Any = highspy.Highs()  # type: ignore[no-untyped-call]
        for name, value in (
            ("output_flag", False),
            ("threads", 1),
            ("parallel", "off"),
            ("random_seed", seed),
            ("mip_heuristic_run_feasibility_jump", False),  # takes longer than all the rest of such small programs
            ("mip_detect_symmetry", False),
            ("mip_allow_restart", False),
            ("mip_rel_gap", 0.0),
            ("mip_abs_gap", 0.5),
            ("mip_feasibility_tolerance", _TOLERANCE),
            ("primal_feasibility_tolerance", _TOLERANCE),
        ):
            self._solver.setOptionValue(name, value)
        lp = highspy.HighsLp()
        lp.num_col_, lp.num_row_ = len(self._lows), len(rows)
        lp.col_cost_ = np.zeros(len(self._lows))
        lp.col_lower_ = np.zeros(len(self._lows))
        lp.col_upper_ = np.array(self._ranges, dtype=np.double)
        self._bounds = [self._bound(r) for r in rows]
        lp.row_lower_ = np.array([low for low, _ in self._bounds], dtype=np.double)
        lp.row_upper_ = np.array([high for _, high in self._bounds], dtype=np.double)
        starts = [0]
        for row in rows:
            starts.append(starts[-1] + len(row.terms))
        lp.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
        lp.a_matrix_.start_ = np.array(starts, dtype=np.int32)
        lp.a_matrix_.index_ = np.array([n for r in rows for n, _ in r.terms], dtype=np.int32)
        lp.a_matrix_.value_ = np.array([c for r in rows for _, c in r.terms], dtype=np.double)
        self._solver.passModel(lp)
        self._count_whole(whole=whole)

    def hold(self, number: int, digits: int) -> None:
        """Fix one number."""
        self._solver.changeColBounds(number, digits - self._lows[number], digits - self._lows[number])

    def release(self, number: int) -> None:
        """Let a number that was held be anything between its bounds."""
        self._solver.changeColBounds(number, 0, self._ranges[number])

    def add(self, row: Row) -> None:
        """Demand one row more."""
        low, high = self._bound(row)
        self._solver.addRow(low, high, len(row.terms), [n for n, _ in row.terms], [c for _, c in row.terms])
        self._bounds.append((low, high))

    def demand(self, row: int, *, wanted: bool) -> None:
        """Demand a row, by its number, or demand it no longer."""
        low, high = self._bounds[row] if wanted else (-self._infinite, self._infinite)
        self._solver.changeRowBounds(row, low, high)

    def cheapest(self, costs: Sequence[int] | None = None) -> list[int] | None:
        """Give the cheapest numbers, any where nothing costs anything; None if there are none.

        Raises:
            RuntimeError: the solver stopped for another reason.
        """
        import numpy as np  # noqa: PLC0415

        asked = np.zeros(len(self._lows)) if costs is None else np.array([*costs, 0], dtype=np.double)
        self._solver.changeColsCost(len(asked), self._columns, asked)
        if self._whole:
            return self._run()
        found = self._any()
        if found is None or all(-_NEAR < x - round(x) < _NEAR for x in found):
            return None if found is None else self._counted(found)
        self._count_whole(whole=True)
        best = self._run()
        self._count_whole(whole=False)
        return best

    def _any(self) -> Sequence[float] | None:
        """Look for the cheapest numbers, whole or not, counted from their low bounds; none whole if the solver is unsure."""
        self._solver.run()
        status = self._solver.getModelStatus()
        if status == self._infeasible:
            return None
        values: Sequence[float] = self._solver.getSolution().col_value if status == self._optimal else (0.5,)
        return values

    def _run(self) -> list[int] | None:
        self._solver.run()
        status = self._solver.getModelStatus()
        if status == self._infeasible:
            return None
        if status != self._optimal:
            msg = f"the solver stopped: {self._solver.modelStatusToString(status)}"
            raise RuntimeError(msg)
        return self._counted(self._solver.getSolution().col_value)

    def _counted(self, values: Sequence[float]) -> list[int]:
        return [low + round(x) for low, x in zip(self._lows, values, strict=True)][:-1]

    def _count_whole(self, *, whole: bool) -> None:
        """Ask for whole numbers, or for any; with any, making small programs smaller first takes longer than solving them."""
        self._solver.changeColsIntegrality(len(self._columns), self._columns, self._ones if whole else self._zeros)
        self._solver.setOptionValue("presolve", "choose" if whole else "off")

    def _bound(self, row: Row) -> tuple[float, float]:
        """Give what a row's terms may add up to, counted from the low bounds."""
        right = row.right - sum(c * self._lows[n] for n, c in row.terms)
        return (right if row.relation == "=" else -self._infinite), right
