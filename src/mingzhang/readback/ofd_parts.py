"""The parts of an OFD file (GB/T 33190) and how they lead to one another: pages, templates, resources, annotations.

Nothing is fetched, no entity is resolved, no action is run; what the parts unpack to was counted before.
"""

from __future__ import annotations

import posixpath
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from mingzhang.model.fault import UnreadableInput
from mingzhang.model.language import gettext as _
from mingzhang.readback.limits import MAX_PDF_PAGES, MAX_XML_PART
from mingzhang.readback.packed import unpacked

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element as Element

MAIN: Final = "OFD.xml"
_LOCKS: Final = ("encryptions.xml", "entriesmap.dat")
"""The parts by which a file says that others of its parts are encrypted."""


@dataclass(frozen=True)
class Leaf:
    """One page: its part's name and content, its size as written, the templates behind and before it, its annotations."""

    part: str
    content: Element
    area: str = ""
    templates: tuple[Element, ...] = ()
    annotations: tuple[Element, ...] = ()


class Package:
    """An OFD file opened: parts are known by their names without regard to capitals, which writers confuse."""

    def __init__(self, content: bytes, parts: tuple[str, ...], name: str) -> None:
        """Take the file's bytes and the names of its parts.

        Raises:
            UnreadableInput: its parts are encrypted.
        """
        self._content, self._name = content, name
        self._parts = {p.lstrip("/").lower(): p for p in parts}
        self.resources: dict[str, Element] = {}
        if any(p.rpartition("/")[2] in _LOCKS for p in self._parts):
            raise UnreadableInput(_("文件加了密码，不能读取"), place=name, hint=_("请先解除密码，再读取。"))

    def pages(self) -> Iterator[Leaf]:
        """Give every page of every document inside, in order.

        Raises:
            UnreadableInput: a part is damaged or missing, or there are too many pages.
        """
        main = self.tree(MAIN)
        count = 0
        for root in below(main, "DocRoot"):
            part = self.path(MAIN, root.text or "")
            document = self.tree(part)
            area = next((a for a in below(document, "PageArea")), None)
            templates = {
                t.get("ID", ""): self.path(part, t.get("BaseLoc", "")) for t in below(document, "TemplatePage")
            }
            notes = self._annotations(part, document)
            for kind in ("PublicRes", "DocumentRes"):
                for found in below(document, kind):
                    self._resources(self.path(part, found.text or ""))
            for page in below(next(below(document, "Pages"), document), "Page"):
                count += 1
                if count > MAX_PDF_PAGES:
                    raise UnreadableInput(_("OFD 的页数过多"), place=self._name)
                yield self._leaf(
                    self.path(part, page.get("BaseLoc", "")), area, templates, notes.get(page.get("ID", ""), [])
                )

    def keywords(self) -> str:
        """Give the file's own keywords."""
        return ", ".join((k.text or "").strip() for k in below(self.tree(MAIN), "Keyword"))

    def tree(self, part: str) -> Element:
        """Give a part as a tree.

        Raises:
            UnreadableInput: it is damaged or not there.
        """
        from lxml import etree  # noqa: PLC0415 - heavy, and only here

        parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
        content = self.raw(part)
        if len(content) > MAX_XML_PART:
            raise UnreadableInput(_("文件解压后过大"), place=f"{self._name}: {part}")
        try:
            return etree.fromstring(content, parser)
        except etree.XMLSyntaxError as error:
            raise UnreadableInput(_("OFD 文件已损坏，无法读取"), place=f"{self._name}: {part}") from error

    def raw(self, part: str) -> bytes:
        """Give the bytes of a part.

        Raises:
            UnreadableInput: it is damaged or not there.
        """
        return unpacked(self._content, self._parts.get(part.lower(), part), self._name)

    def has(self, part: str) -> bool:
        """Tell whether a part is there."""
        return part.lower() in self._parts

    @staticmethod
    def path(part: str, location: str) -> str:
        """Give the part that a location in another part means."""
        location = location.strip().replace("\\", "/")
        return posixpath.normpath(posixpath.join("/", posixpath.dirname(part), location)).lstrip("/")

    def _leaf(self, part: str, area: Element | None, templates: dict[str, str], notes: list[str]) -> Leaf:
        content = self.tree(part)
        for found in below(content, "PageRes"):
            self._resources(self.path(part, found.text or ""))
        own = next((a for a in content if kind_of(a) == "Area"), area)
        box = "" if own is None else next((b.text or "" for b in below(own, "PhysicalBox")), "")
        used = [templates[i] for t in below(content, "Template") if (i := t.get("TemplateID", "")) in templates]
        return Leaf(
            part, content, box, tuple(self.tree(t) for t in used if self.has(t)),
            tuple(a for n in notes if self.has(n) for a in below(self.tree(n), "Annot")),
        )  # fmt: skip

    def _annotations(self, part: str, document: Element) -> dict[str, list[str]]:
        """Give the parts with annotations by page; a part that is named and missing says nothing."""
        out: dict[str, list[str]] = {}
        for found in below(document, "Annotations"):
            index = self.path(part, found.text or "")
            for page in below(self.tree(index), "Page") if self.has(index) else ():
                for place in below(page, "FileLoc"):
                    out.setdefault(page.get("PageID", ""), []).append(self.path(index, place.text or ""))
        return out

    def _resources(self, part: str) -> None:
        """Take the drawing parameters, repeated graphics and pictures that a part defines."""
        if not self.has(part):
            return
        tree = self.tree(part)
        base = posixpath.join(posixpath.dirname(part), tree.get("BaseLoc", ""))
        for item in tree.iter():
            if kind_of(item) in {"DrawParam", "CompositeGraphicUnit", "MultiMedia"} and item.get("ID"):
                if kind_of(item) == "MultiMedia":
                    place = next((f.text or "" for f in below(item, "MediaFile")), "")
                    item.set("BaseLoc", self.path(f"{base}/x", place))
                self.resources.setdefault(item.get("ID", ""), item)


def kind_of(element: Element) -> str:
    """Give an element's name without its namespace, which writers choose freely."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def below(element: Element, kind: str) -> Iterator[Element]:
    """Give the elements of a kind inside another, in order."""
    return (e for e in element.iter() if e is not element and kind_of(e) == kind)
