"""An experiment as its YAML says it: a dataset, variants, seeds, scorers and assertions.

```yaml
dataset: {families: [qwen, gpt], from: 2026-07-22, to: 2026-07-24}
servers:
  here: {base_url: "http://127.0.0.1:8000/v1", key: MY_KEY}     # the NAME of the key's variable
parameters: {llm: fake-llm, max_cost_usd: 0.1}                   # of every variant
seeds: 3
variants:
  - name: baseline
  - name: short
    server: here
    parameters: {story_prompt: "file://prompts/short.txt", temperature: 0.2}
  - name: one-sentence
    replace: {story_prompt: {"二到五句": "一句"}}                  # in the prompt as each notebook has it
```
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date as Date
from pathlib import Path
from typing import Annotated, Any, Self

import yaml
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, model_validator

from digest_lib.day import Day
from digest_lib.errors import BadInput
from digest_lib.lab.assertion import Assertion
from digest_lib.parameters import problem
from digest_lib.prompt_fields import wrong_in

#: A name is part of file names.
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,60}")
_FILE = "file://"
#: A server's address that is none: it is played.
FAKE = "fake-llm"
#: What the lab sets itself, for every run.
OWN = ("family", "date", "cut_off", "since", "seed")
#: What the score of an experiment's judge is called.
JUDGED = "judged"
#: More than anybody waits for; a slip of the pen (`to: 2062-…`) is told.
_MOST_DAYS = 400


def _named(value: object) -> str:
    text = str(value) if isinstance(value, str | int | float) else ""
    if not _NAME.fullmatch(text):
        raise ValueError(f"«{value}» is no name: use letters, digits, -, _ and .")
    return text


Name = Annotated[str, BeforeValidator(_named)]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", populate_by_name=True)


class Dataset(_Strict):
    """Families × days. Without families: every notebook; days are listed, or run `from`–`to`."""

    families: list[str] = Field(default_factory=list)
    days: list[Date] = Field(default_factory=list)
    first: Date | None = Field(default=None, alias="from")
    last: Date | None = Field(default=None, alias="to")

    @model_validator(mode="after")
    def _has_days(self) -> Self:
        if self.days and (self.first or self.last):
            raise ValueError("give either `days`, or `from` and `to`")
        if not self.days and not (self.first and self.last):
            raise ValueError("which days? give `days: [2026-07-29, …]`, or `from` and `to`")
        if self.first and self.last and not 0 <= (self.last - self.first).days < _MOST_DAYS:
            raise ValueError(f"from {self.first} to {self.last} is no span of 1 to {_MOST_DAYS} days")
        return self

    def dates(self) -> list[str]:
        """Every day, in order, each once."""
        if self.days:
            return sorted({str(day) for day in self.days})
        assert self.first
        assert self.last
        return [str(Day.of(self.first).shifted(n)) for n in range((self.last - self.first).days + 1)]


class ServerAt(_Strict):
    """An llm server: its address, and the NAME of the environment variable that holds its key. `fake-llm` is
    one that is played while the experiment runs: it costs nothing, and follows simple instructions."""

    base_url: str
    key: str = ""

    @model_validator(mode="after")
    def _is_name(self) -> Self:
        if self.key and not re.fullmatch(r"[A-Z_][A-Z0-9_]*", self.key):
            raise ValueError("`key` is the NAME of an environment variable (such as MY_KEY), never a key")
        if self.base_url != FAKE and not self.base_url.startswith(("http://", "https://")):
            raise ValueError(f"`base_url` begins with http:// or https://, or is `{FAKE}`")
        return self


class Variant(_Strict):
    """One way to write: the notebook's parameters, some of them changed."""

    name: Name
    note: str = ""
    server: str = ""
    parameters: dict[str, Any] = Field(default_factory=dict)
    #: prompt -> what in it -> what instead
    replace: dict[str, dict[str, str]] = Field(default_factory=dict)


class Judge(_Strict):
    """An llm that is shown two digests without names, and says which is better; its whole prompt is here."""

    rubric: str
    llm: str
    server: str = ""

    @model_validator(mode="after")
    def _has_both(self) -> Self:
        if wrong := wrong_in(self.rubric, {"a", "b"}, [("a", "b")]):
            raise ValueError(f"`rubric`: {wrong}")
        return self


class Experiment(_Strict):
    """What is compared, on what, by what."""

    name: str = ""
    note: str = ""
    dataset: Dataset
    servers: dict[Name, ServerAt] = Field(default_factory=dict)
    parameters: dict[str, Any] = Field(default_factory=dict)
    #: how often each is run; each time with another `seed`
    seeds: int = Field(default=1, ge=1, le=100)
    variants: list[Variant] = Field(min_length=1)
    scorers: list[str] = Field(default_factory=list)
    judge: Judge | None = None
    assertions: list[Assertion] = Field(default_factory=list, alias="assert")
    #: the file that this was read from
    path: Path = Field(default=Path(), exclude=True)

    @model_validator(mode="after")
    def _fits(self) -> Self:
        names = [variant.name for variant in self.variants]
        twice = next((name for name in names if names.count(name) > 1), None)
        if twice:
            raise ValueError(f"two variants are called «{twice}»")
        self._has_scorers()
        judges = [a.server for a in self.assertions] + ([self.judge.server] if self.judge else [])
        if lost := next((name for name in judges if name and name not in self.servers), None):
            raise ValueError(f"no server «{lost}» in `servers`, which a judge is to be asked at")
        for variant in self.variants:
            if variant.server and variant.server not in self.servers:
                there = f"`servers` (there are: {', '.join(sorted(self.servers)) or 'none'})"
                raise ValueError(f"variant «{variant.name}»: no server «{variant.server}» in {there}")
        return self

    def _has_scorers(self) -> None:
        if not self.scorers:  # all of them
            return
        from digest_lib.lab.scorers import SCORERS  # slow: with what they look for in a text

        if unknown := next((name for name in self.scorers if name not in SCORERS), None):
            raise ValueError(f"no scorer «{unknown}»; there are: {', '.join(SCORERS)}")

    @property
    def folder(self) -> Path:
        """Where its runs and scores are: beside its file, by the file's name."""
        return self.path.with_suffix("")

    @property
    def adoption(self) -> Path:
        """Which of its variants was adopted last is kept there, once one was."""
        return self.folder / "adopted.json"

    @property
    def judges(self) -> list[Assertion | Judge]:
        """All by which an llm is to judge: each has an `llm` and a `server`."""
        rubrics = [a for a in self.assertions if a.type == "llm-rubric"]
        return [*rubrics, *([self.judge] if self.judge else [])]

    @property
    def seed_values(self) -> list[int | None]:
        """The seeds; None where each is run once, as it is run every day."""
        return [None] if self.seeds == 1 else list(range(1, self.seeds + 1))

    def server_of(self, variant: Variant) -> ServerAt | None:
        return self.servers.get(variant.server)


def read_experiment(path: Path) -> Experiment:
    """The experiment of a YAML file. Raises `BadInput` in one line that says where."""
    try:
        raw = yaml.safe_load(path.read_text("utf-8-sig"))
    except OSError as error:
        raise BadInput(path, error.strerror or "cannot be read") from None
    except UnicodeDecodeError:
        raise BadInput(path, "it is not UTF-8 text") from None
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = f"line {mark.line + 1}: " if mark else ""
        raise BadInput(
            path, f"{line}it is not YAML ({getattr(error, 'problem', None) or 'damaged'})"
        ) from None
    if not isinstance(raw, Mapping):
        raise BadInput(path, "an experiment says `dataset:` and `variants:`")
    try:
        found = Experiment.model_validate(raw)
    except ValidationError as error:
        raise BadInput(path, _told(error, raw)) from None
    found.path = path.resolve()
    found.name = found.name or path.stem
    for variant in found.variants:
        variant.parameters = _given(found, variant, path)
    return found


def _given(experiment: Experiment, variant: Variant, path: Path) -> dict[str, Any]:
    """The parameters of a variant with those of all, texts out of files read. Raises `BadInput`."""
    given = {**experiment.parameters, **variant.parameters}
    for name, value in given.items():
        where = f"variant «{variant.name}»: `{name}`"
        if name in OWN:
            raise BadInput(path, f"{where} is the lab's to set; say it in `dataset` or `seeds`")
        if isinstance(value, str) and value.startswith(_FILE):
            file = path.parent / value.removeprefix(_FILE)
            try:
                given[name] = file.read_text("utf-8").rstrip("\n")
            except (OSError, UnicodeDecodeError):
                raise BadInput(path, f"{where}: {file} cannot be read") from None
        if wrong := problem(name, given[name]):
            raise BadInput(path, f"variant «{variant.name}»: {wrong}")
    return given


def _told(error: ValidationError, raw: Mapping[str, Any]) -> str:
    """The first of what is wrong, in a line that says where by names."""
    # A key that is misspelt is missing, too: what is there and is none says more.
    first = min(error.errors(), key=lambda e: e["type"] != "extra_forbidden")
    place = [str(part) for part in first["loc"]]
    if len(place) > 1 and place[0] == "variants" and place[1].isdigit():
        variant = raw["variants"][int(place[1])]
        name = (
            variant.get("name", f"number {int(place[1]) + 1}") if isinstance(variant, Mapping) else place[1]
        )
        place = [f"variant «{name}»", *place[2:]]
    last = place[-1] if place else ""
    says = {"extra_forbidden": f"there is no `{last}` here", "missing": f"`{last}` is missing"}.get(
        first["type"], first["msg"].removeprefix("Value error, ")
    )
    where = place[:-1] if first["type"] in {"extra_forbidden", "missing"} else place
    parts = (
        [where[0], ".".join(where[1:])] if place and place[0].startswith("variant «") else [".".join(where)]
    )
    return ": ".join(filter(None, [*parts, says]))
