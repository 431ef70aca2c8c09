"""The one place for settings: where the home is, what time it is, how the network is reached.

Everything specific to a family is in its notebook; what is specific to a machine is in environment variables:

| variable | meaning |
| --- | --- |
| `DIGEST_HOME` | the home's folder; default: the one that holds the current folder |
| `DIGEST_NOW` | what every clock says (ISO 8601 with zone), for replays and tests |
| `DIGEST_PROXY` | the proxy for everything; else `HTTPS_PROXY`, `HTTP_PROXY`, `ALL_PROXY`, `NO_PROXY` |
| `DIGEST_LLM` | overrides the notebooks' `llm` parameter; `offline` never asks an llm |
| `DIGEST_LLM_AT_ONCE` | requests to the llm server under way at once; default 4, for one that is slow: 1 |
| `DIGEST_LLM_SECONDS` | how long one request may take, before it is tried again; default 90 |
| `DIGEST_ANSWERS` | the folder of the llm's answers; default: `answers` in the archive |
| `DIGEST_MONTH_USD` | what the llm may cost in a month of `digest daily`; after that, it writes offline |
| `DIGEST_PUBLISH` | the command that `digest daily` publishes the rendered site with, in the home |
| `DIGEST_NOTIFY` | where alarms go: addresses of apprise, separated by spaces |
| `DIGEST_ANNOUNCE` | where `digest daily` announces new posts: addresses as of `DIGEST_NOTIFY` |
| `DIGEST_KERNEL_MB` | memory that one notebook may use; default 4096, or three quarters of the machine's |
| `DIGEST_TEXT_DAYS` | how long full texts are kept of articles that no post cites; default: for ever |
| `DIGEST_CACHE_MB` | what the llm's answers, and what was worked out of texts, may each take; default 1024 |
| `DIGEST_LOG` | `json`: everything that is told is an object of JSON a line, as with `--log-json` |
| `DIGEST_FETCH` | `no`: notebooks never touch the network, even for today; `pages`: only to read pages |
| `OPENAI_API_KEY`, `OPENAI_BASE_URL` | the llm server, as the openai client reads them |
"""

from __future__ import annotations

import math
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from digest_lib.errors import NoHome, UserError


@dataclass(frozen=True, slots=True)
class Home:
    """A folder with `_quarto.yml`, `notebooks/`, `posts/`, `feeds.opml` and an archive."""

    root: Path

    @classmethod
    def find(cls, start: Path | None = None) -> Home:
        """The home that `DIGEST_HOME` names, else the one holding `start` (default: the current
        folder). Raises `NoHome`."""
        named = os.environ.get("DIGEST_HOME")
        begin = (start or (Path(named) if named else Path.cwd())).resolve()
        # A home that is named must be one: a misspelt folder inside another home is not that other home.
        above = () if named and start is None else begin.parents
        for folder in (begin, *above):
            if (folder / "_quarto.yml").is_file() and (folder / "notebooks").is_dir():
                return cls(folder)
        raise NoHome(begin)

    @property
    def notebooks(self) -> Path:
        return self.root / "notebooks"

    @property
    def desk(self) -> Path:
        """Where a researcher's own things lie: beside the notebooks, also where this home, as that of
        `make lab`, has no more than a link to them, and may be deleted."""
        return self.notebooks.resolve().parent

    @property
    def experiments(self) -> Path:
        return self.desk / "experiments"

    @property
    def posts(self) -> Path:
        return self.root / "posts"

    @property
    def feeds(self) -> Path:
        return self.root / "feeds.opml"

    @property
    def archive(self) -> Path:
        return self.root / "archive"

    @property
    def runs(self) -> Path:
        """The run records: one JSON file per (family, date)."""
        return self.archive / "runs"

    @property
    def answers(self) -> Path:
        """The llm's answers, by what was asked."""
        named = os.environ.get("DIGEST_ANSWERS")
        return Path(named) if named else self.archive / "answers"

    @property
    def vectors(self) -> Path:
        """What the encoder made of texts, kept so that none is encoded twice."""
        return self.archive / "vectors"

    @property
    def site(self) -> Path:
        return self.root / "_site"

    @property
    def rendered(self) -> Path:
        """What is known of the site since its last build."""
        return self.root / ".rendered"


def now() -> datetime:
    """What time it is (UTC): `DIGEST_NOW` where it is set, else the machine's clock."""
    told = os.environ.get("DIGEST_NOW")
    if not told:
        return datetime.now(UTC)
    try:
        moment = datetime.fromisoformat(told)
    except ValueError:
        raise UserError(f"DIGEST_NOW=«{told}» is not a time; write 2026-07-29T05:00+08:00") from None
    if moment.tzinfo is None:
        raise UserError(f"DIGEST_NOW=«{told}» has no zone; write 2026-07-29T05:00+08:00")
    return moment.astimezone(UTC)


def is_of_this_machine(moment: datetime) -> bool:
    """Whether `moment` is what the machine's own clock says, rather than a replay's or a test's."""
    return not os.environ.get("DIGEST_NOW") and abs(datetime.now(UTC) - moment) < timedelta(minutes=15)


def may_fetch() -> bool:
    """False where the run has already gathered, or must not touch the network."""
    return os.environ.get("DIGEST_FETCH", "yes").lower() not in {"no", "0", "false", "pages"}


def may_read() -> bool:
    """Whether the pages of today's articles may be fetched: also where only feeds may not."""
    return may_fetch() or os.environ.get("DIGEST_FETCH", "").lower() == "pages"


def chosen_llm(parameter: str) -> str:
    """The llm to use: `DIGEST_LLM` where it is set, else the notebook's parameter."""
    return _copied("DIGEST_LLM") or parameter.strip()


def llm_at_once() -> int:
    """How many requests may be under way at once: enough to hide latency, few enough for a small server."""
    return int(_number("DIGEST_LLM_AT_ONCE", 4, 1, 64))


def llm_slots() -> Path | None:
    """A folder of files, one for each request that several processes may have under way together: set by
    what starts them."""
    return Path(found) if (found := os.environ.get("DIGEST_LLM_SLOTS")) else None


def llm_seconds() -> float:
    """Seconds for one request. The client's own 600 would let one hung answer eat a whole night."""
    return _number("DIGEST_LLM_SECONDS", 90.0, 1, 3600)


def logs_json() -> bool:
    """Whether what is told is for machines."""
    return os.environ.get("DIGEST_LOG") == "json"


def month_usd() -> float | None:
    """What the llm may cost in a month; None where nothing limits it."""
    return _number("DIGEST_MONTH_USD", 0, 0, 1e6) if os.environ.get("DIGEST_MONTH_USD") else None


def text_days() -> int | None:
    """For how many days full texts are kept that no post cites; None: for ever. Under two months they would
    go from what is still being written about."""
    return int(_number("DIGEST_TEXT_DAYS", 0, 60, 36500)) if os.environ.get("DIGEST_TEXT_DAYS") else None


def cache_bytes() -> int:
    """Bytes that each cache may take: what is over goes, the longest unused first."""
    return int(_number("DIGEST_CACHE_MB", 1024, 0, 2**20) * 2**20)


def kernel_megabytes() -> float:
    """Megabytes of memory that a notebook's kernel may use: one that eats more ends, and not the machine."""
    import psutil

    default = min(4096.0, psutil.virtual_memory().total / 2**20 * 0.75)
    return _number("DIGEST_KERNEL_MB", default, 64, 2**20)


def _number(variable: str, default: float, least: float, most: float) -> float:
    told = os.environ.get(variable)
    if not told:
        return default
    try:
        number = float(told)
    except ValueError:
        number = math.nan
    if not least <= number <= most:
        raise UserError(f"{variable}=«{told}» is not a number from {least} to {most}")
    return number


#: Why the offline writer writes on a machine that nobody has set up for an llm: no failure.
LLM_NOT_SET_UP = "no OPENAI_API_KEY or OPENAI_BASE_URL is set"


def llm_is_reachable() -> bool:
    """Whether an llm server is configured: a key, or the address of a server that may need none."""
    return bool(llm_key() or llm_address())


def llm_key() -> str:
    """The llm server's key; empty where none is set."""
    return _copied("OPENAI_API_KEY")


def llm_address() -> str:
    """The address of the llm server as it is told; empty where none is."""
    return _copied("OPENAI_BASE_URL")


#: What copying a value from a page or a file leaves around it.
_AROUND = " \t\r\n\v\f\ufeff\u200b\u00a0"
_QUOTES = (('"', '"'), ("'", "'"), ("“", "”"), ("‘", "’"), ("「", "」"), ("`", "`"))


def _copied(variable: str) -> str:
    """The variable's value without what copying leaves around it: line ends, spaces, quotation marks."""
    value = os.environ.get(variable, "").strip(_AROUND)
    if any(len(value) > 1 and value[0] == a and value[-1] == b for a, b in _QUOTES):
        value = value[1:-1].strip(_AROUND)
    return value


@contextmanager
def environment_of(values: Mapping[str, str]) -> Iterator[None]:
    """For its time, this process's environment also has these values; after that, what it had before."""
    before = {name: os.environ.get(name) for name in values}
    os.environ.update(values)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value
