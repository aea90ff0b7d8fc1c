"""The benchmark's Markdown as others want it: typst's markup and HTML. Knows only the Markdown that words.py writes."""

import html
import re

INLINE = re.compile(r"\*\*(?P<strong>[^*]+)\*\*|\*(?P<emphasis>[^*]+)\*|\[(?P<words>[^\]]+)\]\((?P<address>[^)]+)\)")


def blocks(markdown):
    """Every block as its kind and what it holds."""
    for block in markdown.strip().split("\n\n"):
        lines = block.split("\n")
        if heading := re.match(r"(#+) (.*)", block):
            yield f"h{len(heading[1])}", heading[2]
        elif block.startswith("- "):
            yield "ul", [line[2:] for line in lines]
        elif block.startswith("1. "):
            yield "ol", [line.split(". ", 1)[1] for line in lines]
        elif block.startswith("> "):
            yield "quote", block[2:]
        elif block.startswith("|"):
            rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]
            yield "table", [rows[0]] + rows[2:]
        else:
            yield "p", block


def inline(text, plain, form):
    """Inlines: `plain` escapes words, `form` has a way for each kind of the others."""
    out, at = [], 0
    for found in INLINE.finditer(text):
        out.append(plain(text[at : found.start()]))
        at = found.end()
        if found["strong"]:
            out.append(form["strong"](plain(found["strong"])))
        elif found["emphasis"]:
            out.append(form["emphasis"](plain(found["emphasis"])))
        else:
            out.append(form["link"](plain(found["words"]), found["address"]))
    return "".join(out) + plain(text[at:])


# The same page as ours: A4, a measure of 400 points, ten on fifteen, a running head, numbered pages.
TYPST_HEAD = """\
#set document(title: "Portfolio of evidence", author: "A Coach", date: datetime(year: 2026, month: 11, day: 21))
#set page(
  paper: "a4", margin: (left: 100pt, right: 103.276pt, top: 84pt, bottom: 69.89pt),
  header: text(8.5pt)[Portfolio of evidence],
  footer: context align(right, text(8.5pt)[Page #counter(page).display() of #counter(page).final().first()]),
)
#set text(font: "Inter", size: 11pt, lang: "en", region: "GB", top-edge: 0.75em, bottom-edge: -0.25em, hyphenate: false)
#set smartquote(enabled: false)
#set par(leading: 5pt, spacing: 13pt)
#set table(stroke: none, inset: (x: 7pt, y: 4pt))
#show table: set text(9.5pt)
#show heading.where(level: 1): set text(22pt)
#show heading.where(level: 2): set text(15pt)
#show heading.where(level: 3): set text(12.5pt)
#set outline.entry(fill: none)
#title()
#outline(depth: 2)
"""


def typst(markdown):
    """Typst markup."""
    plain = lambda text: re.sub(r"([\\#$*_`<>@=+/~\[\]\"'-])", r"\\\1", re.sub(r"^(\d+)\.", r"\1\\.", text))
    form = {
        "strong": lambda words: f"#strong[{words}]",
        "emphasis": lambda words: f"#emph[{words}]",
        "link": lambda words, address: f'#link("{address}")[{words}]',
    }
    said = lambda text: inline(text, plain, form)
    out = [TYPST_HEAD]
    for kind, block in blocks(markdown):
        if kind[0] == "h":
            out.append(f"{'=' * int(kind[1])} {said(block)}")
        elif kind in ("ul", "ol"):
            out.append("\n".join(f"{'-' if kind == 'ul' else '+'} {said(item)}" for item in block))
        elif kind == "quote":
            out.append(f"#quote(block: true)[{said(block)}]")
        elif kind == "table":
            cells = lambda row: ", ".join(f"[{said(cell)}]" for cell in row)
            rows = ",\n".join(cells(row) for row in block[1:])
            out.append(
                "#table(columns: (auto, auto, 1fr, 2fr), align: (left, right, left, left),\n"
                f"table.header({cells(block[0])}), table.hline(),\n{rows})"
            )
        else:
            out.append(said(block))
    return "\n\n".join(out) + "\n"


HTML_HEAD = """\
<!DOCTYPE html>
<html lang="en-GB"><head><meta charset="utf-8"><title>Portfolio of evidence</title><style>
@font-face { font-family: Inter; src: url(FONTS/Inter-Regular.otf) }
@font-face { font-family: Inter; font-weight: bold; src: url(FONTS/Inter-Bold.otf) }
@font-face { font-family: Inter; font-style: italic; src: url(FONTS/Inter-Italic.otf) }
@page { size: A4; margin: 84pt 103.276pt 69.89pt 100pt;
  @top-left { content: "Portfolio of evidence"; font: 8.5pt Inter }
  @bottom-right { content: "Page " counter(page) " of " counter(pages); font: 8.5pt Inter } }
body { font: 11pt/16pt Inter; margin: 0 }
p, ul, ol, blockquote { margin: 8pt 0; orphans: 2; widows: 2 }
h1 { font-size: 22pt; line-height: 28pt } h2 { font-size: 15pt; line-height: 21pt } h3 { font-size: 12.5pt }
table { font-size: 9.5pt; border-collapse: collapse } td, th { padding: 4pt 7pt; text-align: left; vertical-align: top }
th { border-bottom: 0.6pt solid } .contents a::after { content: " " target-counter(attr(href), page) }
</style></head><body><h1>Portfolio of evidence</h1>
"""


def page(markdown, fonts):
    """An HTML page."""
    plain = html.escape
    form = {
        "strong": lambda words: f"<strong>{words}</strong>",
        "emphasis": lambda words: f"<em>{words}</em>",
        "link": lambda words, address: f'<a href="{address}">{words}</a>',
    }
    said = lambda text: inline(text, plain, form)
    all = list(blocks(markdown))
    listed = [(number, block) for number, (kind, block) in enumerate(all) if kind in ("h1", "h2")]
    contents = "".join(f'<li><a href="#b{number}">{said(block)}</a></li>\n' for number, block in listed)
    out = [HTML_HEAD.replace("FONTS", fonts), f'<ul class="contents">{contents}</ul>']
    for number, (kind, block) in enumerate(all):
        if kind[0] == "h":
            out.append(f'<{kind} id="b{number}">{said(block)}</{kind}>')
        elif kind in ("ul", "ol"):
            out.append(f"<{kind}>" + "".join(f"<li>{said(item)}</li>" for item in block) + f"</{kind}>")
        elif kind == "quote":
            out.append(f"<blockquote><p>{said(block)}</p></blockquote>")
        elif kind == "table":
            cells = lambda row, name: "".join(f"<{name}>{said(cell)}</{name}>" for cell in row)
            rows = "".join(f"<tr>{cells(row, 'td')}</tr>\n" for row in block[1:])
            out.append(f"<table><thead><tr>{cells(block[0], 'th')}</tr></thead><tbody>{rows}</tbody></table>")
        else:
            out.append(f"<p>{said(block)}</p>")
    return "\n".join(out) + "</body></html>\n"
