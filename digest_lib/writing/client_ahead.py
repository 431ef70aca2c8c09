"""What is imported when an llm is asked for the first time: whoever imports this has it behind it."""

import genai_prices.data
import openai.lib.streaming.chat
import openai.resources.chat.completions

__all__ = ["genai_prices", "openai"]
