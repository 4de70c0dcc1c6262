"""No document goes out of which a withheld amount can be computed: it is refused, with what would help."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mingzhang.compiling.transfers import passed_on
from mingzhang.compiling.withheld_inference import inference
from mingzhang.compiling.withheld_proposal import proposed
from mingzhang.model.fault import Fault
from mingzhang.model.language import gettext as _

if TYPE_CHECKING:
    from mingzhang.compiling.withheld import Published
    from mingzhang.compiling.withheld_inference import Concluded, Inference, Setting
    from mingzhang.compiling.withheld_proposal import Proposal, Step
    from mingzhang.model.book import Book
    from mingzhang.model.disclosure import Disclosure

FEW = 6
"""So many figures are named by which an amount can be computed."""


class Revealed(Fault):
    """From what would be published a withheld amount can be computed, or nearly so."""

    def __init__(self, found: Inference, proposal: Proposal | None) -> None:
        """Keep what can be concluded, and the proposal; the message tells no amount."""
        lines = [pinned_text(c) for c in found.pinned]
        super().__init__(
            "\n  ".join((_("涉密金额可由公开的数字推算出来，未编制"), *lines)), hint=proposal_text(proposal)
        )
        self.found = found
        self.proposal = proposal


def must_be_protected(book: Book, setting: Setting, disclosure: Disclosure, shown: Published) -> None:
    """See that no withheld amount can be computed from a document and those published beside it.

    Raises:
        Revealed: one can; the figures that tell it are named, and the smallest further suppression.
    """
    told = (
        setting.beside or any(s.policy != "left_out" for s in shown.secrets) or any(True for _pair in passed_on(book))
    )
    if not shown.secrets or not told:
        return  # what is in no sum that is printed, nobody can compute
    found = inference(book, setting, disclosure, shown)
    if found.pinned:
        raise Revealed(found, proposed(book, setting, shown))


def pinned_text(conclusion: Concluded) -> str:
    """Say which figures tell a withheld amount."""
    shown = _("、").join(conclusion.pins[:FEW])
    more = _("等 {n} 个数字").format(n=len(conclusion.pins)) if len(conclusion.pins) > FEW else ""
    return _("{secret}：由 {figures}{more}").format(secret=conclusion.secret.id, figures=shown, more=more)


def step_text(step: Step) -> str:
    """Say what to write into the book."""
    match step.kind:
        case "fold":
            text = _("涉密依据 {entry}：“并入上级”加 {what}")
        case "cover":
            text = _("涉密依据 {entry}：“一并处理”加 {what}")
        case "leave_out":
            text = _("涉密依据 {entry}：“处理方式”改为不列入")
    return text.format(entry=step.entry, what=step.what)


def proposal_text(proposal: Proposal | None) -> str:
    """Say what would help, and whether less would."""
    if proposal is None:
        return _("已公开的文件已经透露了它，再不列什么也无济于事。")
    least = _("最少要再做") if proposal.smallest else _("可再做（未证明最少）")
    return least + _("：") + _("；").join(step_text(s) for s in proposal.steps) + _("。")
