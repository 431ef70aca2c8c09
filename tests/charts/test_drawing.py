"""Text that reaches a chart: what can be drawn, where it breaks, and what stops a page."""

from __future__ import annotations

import pickle

import pytest

from digest_lib.charts.lines import fit, is_cut, shorten, size_for, width_of, wrap
from digest_lib.charts.style import (
    ACCENTS,
    MISSING,
    MUTED,
    PAPER,
    SMALLEST,
    MissingGlyph,
    accent,
    drawable,
    sheet,
)


@pytest.mark.parametrize(
    ("text", "drawn"),
    [
        ("阿里巴巴 Qwen3", "阿里巴巴 Qwen3"),
        ("🚀 新模型 🎉🎉 上線", "新模型 上線"),
        ("a\x00b\x1b[31mc", "ab[31mc"),
        ("line one\nline\ttwo", "line one line two"),
        ("\u202eevil\u202c \u200bzero", "evil zero"),
        ("שלום عليكم hello", f"{MISSING} hello"),
        ("한국어 뉴스", MISSING),
        ("简报", "簡報"),
        ("日経", "日經"),
        ("机器之心", "机器之心"),
        ("𝐁𝐨𝐥𝐝 text", "Bold text"),
        ("ne\u0301e z\u0335\u0336\u0337algo", "née zalgo"),
        ("it’s", "it's"),
        ("\ud800lone", "lone"),
        ("", ""),
        ("$x^2$ 元", "$x^2$ 元"),
    ],
)
def test_drawable(text: str, drawn: str) -> None:
    assert drawable(text) == drawn
    assert drawable(drawn) == drawn


def test_a_missing_glyph_that_slips_through_is_an_error() -> None:
    with pytest.raises(MissingGlyph, match=r"Glyph .*ROCKET"), sheet(100, 50) as page:
        page.figure.text(0.1, 0.5, "🚀")
        page.png()
    copy = pickle.loads(pickle.dumps(MissingGlyph("Glyph 1")))
    assert copy.warning == "Glyph 1"


def test_money_is_not_mathematics() -> None:
    with sheet(400, 60) as page:
        page.text(10, 40, "$5 to $\\frac{1}$", SMALLEST)
        assert page.png().startswith(b"\x89PNG")


def test_small_type_is_refused() -> None:
    with sheet(400, 60) as page, pytest.raises(ValueError, match="too small"):
        page.text(10, 40, "fine print", SMALLEST - 1)


LONG = "阿里巴巴開源「Qwen3.5-Max」，1.2 兆參數、百萬字上下文，程式測試首度超越閉源對手"


@pytest.mark.parametrize("width", [120, 300, 420, 615, 1000])
@pytest.mark.parametrize("lines", [1, 2, 3])
def test_wrapped_lines_keep_to_width_and_rules(width: int, lines: int) -> None:
    rows = wrap(LONG, 30, width, lines)
    assert 1 <= len(rows) <= lines
    assert all(width_of(row, 30) <= width for row in rows)
    assert not any(row[0] in "，。、」》）" for row in rows)
    assert not any(row[-1] in "「《（" for row in rows)
    whole = "".join(rows)
    assert is_cut(LONG, rows) == (whole.replace(" ", "") != LONG.replace(" ", ""))
    if is_cut(LONG, rows):
        assert whole.endswith(("…", "..."))
        kept = whole.removesuffix("...").removesuffix("…").replace(" ", "")
        assert LONG.replace(" ", "").startswith(kept)


def test_a_long_headline_ends_at_a_clause() -> None:
    assert shorten(LONG, 30, 900) == "阿里巴巴開源「Qwen3.5-Max」，1.2 兆參數、百萬字上下文…"


def test_a_latin_word_stays_whole_unless_it_is_wider_than_the_line() -> None:
    assert wrap("阿里巴巴 Qwen-Image-Layered 更新", 30, 330, 3) == ["阿里巴巴", "Qwen-Image-Layered", "更新"]
    assert len(wrap("x" * 90, 30, 300, 99)) > 1


def test_no_lines_hold_no_text() -> None:
    assert wrap(LONG, 30, 300, 0) == wrap(LONG, 30, 300, -1) == []


def test_fit_cuts_only_below_the_smallest_size() -> None:
    assert fit("Qwen", 300, 96) == ("Qwen", 96)
    text, size = fit(LONG, 300, 96)
    assert size == SMALLEST
    assert is_cut(LONG, [text])
    assert width_of(text, size) <= 300


def test_indent_shortens_the_first_line_only() -> None:
    first, second = wrap("一二三四五六七八九十一二三四五", 30, 300, 2, indent=100)
    assert width_of(first, 30) <= 200 < width_of(second, 30) <= 300


@pytest.mark.parametrize("text", ["", " ", "…", "，", "🚀", "「「「「", "a b " * 400, "，" * 300])
def test_odd_text_is_set_without_failing(text: str) -> None:
    rows = wrap(text, 30, 200, 2)
    assert len(rows) <= 2
    assert all(width_of(row, 30) <= 200 for row in rows)


def test_size_for_never_goes_below_the_smallest() -> None:
    assert size_for("x" * 500, 300, 96) == SMALLEST
    assert size_for("Qwen", 300, 96) == 96
    assert width_of("DeepSeek", size_for("DeepSeek", 300, 96)) <= 301


def _luminance(color: str) -> float:
    """WCAG 2.2, relative luminance."""
    parts = [c / 255 for c in bytes.fromhex(color[1:])]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("color", [*ACCENTS, *MUTED])
def test_colours_read_on_paper(color: str) -> None:
    assert (_luminance(PAPER) + 0.05) / (_luminance(color) + 0.05) >= 4.5


def test_a_family_keeps_its_accent() -> None:
    assert accent("Qwen") == accent("qwen") == "#A6461D"
    assert len({accent(f"family {n}") for n in range(200)}) == len(ACCENTS)
