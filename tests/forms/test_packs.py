"""Every pack in the wheel: it loads, its tables are whole, and it differs from its base only where it says so."""

from __future__ import annotations

import re
from collections import Counter

import pytest

from mingzhang.forms.classifications import edition
from mingzhang.forms.glossary import word_for
from mingzhang.forms.narrative import narrative_of
from mingzhang.forms.pack_check.checking import check_pack
from mingzhang.forms.packs import all_packs, load_pack, merged, pack_ids
from mingzhang.forms.terms import pack_terms
from mingzhang.model.fault import InvalidPack
from mingzhang.sums.filters import parse_filter

TABLES = [pytest.param(pack, table, id=f"{pack.id}-{table.id}") for pack in all_packs() for table in pack.tables]
PACKS = [pytest.param(pack, id=pack.id) for pack in all_packs()]
LISTS = {"fund": "fund", "origin": "origin", "kind": "spending_kind", "level": "level"}


def grid_of(head):
    """Lay the head cells on a grid as a browser would; {(line, column): text}."""
    cells = {}
    for line, row in enumerate(head):
        column = 0
        for cell in row:
            while (line, column) in cells:
                column += 1
            spots = [(line + i, column + j) for i in range(cell.rows) for j in range(cell.columns)]
            assert not cells.keys() & set(spots), f"{cell.text} lies over another cell"
            cells |= dict.fromkeys(spots, cell.text)
    return cells


def filters_of(table):
    yield table.filter
    yield from (c.filter for c in table.columns)
    yield from (r.filter for rows in table.rows for r in rows.fixed)
    yield from (rows.filter for rows in table.rows)


def test_there_are_packs_and_an_unknown_one_is_a_fault():
    assert {"shanxi-2023", "shanxi-2024"} <= set(pack_ids())
    with pytest.raises(InvalidPack) as caught:
        load_pack("atlantis-2023")
    assert "shanxi-2023" in caught.value.hint


@pytest.mark.parametrize("pack", PACKS)
def test_a_pack_says_what_it_is(pack):
    assert pack.id in pack_ids()
    assert pack.years
    assert pack.place
    assert edition(pack.standards).classes()
    assert re.fullmatch("[0-9a-f]{16}", pack.hash)
    assert {p.key for p in pack.parts} == {"profile", "tables", "written", "glossary"}
    assert len({p.heading for p in pack.parts}) == len(pack.parts)
    for kind in ("profile", "written"):
        own = [p for p in pack.parts if p.key == kind]
        listed = [s for p in own for s in p.sections]
        tops = {s.key for s in narrative_of(pack).sections if s.part == kind and s.level == 1}
        assert len(set(listed)) == len(listed)
        assert set(listed) == tops if all(p.sections for p in own) else set(listed) < tops


@pytest.mark.parametrize("pack", PACKS)
def test_tables_have_titles_and_numbers_of_their_own(pack):
    whole = [t for t in pack.tables if not t.beside]
    for names in ([t.id for t in pack.tables], [t.title for t in whole]):
        assert all(names)
        assert max(Counter(names).values()) == 1
    numbers = [t.number for t in pack.tables]
    assert len(set(numbers)) == len(numbers) or not any(numbers)
    for table in pack.tables:
        assert not table.beside or pack.table(table.beside).turned


@pytest.mark.parametrize(("pack", "table"), TABLES)
def test_the_head_fills_exactly_the_columns(pack, table):
    if table.turned or table.beside:
        return  # its rows stand in the head
    cells = grid_of(table.head)
    lines = len(table.head)
    assert cells.keys() == {(i, j) for i in range(lines) for j in range(len(table.columns))}
    for j, column in enumerate(table.columns):
        assert column.header in {cells[i, j] for i in range(lines)}, column.key


@pytest.mark.parametrize(("pack", "table"), TABLES)
def test_keys_are_unique_within_a_side(pack, table):
    assert max(Counter((c.key, c.side) for c in table.columns if c.kind != "code").values()) == 1
    fixed = [(r.key, rows.side) for rows in table.rows for r in rows.fixed]
    lines = [(r.line, rows.side) for rows in table.rows for r in rows.fixed]
    assert len(set(fixed)) == len(fixed)
    assert len(set(lines)) == len(lines)
    assert {r.side for r in table.rows} == {c.side for c in table.columns}


@pytest.mark.parametrize(("pack", "table"), TABLES)
def test_a_turned_table_and_those_beside_it_fill_its_head(pack, table):
    if not table.turned:
        return
    cells = grid_of(table.head)
    printed = [table, *(t for t in pack.tables if t.beside == table.id)]
    rows = [r for t in printed for part in t.rows for r in part.fixed]
    assert {j for _i, j in cells} == set(range(len(rows)))
    assert [cells[len(table.head) - 1, j] for j in range(len(rows))].count("") == 0


@pytest.mark.parametrize(("pack", "table"), TABLES)
def test_filters_parse_and_ask_for_values_that_facts_have(pack, table):
    for text in filters_of(table):
        for condition in parse_filter(text).conditions:
            assert word_for(condition.field, "fact") is not None, text
            for value in condition.values:
                if condition.field in LISTS:
                    assert word_for(value, LISTS[condition.field]) is not None, text
                if condition.field == "class":
                    assert edition(pack.standards).function(value) is not None, text


@pytest.mark.parametrize(("pack", "table"), TABLES)
def test_class_rows_carry_the_name_of_their_code(pack, table):
    for rows in table.rows:
        for row in rows.fixed:
            code = row.key.removeprefix("out:")
            if code.isdigit():
                entry = edition(pack.standards).function(code)
                assert entry.is_called(row.label.partition("、")[2])
                assert f"class={code}" in row.filter.split()


@pytest.mark.parametrize("pack", PACKS)
def test_the_base_of_a_pack_is_a_pack(pack):
    if pack.extends:
        base = load_pack(pack.extends)
        assert [t.id for t in base.tables] == [t.id for t in pack.tables]
        assert base.hash != pack.hash
        assert (base.years, base.kind) != (pack.years, pack.kind)


def test_shanxi_2024_differs_from_2023_where_it_says_so():
    old, new = load_pack("shanxi-2023"), load_pack("shanxi-2024")
    differing = {t.id for t in new.tables if t != old.table(t.id)}
    assert differing == {"projects", "three_public", "operating_cost"}
    assert new.table("projects").rows[0].subtotals == ("department", "unit")
    assert new.table("projects").columns == old.table("projects").columns
    assert new.table("three_public").title in old.table("three_public").titles
    assert (old.style.grouped_tables, new.style.grouped_tables) == (True, False)
    assert old.style.grouped_text == new.style.grouped_text
    assert pack_terms(old) == pack_terms(new)


def test_mappings_are_laid_over_key_by_key_and_lists_replaced():
    under = {"a": {"x": 1, "y": [1, 2]}, "b": 1}
    assert merged(under, {"a": {"y": [3]}, "c": 2}) == {"a": {"x": 1, "y": [3]}, "b": 1, "c": 2}
    assert under == {"a": {"x": 1, "y": [1, 2]}, "b": 1}


def own_pack(folder, text):
    folder.mkdir()
    (folder / "pack.toml").write_text(text, encoding="utf-8")
    return str(folder)


def test_an_office_can_extend_a_pack_by_path(tmp_path):
    own = load_pack(
        own_pack(tmp_path / "ours", 'id = "ours"\nextends = "shanxi-2024"\nplace = "别处"\nyears = [2025]\n')
    )
    assert (own.id, own.place, own.years) == ("ours", "别处", (2025,))
    assert own.tables == load_pack("shanxi-2024").tables


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('extends = "atlantis-2023"', "没有名为"),
        ("id = ", "pack.toml"),
        ('extends = "shanxi-2024"\nyears = "2025"', "years"),
        ('extends = "shanxi-2024"\nunheard = 1', "unheard"),
        ('extends = "shanxi-2024"\norder = ["nowhere"]', "nowhere"),
    ],
)
def test_a_pack_that_does_not_fit_is_a_fault(tmp_path, text, said):
    with pytest.raises(InvalidPack) as caught:
        load_pack(own_pack(tmp_path / "ours", text))
    assert said in str(caught.value)


def test_a_pack_that_extends_itself_is_a_fault(tmp_path):
    folder = tmp_path / "ours"
    with pytest.raises(InvalidPack, match="互相继承"):
        load_pack(own_pack(folder, f'extends = "{folder}"'))


def test_one_file_can_be_a_difference_from_another_packs(tmp_path):
    folder = tmp_path / "ours"
    own_pack(folder, 'id = "ours"\nextends = "shanghai-2025"\nplace = "别处"\nyears = [2025]\n')
    (folder / "tables").mkdir()
    table = folder / "tables" / "spending.toml"
    table.write_text('like = "shanxi-2023"\ntitle = "支出表"\nnumber = ""\n', encoding="utf-8")
    ours, lender = load_pack(str(folder)), load_pack("shanxi-2023").table("spending")
    assert (ours.table("spending").title, ours.table("spending").head) == ("支出表", lender.head)
    assert ours.table("income") == load_pack("shanghai-2025").table("income")
    assert check_pack(str(folder)).faults == ()
    table.write_text('like = "shanxi-2023"\ncarry = "all"\n', encoding="utf-8")
    assert [(f.file, f.key, f.line) for f in check_pack(str(folder)).faults] == [(str(table), "carry", 2)]
    (folder / "text").mkdir()
    (folder / "text" / "nowhere.toml").write_text('like = "shanxi-2023"\n', encoding="utf-8")
    with pytest.raises(InvalidPack, match="没有这个文件"):
        load_pack(str(folder), fresh=True)
