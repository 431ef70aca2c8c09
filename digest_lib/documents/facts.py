"""What a page may say of itself."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class PageFacts:
    """Each empty where the page does not say. `source`: whose text it is, if not its own."""

    author: str = ""
    published: datetime | None = None
    publisher: str = ""
    source: str = ""
