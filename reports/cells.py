"""CSV files that stay inert in a spreadsheet: text is text, whatever it begins with.

Rule 1: a cell of text that a spreadsheet would run gets an apostrophe before it; quoting does not
help, so it is not relied on (docs/promises.md, text).
Rule 2: figures are written as figures, whole where they are whole.
"""

import csv
import io
import math
from typing import Any, Final

import pandas as pd

from simulator.text import clean_line

RUN: Final = ("=", "+", "-", "@", "\t", "\r", "\uff1d", "\uff0b", "\uff0d", "\uff20")
"""What makes a spreadsheet read a cell as a formula, the full-width forms too."""


def neutral(value: Any) -> Any:
    """The value of a cell: figures as they are, text cleaned and never a formula."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if value is None or (isinstance(value, float) and math.isnan(value)):
        return ""
    if isinstance(value, int):
        return value
    if isinstance(value, float):
        return int(value) if value.is_integer() else round(value, 6)
    raw = str(value)
    text = clean_line(raw)
    return f"'{text}" if raw.startswith(RUN) or text.startswith(RUN) else text


def as_csv(frame: pd.DataFrame) -> str:
    """The frame as CSV, header first, a line an entry."""
    sheet = io.StringIO()
    writer = csv.writer(sheet, lineterminator="\n")
    writer.writerow([neutral(str(name)) for name in frame.columns])
    for row in frame.astype(object).itertuples(index=False, name=None):
        writer.writerow([neutral(value) for value in row])
    return sheet.getvalue()
