"""Charts as plain data for a template that draws SVG. Whatever a chart shows stands in a table beside it, too."""

WIDTH, LABEL, ROW, BAR = 640, 56, 30, 20
# Room for the figure at the end of a bar.
FIGURE = 64


def bars(rows):
    """Horizontal bars. `rows` are dicts of label (short), share (0 to 1), figure (what the bar says) and tone."""
    length = WIDTH - LABEL - FIGURE
    drawn = [
        row
        | {
            "top": place * ROW + (ROW - BAR) // 2,
            "middle": place * ROW + ROW // 2,
            "length": round(row["share"] * length, 1),
            "end": round(LABEL + row["share"] * length + 6, 1),
        }
        for place, row in enumerate(rows)
    ]
    return {
        "rows": drawn,
        "width": WIDTH,
        "height": ROW * len(drawn),
        "left": LABEL,
        "before": LABEL - 8,
        "bar": BAR,
        "length": length,
    }
