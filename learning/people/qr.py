"""A QR code as the path of an SVG, so that a template draws it without markup from elsewhere."""

import segno


def drawing(text):
    """`{"size", "path"}`: modules as strokes one unit high, on a square of `size` with the quiet zone around it."""
    code = segno.make(text, error="m", micro=False)
    rows = [_row(row) for row in code.matrix_iter(border=4)]
    path = "".join(f"M{start} {y}.5h{length}" for y, row in enumerate(rows) for start, length in row)
    return {"size": len(rows), "path": path}


def _row(modules):
    """(start, length) of each dark run."""
    runs, start = [], None
    for x, dark in enumerate([*modules, 0]):
        if dark and start is None:
            start = x
        elif not dark and start is not None:
            runs.append((start, x - start))
            start = None
    return runs


def svg(text):
    """The same as an SVG file, for a document that takes no path."""
    size, path = drawing(text).values()
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size} {size}"><path stroke="#000" d="{path}"/></svg>'
