"""Random books in which lines and projects are withheld, left out or merged; the same seed gives the same book."""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING

from msgspec.structs import replace
from sound_books import sound_book

from mingzhang.model.book import Withheld

if TYPE_CHECKING:
    from mingzhang.model.book import Book


def secret_book(seed: int, pack: str, *, policy: str = "") -> Book:
    """Make a book of a pack with one to three withheld lines and projects, of one or two entries."""
    random = Random(f"secret {pack} {seed}")
    book = sound_book(seed, pack, lines=random.choice((None, None, 45, 90)))
    entries = tuple(
        Withheld(id=f"w{n}", basis="示例依据", approver="示例机关", date="2024-01-05",
                 policy=policy or random.choice(("", "left_out", "merged", "merged", "merged")))
        for n in range(random.choice((1, 1, 2)))
    )  # fmt: skip
    spending, projects = list(book.spending), list(book.projects)
    basic = [n for n, x in enumerate(spending) if not x.project]
    for n in range(random.choice((1, 1, 2, 3))):
        entry = entries[n % len(entries)].id
        if projects and random.random() < 0.6:
            at = random.randrange(len(projects))
            projects[at] = replace(projects[at], withheld=entry)
        else:
            at = random.choice(basic)
            spending[at] = replace(spending[at], withheld=entry)
    return replace(book, spending=tuple(spending), projects=tuple(projects), withheld=entries)
