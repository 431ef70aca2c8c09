"""A fake llm: an OpenAI-compatible server on loopback that answers from the articles in its prompt.

It costs nothing, needs no model and no network, and misbehaves on demand: `digest fake-llm` shows a newsroom
what becomes of every fault and of every kind of falsehood, with a ledger of what was planted.
"""

from digest_lib.writing.fake_llm.server import FakeLlm
from digest_lib.writing.fake_llm.wants import FALSEHOODS, FAULTS, HABITS

__all__ = ["FALSEHOODS", "FAULTS", "HABITS", "FakeLlm"]
