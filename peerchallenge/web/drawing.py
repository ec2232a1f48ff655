"""The few SVG elements our pictures are made of. Every attribute is written by `format_html`, so nothing can slip in."""

from collections.abc import Iterable

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

BRAND = "#12495a"
SURFACE = "#eff4f5"
LINE = "#b7cbd1"
LINE_SOFT = "#d5dfe2"
RULE = "#e3e9eb"
TEXT = "#0b0c0c"
SECOND = "#484949"
LATE = "#ca3535"
GREEN = "#0f7a52"
AMBER = "#f5a800"
AMBER_DARK = "#7a4a00"
GREY = "#858686"
WHITE = "#ffffff"


def number(value: float) -> str:
    """At most one decimal: pictures stay small and the same on every machine."""
    return f"{value:.1f}".removesuffix(".0")


def attributes(**values: object) -> SafeString:
    given = [
        (name.rstrip("_").replace("_", "-"), number(value) if isinstance(value, float) else value)
        for name, value in values.items()
        if value is not None and value != ""
    ]
    return format_html_join("", ' {}="{}"', given)


def element(name: str, **values: object) -> SafeString:
    return format_html("<{}{}/>", name, attributes(**values))


def rect(
    x: float, y: float, width: float, height: float, *, fill: str, stroke: str = "", dashed: bool = False
) -> SafeString:
    return element(
        "rect",
        x=float(x),
        y=float(y),
        width=float(width),
        height=float(height),
        fill=fill,
        stroke=stroke,
        stroke_dasharray="4 3" if dashed else "",
    )


def circle(
    x: float, y: float, r: float, *, fill: str, stroke: str = "", width: float = 1, dashed: bool = False
) -> SafeString:
    return element(
        "circle",
        cx=float(x),
        cy=float(y),
        r=float(r),
        fill=fill,
        stroke=stroke,
        stroke_width=float(width) if stroke else "",
        stroke_dasharray="3 2.5" if dashed else "",
    )


def path(d: str, *, fill: str, stroke: str = "", width: float = 1) -> SafeString:
    return element(
        "path", d=d, fill=fill, stroke=stroke, stroke_width=float(width) if stroke else "", stroke_linejoin="round"
    )


def line(
    x1: float, y1: float, x2: float, y2: float, *, stroke: str, width: float = 1, dashed: bool = False
) -> SafeString:
    return element(
        "line",
        x1=float(x1),
        y1=float(y1),
        x2=float(x2),
        y2=float(y2),
        stroke=stroke,
        stroke_width=float(width),
        stroke_dasharray="4 3" if dashed else "",
    )


def text(
    x: float, y: float, words: str, *, fill: str = TEXT, size: float = 16, bold: bool = False, anchor: str = ""
) -> SafeString:
    return format_html(
        "<text{}>{}</text>",
        attributes(
            x=float(x),
            y=float(y),
            fill=fill,
            font_size=float(size),
            font_weight="bold" if bold else "",
            text_anchor=anchor,
        ),
        words,
    )


def drawing(
    width: float,
    height: float,
    parts: Iterable[SafeString],
    *,
    label: str = "",
    classes: str = "",
    fixed: bool = False,
) -> SafeString:
    """An SVG that fills its column, or keeps its size when `fixed`. Without a label it is hidden from screen readers."""
    return format_html(
        "<svg{} {}>{}</svg>",
        attributes(
            xmlns="http://www.w3.org/2000/svg",
            class_=f"app-chart {classes}".strip() if not fixed else classes,
            viewBox=f"0 0 {number(width)} {number(height)}",
            width=float(width) if fixed else "",
            height=float(height) if fixed else "",
            font_family="Arial, Liberation Sans, Arimo, sans-serif",
        ),
        format_html('role="img" aria-label="{}"', label)
        if label
        else SafeString('aria-hidden="true" focusable="false"'),
        format_html_join("", "{}", ((part,) for part in parts)),
    )
