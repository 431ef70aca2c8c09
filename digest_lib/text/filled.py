"""Filling templates in Chinese, where a name is set apart by blanks only where it is Latin there."""

from __future__ import annotations

import re
from typing import Final

_HAN: Final = re.compile("[\u3040-\u30ff\u3400-\u9fff]")


def filled(template: str, **values: object) -> str:
    """The template (as of `str.format`) filled; a blank beside a value goes where the value's own end is a
    character of Chinese or Japanese: «{name} 最多» is «Claude 最多» and «港灣財經最多»."""
    for key, value in values.items():
        text = str(value)
        if _HAN.match(text[:1]):
            template = re.sub(f"(?<=[\u3040-\u9fff]) (?={{{key}}})", "", template)
        if _HAN.match(text[-1:]):
            template = re.sub(f"(?<={{{key}}}) (?=[\u3040-\u9fff])", "", template)
    return template.format(**values)
