"""What built pages say: a small tree of their elements, and parts of them by their ids."""

import html.parser
import pathlib
import re
import urllib.parse

VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
LEFT_OUT = {"script", "style", "svg", "template"}


class Element:
    """An element with its attributes and what is in it: elements and texts."""

    def __init__(self, tag, attributes):
        self.tag, self.attributes, self.inner = tag, dict(attributes), []

    @property
    def classes(self):
        return (self.attributes.get("class") or "").split()

    def text(self):
        """What a reader sees, with single spaces."""
        if self.tag in LEFT_OUT:
            return ""
        pieces = [inner if isinstance(inner, str) else f" {inner.text()} " for inner in self.inner]
        return " ".join("".join(pieces).split())

    def all(self, tag=None, of_class=None, **attributes):
        """The elements within, in their order, that are of a tag and class and have these attributes."""
        for inner in self.inner:
            if isinstance(inner, str):
                continue
            fits = (tag is None or inner.tag == tag) and (of_class is None or of_class in inner.classes)
            if fits and all(inner.attributes.get(key) == value for key, value in attributes.items()):
                yield inner
            yield from inner.all(tag, of_class, **attributes)

    def first(self, tag=None, of_class=None, **attributes):
        return next(self.all(tag, of_class, **attributes), None)


class Builder(html.parser.HTMLParser):
    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.open = [Element("page", [])]

    def handle_starttag(self, tag, attributes):
        element = Element(tag, attributes)
        self.open[-1].inner.append(element)
        if tag not in VOID:
            self.open.append(element)

    def handle_startendtag(self, tag, attributes):
        self.open[-1].inner.append(Element(tag, attributes))

    def handle_endtag(self, tag):
        if any(element.tag == tag for element in self.open[1:]):
            while self.open.pop().tag != tag:
                pass

    def handle_data(self, data):
        self.open[-1].inner.append(data)


def parsed(html_text):
    builder = Builder()
    builder.feed(html_text)
    builder.close()
    return builder.open[0]


SECTION = re.compile(r"<section\b|</section>")


class Built:
    """The files of a built site."""

    def __init__(self, folder):
        self.folder = pathlib.Path(folder)
        self.texts = {}

    def has(self, route):
        return (self.folder / route).is_file()

    def html(self, route):
        if route not in self.texts:
            path = self.folder / route
            self.texts[route] = path.read_text(encoding="utf-8") if path.is_file() else ""
        return self.texts[route]

    def section(self, route, fragment):
        """The section that has an id or whose heading has it; nothing where the page says nothing of it."""
        page = self.html(route)
        at = page.find(f'id="{fragment}"')
        if at < 0:
            return None
        start = page.rfind("<", 0, at)
        if not page.startswith("<section", start):
            start = page.rfind("<section", 0, at)
        depth = 0
        for tag in SECTION.finditer(page, start):
            depth += 1 if tag.group() == "<section" else -1
            if depth == 0:
                return parsed(page[start : tag.end()])
        return None

    def main(self, route):
        """The part of a page that is its own."""
        page = self.html(route)
        return parsed(page[page.find("<main") : page.find("</main>")])

    def routes(self, pattern):
        return sorted(path.relative_to(self.folder).as_posix() for path in self.folder.glob(pattern))


def rows(table):
    """The cells of a table's body."""
    body = table.first("tbody") or table
    for row in body.all("tr"):
        yield [cell for cell in row.inner if isinstance(cell, Element) and cell.tag in ("th", "td")]


def stem(href):
    """The page that an address names, without its folder and ending: a record's id made safe."""
    return urllib.parse.unquote(href.split("#")[0]).rsplit("/", 1)[-1].removesuffix(".html").casefold()


def safe(identifier):
    """An id as an address has it."""
    return "".join(letter if letter.isalnum() or letter in "._-" else "-" for letter in identifier)
