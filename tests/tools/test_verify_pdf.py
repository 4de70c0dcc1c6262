"""veraPDF on one draft of each pack; faults planted in one of them show that it looks."""

import importlib.util
from pathlib import Path

import pikepdf
import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def tool():
    spec = importlib.util.spec_from_file_location("verify_pdf", ROOT / "tools" / "verify_pdf.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    if lacking := module.missing():
        pytest.skip("; ".join(lacking))
    return module


@pytest.fixture(scope="module")
def verdicts(tool, tmp_path_factory):
    folder = tmp_path_factory.mktemp("verapdf")
    good = list(tool.drafts(folder))
    _valid, said = tool.validate([*good, *_spoilt(good[0], folder)])
    lines = [line.split("\t") for line in said.splitlines() if not line.startswith("\t")]
    return {(Path(name).stem, flavour): verdict for name, flavour, verdict in lines}


def _spoilt(good, folder):
    """Take the relationship off an attachment in one copy, the mark of an artifact off the watermark in another."""
    unrelated, untagged = folder / "unrelated.pdf", folder / "untagged.pdf"
    with pikepdf.open(good) as pdf:
        del pdf.attachments["disclosure.json"].obj["/AFRelationship"]
        pdf.save(unrelated)
    with pikepdf.open(good) as pdf:
        for page in pdf.pages:
            for stream in page.Contents:
                content = stream.read_bytes()
                if b"/MzDraft Do" in content:
                    start, end = content.index(b"/Artifact"), content.index(b"BDC") + 3
                    stream.write(content[:start] + content[end:].replace(b"EMC", b""))
        pdf.save(untagged)
    return [unrelated, untagged]


def test_a_draft_of_each_pack_is_an_archivable_and_accessible_pdf(verdicts, tool):
    books = tool.smallest((ROOT / "examples").glob("*.json"))

    assert len(books) >= 4
    assert {verdicts[b.stem, flavour] for b in books for flavour in ("3a", "ua1")} == {"valid"}


def test_a_planted_fault_is_seen(verdicts):
    assert verdicts["unrelated", "3a"] == "invalid"
    assert verdicts["untagged", "ua1"] == "invalid"
