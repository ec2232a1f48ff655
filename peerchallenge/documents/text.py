"""Words written by people, made safe for a page or a PDF.

`plain` shows text exactly as typed, `inline` and `rich` understand Markdown. Raw HTML is shown literally by all three,
and none lets a picture, a heading or an address other than http, https, mailto or tel through.
"""

import functools
import re

import nh3
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt

INLINE_TAGS = {"a", "br", "code", "em", "s", "strong"}
BLOCK_TAGS = INLINE_TAGS | {"blockquote", "li", "ol", "p", "ul"}
ADDRESSES = {"http", "https", "mailto", "tel"}
DAY_OF_MONTH = re.compile(
    r"\b([0-3]?[0-9]) (January|February|March|April|May|June|July|August|September|October|November|December)\b"
)  # the two never part at the end of a line
HALF_LETTERS = re.compile("[\ud800-\udfff]")  # half of a pair; no file can hold one
MOST_MARKDOWN = 100_000  # letters; a longer text is shown as typed


def plain(text: str) -> SafeString:
    """`text` as typed, its line breaks kept."""
    return mark_safe("<br>".join(escape(line) for line in _lines(text)))  # noqa: S308  # escaped line by line


def paragraphs(text: str) -> list[str]:
    """The paragraphs of `text`: what stands between empty lines."""
    return [part.strip() for part in re.split(r"\n\s*\n", "\n".join(_lines(text))) if part.strip()]


def inline(text: str) -> SafeString:
    """One paragraph of Markdown, without the paragraph around it."""
    if len(text) > MOST_MARKDOWN:
        return plain(text)
    return _clean(_markdown().renderInline("\n".join(_lines(text))), INLINE_TAGS)


def rich(text: str) -> SafeString:
    """A text of Markdown paragraphs, lists and quotations."""
    if len(text) > MOST_MARKDOWN:
        return mark_safe(f"<p>{plain(text)}</p>")  # noqa: S308  # plain() escapes
    return _clean(_markdown().render("\n".join(_lines(text))), BLOCK_TAGS)


def _lines(text: str) -> list[str]:
    whole = HALF_LETTERS.sub("", text.replace("\x00", " ").replace("\r\n", "\n").replace("\r", "\n"))
    return DAY_OF_MONTH.sub("\\1\u00a0\\2", whole).strip().split("\n")


@functools.cache
def _markdown() -> MarkdownIt:
    # A document has one order of headings, which belongs to its template: "# Title" stays as typed.
    reader = MarkdownIt("js-default", {"breaks": True, "maxNesting": 20})
    return reader.disable(["code", "fence", "heading", "hr", "image", "lheading", "reference", "table"])


def _clean(html: str, tags: set[str]) -> SafeString:
    cleaned = nh3.clean(
        html,
        tags=tags,
        clean_content_tags=set(),
        attributes={"a": {"href"}},
        url_schemes=ADDRESSES,
        link_rel="noopener noreferrer nofollow",
    )
    return mark_safe(cleaned)  # noqa: S308  # the allow-list above is what makes it safe
