"""What a published post says of itself for machines, as it stands in its file."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Final

from digest_lib.files import refuse_newer

#: What reading a post meets that is missing, damaged, or none of this library's.
UNREADABLE: Final = (OSError, ValueError, KeyError, TypeError)


def facts_in(post: Path) -> dict[str, Any]:
    """The facts in a post's folder, unchecked. Raises `NewerFile`, or one of `UNREADABLE`."""
    facts: dict[str, Any] = json.loads((post / "index.ipynb").read_text("utf-8"))["metadata"]["digest"]
    refuse_newer(f"posts/{post.name}", facts)
    return facts
