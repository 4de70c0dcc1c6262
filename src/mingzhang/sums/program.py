"""Integer programs, solved by HiGHS: one thread, a fixed seed, no gap left open. The only place that calls the solver."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mingzhang.sums.network import Row


class Program:
    """The cheapest whole numbers between bounds under which rows hold."""

    def __init__(
        self, costs: Sequence[int], lows: Sequence[int], highs: Sequence[int], rows: Sequence[Row], seed: int = 0
    ) -> None:
        """State the program; numbers are counted from their low bound, so that the solver sees small ones alone."""
        import highspy  # noqa: PLC0415 - heavy, and only wanted where something is to be chosen
        import numpy as np  # noqa: PLC0415

        self._lows = list(lows)
        self._optimal = highspy.HighsModelStatus.kOptimal
        self._infeasible = highspy.HighsModelStatus.kInfeasible
        self._solver: Any = highspy.Highs()  # type: ignore[no-untyped-call]
        for name, value in (
            ("output_flag", False),
            ("threads", 1),
            ("parallel", "off"),
            ("random_seed", seed),
            ("mip_rel_gap", 0.0),
            ("mip_abs_gap", 0.5),
        ):
            self._solver.setOptionValue(name, value)
        lp = highspy.HighsLp()
        lp.num_col_, lp.num_row_ = len(self._lows), len(rows)
        lp.col_cost_ = np.array(costs, dtype=np.double)
        lp.col_lower_ = np.zeros(len(self._lows))
        lp.col_upper_ = np.array([h - low for low, h in zip(lows, highs, strict=True)], dtype=np.double)
        right = [r.right - sum(c * self._lows[n] for n, c in r.terms) for r in rows]
        lp.row_upper_ = np.array(right, dtype=np.double)
        lp.row_lower_ = np.array(
            [x if r.relation == "=" else -highspy.kHighsInf for x, r in zip(right, rows, strict=True)], dtype=np.double
        )
        lp.integrality_ = [highspy.HighsVarType.kInteger] * len(self._lows)
        starts = [0]
        for row in rows:
            starts.append(starts[-1] + len(row.terms))
        lp.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
        lp.a_matrix_.start_ = np.array(starts, dtype=np.int32)
        lp.a_matrix_.index_ = np.array([n for r in rows for n, _ in r.terms], dtype=np.int32)
        lp.a_matrix_.value_ = np.array([c for r in rows for _, c in r.terms], dtype=np.double)
        self._solver.passModel(lp)

    def hold(self, number: int, low: int, high: int) -> None:
        """Narrow one number to new bounds."""
        self._solver.changeColBounds(number, low - self._lows[number], high - self._lows[number])

    def cheapest(self) -> list[int] | None:
        """Give the cheapest numbers; None if there are none.

        Raises:
            RuntimeError: the solver stopped for another reason.
        """
        self._solver.run()
        status = self._solver.getModelStatus()
        if status == self._infeasible:
            return None
        if status != self._optimal:
            msg = f"the solver stopped: {self._solver.modelStatusToString(status)}"
            raise RuntimeError(msg)
        values = self._solver.getSolution().col_value
        return [low + round(x) for low, x in zip(self._lows, values, strict=True)]
