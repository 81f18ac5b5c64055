"""Strings made to do something: to a terminal, a spreadsheet program, a browser, a parser, a person."""

from __future__ import annotations

STEERING = (
    "TITLE\x1b]0;owned\x07x",
    "CLIP\x1b]52;c;b3duZWQ=\x07x",
    "CLEAR\x1b[2J\x1b[H\x1b[31mx",
    "CSI\x9b31mx\x9d0;owned\x9c",
    "NUL\x00DEL\x7fBEL\x07BS\x08x",
    "LINES\r\nx\x0b\x0cx\u2028x\u2029x\x85x",
    "LINK\x1b]8;;http://owned.example\x1b\\x\x1b]8;;\x1b\\",
)
HIDING = (
    "BIDI\u202eevil\u202c\u2066x\u2069",
    "ZERO\u200b\u200d\ufeffx\u00ad",
    "VARI⚠️\U000e0041x",
    "HALF\ud800x",
)
MARKUP = (
    "MARK[red]x[/red]",
    "CLICK[@click=app.quit]x[/]",
    "CRASH[/nope]x[/",
    "LOST[2026-01-01] [SB] [品牌] 词 [$accent]",
    "{braces} %s %(a)s {0} {cell!r:>99} ${x}",
)
FORMULAS = (
    "=1+1",
    "=cmd|' /C calc'!A0",
    "+1+1",
    "-2+3",
    "@SUM(A1:A9)",
    "\t=1+1",
    '=HYPERLINK("http://owned.example","x")',
    "＝1+1",
    '"=1+1',
)
PAGES = (
    "<script>alert('owned')</script>",
    "</td></tr></table><script>document.title='owned'</script>",
    '"><img src=x onerror=document.title="owned">',
    "<!--",
    "]]>",
    "&lt;b&gt;&#0;&#x110000;",
    "![x](http://owned.example/x.png) [x](javascript:alert(1)) `x` <b>x</b> | x | # x",
)
PATHS = (
    "../../../../tmp/owned",
    "/etc/passwd",
    "C:\\owned",
    "a/../../b",
    "~root/x",
    "$(touch owned)",
    "`id`",
    "; rm -rf x",
)
NUMBERS = (
    "1e400", "-1e400", "1e-400", "nan", "inf", "-inf", "Infinity", "99999999999999999999999999", "0x10",
    "1_000", "1,2,3", "１２３", "1e5", "٣", "²", "5%", "150%", "-5%", "1.2.3", "--5", "9" * 400,
    "1" + "0" * 5000, "0." + "0" * 999,
)  # fmt: skip
DATES = (
    "99999-01-01", "0000-00-00", "2026-13-45", "2026-02-30", "1899-12-31", "9999-12-31", "20261115", "45976",
    "2026-11-15 25:61:61", "45976.99999999", "2026-11-15 ~ 2026-11-14", "2026年11月15日", "-2026-11-15",
    "2262-04-12", "1677-09-20", "2026-11-15T00:00:00+99:99", "２０２６-１１-１５",
)  # fmt: skip
ALL = (*STEERING, *HIDING, *MARKUP, *FORMULAS, *PAGES, *PATHS, *NUMBERS, *DATES)
