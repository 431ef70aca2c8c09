"""`digest new`, `sample`, and the llm servers of this machine: ways to try things."""

from __future__ import annotations

import sys
import threading
from contextlib import suppress
from pathlib import Path
from typing import Any

import click

from digest_lib.cli.common import tell_set_aside, workers_option
from digest_lib.cli.site import render_site
from digest_lib.day import Day
from digest_lib.settings import Home


@click.command()
@click.argument("family")
def new(family: str) -> None:
    """Make the notebook of a new family."""
    from digest_lib.running.families import name_of, new_family

    home = Home.find()
    path = new_family(home, family).relative_to(home.root)
    click.echo(
        f"{path} is there: set its name (now «{name_of(family)}»), aliases, queries and official sites, "
        f"then: digest run --families {family}"
    )


@click.command()
@click.argument("folder", type=click.Path(path_type=Path))
@workers_option
def sample(folder: Path, workers: int | None) -> None:
    """Play the sample newsroom into FOLDER: ten days of fictional publishers, posts, a site. Never spends."""
    from digest_lib.running.families import load_all
    from digest_lib.running.run import processes
    from digest_lib.running.sample import POSTED, play, repository
    from digest_lib.running.showing import console, follow

    def gathered(day: Day, report: Any) -> None:
        console.print(f"[green]✓[/] {day} gathered: {report.new} new articles from {report.answered} feeds")

    families = len(load_all(Home.find(repository()))[0])
    records = play(folder, processes(workers), gathered=gathered)
    failed = [r for r in follow(records, families * POSTED, "running") if not r.ok]
    render_site(Home(folder.resolve()))
    if tell_set_aside(Home(folder.resolve())) or failed:
        sys.exit(1)


@click.command("fake-llm")
@click.option("--port", type=click.IntRange(0, 65535), default=0, help="Default: a free one.")
@click.option("--faults", default="", help="Ways to fail, and servers to play; `all` for every one.")
@click.option("--falsehoods", default="", help="Kinds of false sentences, with commas; `all` for every one.")
@click.option(
    "--share", type=click.FloatRange(0, 1), default=1.0, show_default=True, help="Share of answers."
)
@click.option(
    "--ledger", type=click.Path(path_type=Path), help="Where to note what was planted (JSON Lines)."
)
def fake_llm(port: int, faults: str, falsehoods: str, share: float, ledger: Path | None) -> None:
    """Serve an llm that only pretends, on loopback: for trying prompts, faults and the check."""
    from digest_lib.writing.fake_llm import FALSEHOODS, FAULTS, HABITS, FakeLlm
    from digest_lib.writing.fake_llm.wants import chosen

    wanted = chosen(faults, FAULTS | HABITS), chosen(falsehoods, FALSEHOODS)
    server = FakeLlm(faults=wanted[0], falsehoods=wanted[1], share=share, ledger=ledger, port=port)
    click.echo(f"OPENAI_BASE_URL={server.url} (Ctrl-C stops it)")
    try:
        server.serve()
    except KeyboardInterrupt:
        return


@click.command("local-llm")
@click.option("--model", type=click.Path(path_type=Path), help="A GGUF file; default: the small one.")
@click.option("--port", type=click.IntRange(0, 65535), default=0, help="Default: a free one.")
def local_llm(model: Path | None, port: int) -> None:
    """Serve a real llm of this machine on loopback (needs the extra `local`)."""
    from digest_lib.writing.local_llm import serve, small_model

    server = serve(model, port)
    name = (model or small_model()).stem
    click.echo(f"{name} listens on {server.listening_address}; Ctrl-C stops it. To write with it:")
    click.echo(f"  export OPENAI_BASE_URL={server.listening_address}/v1 DIGEST_LLM={name}")
    click.echo("  export DIGEST_LLM_AT_ONCE=1 DIGEST_LLM_SECONDS=600")
    with suppress(KeyboardInterrupt):
        threading.Event().wait()
