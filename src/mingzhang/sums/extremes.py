"""The least and the greatest that a sum of whole numbers can be under rows, solved by HiGHS: one thread, a fixed seed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

SECONDS: float = 3.0
"""So long one extreme may take; worlds found by then are worlds, if not the last there are."""

_NEAR: float = 1e-5


class Extremes:
    """Whole numbers at or above lows, of which rows between two bounds hold.

    A row is its terms (number of a column, coefficient) and its two bounds, None where there is none.
    """

    def __init__(
        self,
        lows: Sequence[int],
        rows: Sequence[tuple[Sequence[tuple[int, int]], int | None, int | None]],
        seed: int = 0,
    ) -> None:
        """State the rows; numbers near 0 are the most exact, so count them from a world that is known to hold."""
        import highspy  # noqa: PLC0415 - heavy, and only wanted where something is withheld
        import numpy as np  # noqa: PLC0415

        self._count = len(lows)
        self._whole = False
        self._sense = (highspy.ObjSense.kMinimize, highspy.ObjSense.kMaximize)
        self._unbounded = (highspy.HighsModelStatus.kUnbounded, highspy.HighsModelStatus.kUnboundedOrInfeasible)
        self._solver: Any = highspy.Highs()  # type: ignore[no-untyped-call]
        for name, value in (
            ("output_flag", False),
            ("threads", 1),
            ("parallel", "off"),
            ("random_seed", seed),
            ("mip_rel_gap", 0.0),
            ("mip_abs_gap", 0.5),
            ("time_limit", SECONDS),
        ):
            self._solver.setOptionValue(name, value)
        infinite = highspy.kHighsInf
        lp = highspy.HighsLp()
        lp.num_col_, lp.num_row_ = self._count, len(rows)
        lp.col_cost_ = np.zeros(self._count)
        lp.col_lower_ = np.array(lows, dtype=np.double)
        lp.col_upper_ = np.full(self._count, infinite)
        lp.row_lower_ = np.array([-infinite if low is None else low for _, low, _ in rows], dtype=np.double)
        lp.row_upper_ = np.array([infinite if high is None else high for _, _, high in rows], dtype=np.double)
        self._kinds = (highspy.HighsVarType.kContinuous, highspy.HighsVarType.kInteger)
        starts = [0]
        for terms, _, _ in rows:
            starts.append(starts[-1] + len(terms))
        lp.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
        lp.a_matrix_.start_ = np.array(starts, dtype=np.int32)
        lp.a_matrix_.index_ = np.array([n for terms, _, _ in rows for n, _ in terms], dtype=np.int32)
        lp.a_matrix_.value_ = np.array([c for terms, _, _ in rows for _, c in terms], dtype=np.double)
        self._solver.passModel(lp)

    def extreme(self, columns: Collection[int], *, greatest: bool, whole: bool = True) -> list[int] | None:
        """Give numbers under which the sum of some columns is least or greatest; None if it has no bound.

        The numbers are the solver's, rounded: whether the rows hold of them is for the caller to see. The empty list
        says that there are none: not asked for `whole` numbers the solver is quicker, but may find others.
        """
        import numpy as np  # noqa: PLC0415

        wanted = set(columns)
        numbers = np.arange(self._count, dtype=np.int32)
        costs = np.array([1.0 if n in wanted else 0.0 for n in range(self._count)])
        self._solver.changeColsCost(self._count, numbers, costs)
        if whole != self._whole:
            self._whole = whole
            kinds = np.full(self._count, int(self._kinds[whole]), dtype=np.uint8)
            self._solver.changeColsIntegrality(self._count, numbers, kinds)
        self._solver.changeObjectiveSense(self._sense[greatest])
        self._solver.run()
        if self._solver.getModelStatus() in self._unbounded:
            return None
        found = self._solver.getSolution().col_value
        return [round(x) for x in found] if whole or all(abs(x - round(x)) < _NEAR for x in found) else []
