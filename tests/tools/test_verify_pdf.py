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
def said(tool, tmp_path_factory):
    folder = tmp_path_factory.mktemp("verapdf")
    good = list(tool.drafts(folder))
    smallest = min(good, key=lambda f: f.stat().st_size)
    return tool.validate([*good, _spoilt(smallest, folder / "spoilt.pdf")])[1]


@pytest.fixture(scope="module")
def verdicts(said):
    lines = [line.split("\t") for line in said.splitlines() if not line.startswith("\t")]
    return {(Path(name).stem, flavour): verdict for name, flavour, verdict in lines}


def _spoilt(good, path):
    """Take the relationship off an attachment, and the mark of an artifact off every watermark."""
    with pikepdf.open(good) as pdf:
        del pdf.attachments["disclosure.json"].obj["/AFRelationship"]
        for page in pdf.pages:
            for stream in page.Contents:
                content = stream.read_bytes()
                if b"/MzDraft Do" in content:
                    start, end = content.index(b"/Artifact"), content.index(b"BDC") + 3
                    stream.write(content[:start] + content[end:].replace(b"EMC", b""))
        pdf.save(path)
    return path


def test_a_draft_of_each_pack_is_an_archivable_and_accessible_pdf(verdicts, tool):
    books = tool.smallest((ROOT / "examples").glob("*.json"))

    assert len(books) >= 4
    assert {verdicts[b.stem, flavour] for b in books for flavour in ("3a", "ua1")} == {"valid"}


def test_a_draft_in_each_theme_is_one_too(verdicts):
    themed = {k: v for k, v in verdicts.items() if k[0].startswith("theme-")}

    assert len(themed) >= 6
    assert set(themed.values()) == {"valid"}


def test_planted_faults_are_seen(verdicts, said):
    assert verdicts["spoilt", "3a"] == verdicts["spoilt", "ua1"] == "invalid"
    assert "AFRelationship" in said
    assert "Artifact" in said
