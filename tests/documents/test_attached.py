"""The data inside a PDF: it is what is stored beside it, named by its hash, also in a draft."""

import csv
import hashlib
import io
import json

import pikepdf
import pytest
from disclosures import small_disclosure
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from mingzhang.documents.attached import CELLS, CHECK, DISCLOSURE, attachments, content_name
from mingzhang.documents.exports import cells_csv
from mingzhang.documents.pdf import pdf_bytes
from mingzhang.model.codec import decode, encode
from mingzhang.model.disclosure import Disclosure
from mingzhang.rules.engine import check


@pytest.fixture(scope="module", params=[False, True], ids=["final", "draft"])
def files(request):
    with pikepdf.open(io.BytesIO(pdf_bytes(small_disclosure(), draft=request.param))) as pdf:
        with pdf.open_metadata() as metadata:
            named = str(metadata["dc:identifier"])
        related = {str(s.UF): str(s.AFRelationship) for s in pdf.Root.AF}
        return {n: a.get_file().read_bytes() for n, a in pdf.attachments.items()}, related, named


def test_what_is_attached_is_what_is_stored(files):
    found, related, _named = files

    assert found[DISCLOSURE] == encode(small_disclosure())
    assert decode(found[DISCLOSURE], Disclosure) == small_disclosure()
    assert found[CELLS].decode() == cells_csv(small_disclosure())
    assert related == {DISCLOSURE: "/Data", CELLS: "/Data", CHECK: "/Data"}


def test_metadata_and_check_name_the_data_by_its_hash(files):
    found, _related, named = files

    assert named == f"urn:hash::sha256:{hashlib.sha256(found[DISCLOSURE]).hexdigest()}"
    assert json.loads(found[CHECK])["identifier"] == named


def test_check_tells_what_checking_finds(files):
    found, _related, _named = files
    outcome, findings = json.loads(found[CHECK]), check(small_disclosure())

    assert [f["id"] for f in outcome["findings"]] == [f.id for f in findings]
    for word in ("error", "warning", "hint"):
        assert outcome[f"{word}s"] == sum(f.severity == word and f.outcome == "violated" for f in findings)


def test_findings_at_hand_are_not_looked_for_again():
    outcome = json.loads(attachments(small_disclosure(), ())[2].content)

    assert (outcome["errors"], outcome["findings"]) == (0, [])


@settings(max_examples=20)
@given(name=st.text(st.characters(exclude_categories=["Cs"]), max_size=20))
def test_any_change_of_content_changes_its_name(name):
    plain = attachments(small_disclosure(), ())[0].content
    other = attachments(replace(small_disclosure(), unit_name=name), ())[0].content

    assert (content_name(plain) == content_name(other)) == (name == small_disclosure().unit_name)


def test_cells_have_one_line_for_each_figure(files):
    found, _related, _named = files
    rows = list(csv.DictReader(io.StringIO(found[CELLS].decode())))
    printed = [f for t in small_disclosure().tables for r in t.rows for f in r.cells.values() if f.printed]

    assert [r["value"] for r in rows] == [f.plain for f in printed]
