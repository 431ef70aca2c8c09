"""What an experiment comes to: its runs, each a variant, family, day and seed with all that it depends on.

Everything that can be wrong is told here, before the first request, in a line that names variant, family and
day.
"""

from __future__ import annotations

import difflib
import json
import os
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

from digest_lib import settings
from digest_lib.day import Day
from digest_lib.errors import BadInput
from digest_lib.files import digest_of
from digest_lib.lab.experiment import OWN, Experiment, Variant
from digest_lib.lab.inputs import Inputs
from digest_lib.lab.planned import OFFLINE, Run
from digest_lib.prompt_fields import wrong_with
from digest_lib.running.families import Family, choose
from digest_lib.running.job import span
from digest_lib.settings import Home


def plan(home: Home, experiment: Experiment, *, asks: bool = True) -> list[Run]:
    """Every run of the experiment, in the order of day, family, variant and seed. `asks`: an llm that is to
    write must be within reach. Raises `UserError`."""
    where = experiment.path
    adopted = f"; «{done}» was adopted" if (done := adopted_of(experiment)) else ""
    families, bad = choose(home, experiment.dataset.families)
    if bad:
        raise bad[0]
    if not families:
        raise BadInput(where, "this home has no family's notebook")
    for date in experiment.dataset.dates():
        _check_day(where, home, date)
    parameters = {
        (variant.name, family.name): _parameters(
            where, variant, family, seeded=experiment.seeds > 1, adopted=adopted
        )
        for variant in experiment.variants
        for family in families
    }
    ends = {(d, f.name): span(home, f, Day.of(d)) for d in experiment.dataset.dates() for f in families}
    inputs = Inputs.of(home, families, {key: given.get("cut_off", "") for key, given in ends.items()})
    runs = []
    for date in experiment.dataset.dates():
        for family in families:
            about = inputs.about(family.name, date)
            for variant in experiment.variants:
                given = {**parameters[variant.name, family.name], **ends[date, family.name]}
                for seed in experiment.seed_values:
                    own = given if seed is None else {**given, "seed": seed}
                    run = Run(variant.name, family.name, date, seed, {**own, "date": date}, variant.server)
                    runs.append(replace(run, key=_key(run, about)))
    if asks:
        check_servers(experiment, runs)
    return runs


def adopted_of(experiment: Experiment) -> str:
    """The variant that was adopted last; empty where none was. Raises `BadInput` where that was killed on its
    way."""
    if not experiment.adoption.exists():
        return ""
    from digest_lib.lab.adopt_kept import check_finished  # slow: it writes notebooks, and pages of the site

    return check_finished(experiment)


def check_servers(experiment: Experiment, runs: Iterable[Run]) -> None:
    """Raises `BadInput` where one of the runs is to ask an llm that cannot be asked."""
    given = ((run.variant, str(run.parameters.get("llm", OFFLINE))) for run in runs)
    llms = {variant: llm for variant, llm in given if llm != OFFLINE}
    for variant in experiment.variants:
        if variant.name in llms:
            _check_server(experiment, variant, llms[variant.name])


def _parameters(
    where: Path, variant: Variant, family: Family, *, seeded: bool, adopted: str = ""
) -> dict[str, Any]:
    """What the family's notebook is given for a variant: its own values, some of them changed. `adopted`:
    what was changed in it since the experiment was run."""
    who, own = f"variant «{variant.name}», {family.name}", dict(family.parameters)
    for name in [*variant.parameters, *variant.replace, *(["seed"] if seeded else [])]:
        if name not in own:
            near = difflib.get_close_matches(name, own, 1)
            there = (
                f"did you mean `{near[0]}`?" if near else f"there are: {', '.join(sorted(set(own) - {*OWN}))}"
            )
            raise BadInput(where, f"{who}: its notebook has no parameter `{name}`; {there}")
    own.update(variant.parameters)
    for name, changes in variant.replace.items():
        if not isinstance(own[name], str):
            raise BadInput(where, f"{who}: `{name}` is no text in which anything could be replaced")
        for what, instead in changes.items():
            if what not in own[name]:
                raise BadInput(
                    where, f"{who}: `{name}` does not hold «{what[:60]}», which is to be replaced{adopted}"
                )
            own[name] = own[name].replace(what, instead)
    for name, value in own.items():
        if wrong := wrong_with(name, value):
            raise BadInput(where, f"{who}: `{name}`: {wrong}")
    return own


def _check_server(experiment: Experiment, variant: Variant, llm: str) -> None:
    who, where = f"variant «{variant.name}»", experiment.path
    if settings.chosen_llm(llm) != llm:
        told = settings.chosen_llm(llm)
        raise BadInput(
            where, f"{who}: DIGEST_LLM={told} is set, and would write instead of «{llm}»: unset it"
        )
    server = experiment.server_of(variant)
    if server is None and not settings.llm_is_reachable():
        raise BadInput(
            where,
            f"{who}: who answers for «{llm}»? set OPENAI_API_KEY or OPENAI_BASE_URL, or name a `server`; "
            "`digest fake-llm` plays one, and `llm: offline` asks none",
        )
    if server and server.key and not os.environ.get(server.key):
        raise BadInput(
            where, f"{who}: the key of server «{variant.server}» is not set: export {server.key}=…"
        )


def _check_day(where: Path, home: Home, date: str) -> None:
    """Raises `BadInput` for a day that has not come."""
    today = Day.today(settings.now())
    if Day.of(date).date > today.date:
        raise BadInput(where, f"{date} has not come yet (today is {today})")
    if not home.archive.is_dir():
        raise BadInput(
            where, f"{date}: {home.root} has no archive: gather, or import news, or make the sample"
        )


def _key(run: Run, about: str) -> str:
    told = json.dumps(run.parameters, sort_keys=True, ensure_ascii=False, default=str)
    return digest_of(about, run.variant if run.server else "", run.server, told, str(run.seed))
