"""Make a drawn SVG fit our pages: no inline styles, our own links, colours that follow light and dark."""

import re
from typing import Final

from lxml import etree

SVG: Final = "http://www.w3.org/2000/svg"
XLINK_HREF: Final = "{http://www.w3.org/1999/xlink}href"
FOREIGN_BASE: Final = re.compile(r"^https://vega\.github\.io/vega-datasets/+")

CLASSES: Final = {
    "#1f2a44": "ink",
    "#5d6578": "mute",
    "#e5e2da": "line",
    "#f2f0ea": "soft",
    "#ffffff": "card",
    "#fff": "card",
    "white": "card",
    "#b9bdc7": "context",
    "#0f766e": "teal",
    "#b45309": "amber",
    "#b42318": "brick",
    "#56637a": "slate",
    "#6d4fb3": "violet",
    "#e3f1ef": "teal-soft",
    "#fbeedd": "amber-soft",
    "#fbe7e4": "brick-soft",
    "#eceff3": "slate-soft",
    "#eee9f8": "violet-soft",
}
"""Colour of the theme → name of the CSS variable; a picture that stands alone keeps the colour itself."""

DROPPED: Final = {f"{{{SVG}}}{name}" for name in ("style", "script", "foreignObject", "metadata")}


def cleaned(svg: str, label: str = "") -> str:
    """Return the SVG for our pages; `label` is read aloud in place of the whole."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    root = etree.fromstring(svg.encode(), parser)
    for element in list(root.iter(etree.Element)):
        if element.tag in DROPPED:
            parent = element.getparent()
            if parent is not None:
                parent.remove(element)
            continue
        _clean(element)
    if label:
        root.set("role", "img" if root.find(f".//{{{SVG}}}a") is None else "group")
        root.set("aria-label", label)
    for name in ("width", "height"):
        if root.get("viewBox") and name in root.attrib:
            root.set(f"data-{name}", root.attrib.pop(name))
    etree.cleanup_namespaces(root)
    return etree.tostring(root, encoding="unicode")


def _clean(element: etree._Element) -> None:
    for name in list(element.attrib):
        if name == "style" or str(name).lower().startswith("on"):
            del element.attrib[name]
    href = element.attrib.pop(XLINK_HREF, "") or element.attrib.pop("href", "")
    if href and element.tag == f"{{{SVG}}}a":
        _link(element, str(href))
    element.attrib.pop("target", "")
    _quiet(element)
    classes = [f"{letter}-{_variable(element, colour)}" for letter, colour in _colours(element)]
    if classes:
        element.set("class", " ".join([*str(element.get("class", "")).split(), *classes]))


def _quiet(element: etree._Element) -> None:
    """Keep what marks say aloud; hide axes and containers, which speak another language or say nothing."""
    element.attrib.pop("aria-roledescription", "")
    if "role-axis" in str(element.get("class", "")):
        element.attrib.pop("aria-label", "")
        element.attrib.pop("role", "")
        element.set("aria-hidden", "true")
    elif element.get("role") in {"graphics-object", "graphics-symbol"}:
        if not element.get("aria-label"):
            del element.attrib["role"]
        else:
            element.set("role", "img")


def _link(element: etree._Element, href: str) -> None:
    """Keep only links that stay with us."""
    path = FOREIGN_BASE.sub("/", href)
    if path.startswith("/") and not path.startswith("//"):
        element.set("href", path)


def _variable(element: etree._Element, colour: str) -> str:
    """Return the variable of a colour; words are never written in the faint grey of the context."""
    name = CLASSES[colour]
    return "mute" if name == "context" and element.tag == f"{{{SVG}}}text" else name


def _colours(element: etree._Element) -> list[tuple[str, str]]:
    found = []
    for letter, name in (("f", "fill"), ("s", "stroke")):
        colour = str(element.get(name, "")).lower()
        if colour in CLASSES:
            found.append((letter, colour))
    return found
