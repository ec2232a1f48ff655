"""Styles and lists of a Word file: which paragraphs are bullets, how deep, and what number Word shows."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from lxml import etree

from .archive import Archive, child, local, value

LIST_STYLE = re.compile(r"list (?:bullet|number)(?: (\d))?$", re.IGNORECASE)
HEADING_STYLE = re.compile(r"heading (\d)$", re.IGNORECASE)
HEADING_IDENTIFIER = re.compile(r"Heading(\d)$")
PLACE = re.compile(r"%(\d)")
ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"))
ROMAN_UNITS = ((9, "ix"), (5, "v"), (4, "iv"), (1, "i"))
DEEPEST_STYLE = 20


@dataclass(frozen=True, slots=True)
class Style:
    name: str
    based_on: str | None
    list_number: str | None
    level: int


@dataclass(frozen=True, slots=True)
class Level:
    """How one level of a list is numbered: the form of the number, the pattern around it, where it starts."""

    form: str = "decimal"
    pattern: str = "%1."
    start: int = 1


@dataclass(frozen=True, slots=True)
class Listed:
    """A paragraph's place in a list: how deep, and the number Word shows ("" for a plain bullet)."""

    level: int
    number: str


def whole(text: str | None, otherwise: int = 0) -> int:
    return int(text) if text is not None and text.isdecimal() and len(text) < 7 else otherwise


def as_letters(count: int) -> str:
    """1 is a, 26 is z, 27 is aa, as Word counts."""
    return chr(ord("a") + (count - 1) % 26) * min((count - 1) // 26 + 1, 10)


def as_roman(count: int) -> str:
    text = ""
    for size, letters in ROMAN + ROMAN_UNITS:
        while count >= size:
            text, count = text + letters, count - size
    return text


def shown(count: int, form: str) -> str:
    if count < 1 or count > 3999:
        return str(count)
    match form:
        case "lowerLetter":
            return as_letters(count)
        case "upperLetter":
            return as_letters(count).upper()
        case "lowerRoman":
            return as_roman(count)
        case "upperRoman":
            return as_roman(count).upper()
        case _:
            return str(count)


@dataclass
class Lists:
    """The styles and lists of one file, and how far each list has been counted."""

    styles: dict[str, Style] = field(default_factory=dict)
    default_style: str | None = None
    levels: dict[str, dict[int, Level]] = field(default_factory=dict)
    list_of: dict[str, str] = field(default_factory=dict)
    restarts: dict[str, dict[int, int]] = field(default_factory=dict)
    counts: dict[str, dict[int, int]] = field(default_factory=dict)
    begun: set[str] = field(default_factory=set)

    def chain(self, identifier: str | None) -> list[Style]:
        """A style and the styles it is based on."""
        styles: list[Style] = []
        while identifier in self.styles and len(styles) < DEEPEST_STYLE:
            styles.append(self.styles[identifier])
            identifier = styles[-1].based_on
        return styles

    def heading_level(self, properties: etree._Element | None) -> int:
        """1 to 9 for the styles Heading 1 to Heading 9 and those based on them, else 0."""
        identifier = value(child(properties, "pStyle"))
        for style in self.chain(identifier):
            if match := HEADING_STYLE.match(style.name):
                return int(match[1])
        match = HEADING_IDENTIFIER.match(identifier or "")
        return int(match[1]) if match and identifier not in self.styles else 0

    def place(self, properties: etree._Element | None) -> Listed | None:
        """Where a paragraph stands in a list, its own list formatting first, then its style's. Counts the list on."""
        own = child(properties, "numPr")
        number = value(child(own, "numId"))
        level = whole(value(child(own, "ilvl")))
        named = False
        if number is None:
            for style in self.chain(value(child(properties, "pStyle")) or self.default_style):
                match = LIST_STYLE.match(style.name)
                if match and not named:
                    named, level = True, max(level, whole(match[1], 1) - 1)
                if style.list_number is not None:
                    number, level = style.list_number, max(level, style.level)
                    break
        if number is None or (number not in self.list_of and not named):
            return Listed(level, "") if named else None
        return self.count(number, level, named)

    def count(self, number: str, level: int, named: bool) -> Listed | None:
        """Count a paragraph of list `number`. The number 0 means that the paragraph is in no list."""
        if number == "0" or number not in self.list_of:
            return Listed(level, "") if named and number != "0" else None
        identifier = self.list_of[number]
        levels = self.levels.get(identifier, {})
        form = levels.get(level, Level())
        if form.form == "none" and not form.pattern:
            return Listed(level, "") if named else None
        if form.form == "bullet":
            return Listed(level, "")
        counts = self.counts.setdefault(identifier, {})
        if number not in self.begun:
            self.begun.add(number)
            for restarted, start in self.restarts.get(number, {}).items():
                counts[restarted] = start - 1
        for upper in range(level):
            counts.setdefault(upper, levels.get(upper, Level()).start)
        counts[level] = counts.get(level, form.start - 1) + 1
        for deeper in [each for each in counts if each > level]:
            del counts[deeper]

        def one(match: re.Match[str]) -> str:
            place = int(match[1]) - 1
            return shown(counts.get(place, 1), levels.get(place, Level()).form)

        return Listed(level, PLACE.sub(one, form.pattern))


def read_lists(archive: Archive, document: str) -> Lists:
    """Read the styles and the lists of the document, where the file has them."""
    lists = Lists()
    parts = dict(archive.targets(document).values())
    folder = document.rpartition("/")[0]
    styles = parts.get("styles", f"{folder}/styles.xml")
    numbering = parts.get("numbering", f"{folder}/numbering.xml")
    if archive.has(styles):
        for element in archive.elements(styles, "style"):
            if value(element, "type") == "paragraph":
                read_style(element, lists)
    if archive.has(numbering):
        links: dict[str, str] = {}
        for element in archive.elements(numbering, "abstractNum", "num"):
            if local(element) == "num":
                read_number(element, lists)
            else:
                read_list(element, lists, links)
        for identifier, style in links.items():
            number = lists.styles[style].list_number if style in lists.styles else None
            target = lists.list_of.get(number or "")
            if target and target != identifier:
                lists.levels[identifier] = lists.levels.get(target, {})
    return lists


def read_style(element: etree._Element, lists: Lists) -> None:
    identifier = value(element, "styleId") or ""
    listed = child(element, "pPr", "numPr")
    lists.styles[identifier] = Style(
        name=value(child(element, "name")) or identifier,
        based_on=value(child(element, "basedOn")),
        list_number=value(child(listed, "numId")),
        level=whole(value(child(listed, "ilvl"))),
    )
    if value(element, "default") in ("1", "true"):
        lists.default_style = identifier


def read_list(element: etree._Element, lists: Lists, links: dict[str, str]) -> None:
    identifier = value(element, "abstractNumId") or ""
    lists.levels[identifier] = {
        whole(value(inner, "ilvl")): Level(
            form=value(child(inner, "numFmt")) or "decimal",
            pattern=value(child(inner, "lvlText")) or "",
            start=whole(value(child(inner, "start")), 1),
        )
        for inner in element
        if local(inner) == "lvl"
    }
    if style := value(child(element, "numStyleLink")):
        links[identifier] = style


def read_number(element: etree._Element, lists: Lists) -> None:
    number = value(element, "numId") or ""
    lists.list_of[number] = value(child(element, "abstractNumId")) or ""
    for inner in element:
        start = value(child(inner, "startOverride"))
        if local(inner) == "lvlOverride" and start is not None:
            lists.restarts.setdefault(number, {})[whole(value(inner, "ilvl"))] = whole(start, 1)
