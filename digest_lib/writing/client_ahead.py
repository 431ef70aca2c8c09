"""The openai client and prices: what is imported when an llm is asked for the first time.

The client's own types are many hundreds, nearly all of requests that are never made here.
"""

from digest_lib.quick import later

later("openai.types", "openai.types.responses")

import genai_prices.data  # noqa: E402
import httpcore2  # noqa: E402, F401 - by which httpx2 sends, and imports when it first does
import openai.lib.streaming.chat  # noqa: E402
import openai.resources.chat.chat  # noqa: E402

__all__ = ["genai_prices", "openai"]
