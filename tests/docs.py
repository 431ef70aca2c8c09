"""The generated parts of the documentation: `make docs` writes them, a test checks them."""

from __future__ import annotations

import re
from pathlib import Path

import click

from digest_lib import settings
from digest_lib.cli import main
from digest_lib.site.outfit import SIGNS, shipped_files, sign

REPOSITORY = Path(__file__).resolve().parents[1]
README = REPOSITORY / "README.md"


def commands() -> str:
    """Every command with its options, from the command line's own help."""
    rows = ["| command | does |", "| --- | --- |"]
    context = click.Context(main, info_name="digest")
    for name in main.list_commands(context):
        command = main.get_command(context, name)
        if command is None or command.hidden:
            continue
        if isinstance(command, click.Group):
            parts = [(f"{name} {part}", command.commands[part]) for part in sorted(command.commands)]
            rows += [f"| `{_usage(n, c)}` | {c.get_short_help_str(200)} |" for n, c in parts]
            continue
        rows.append(f"| `{_usage(name, command)}` | {command.get_short_help_str(200)} |")
    return "\n".join(rows)


def _usage(name: str, command: click.Command) -> str:
    words = [f"digest {name}"]
    for parameter in command.params:
        if isinstance(parameter, click.Argument):
            words.append(parameter.human_readable_name)
        else:
            option = parameter.opts[0]
            words.append(option if getattr(parameter, "required", False) else f"[{option}]")
    return " ".join(words)


def environment() -> str:
    """The table of environment variables, from the docstring of `settings`."""
    rows = [line for line in (settings.__doc__ or "").splitlines() if line.startswith("|")]
    return "\n".join(rows)


def written(text: str) -> str:
    """The text with its generated parts made anew."""
    for name, part in (("commands", commands()), ("settings", environment())):
        pattern = re.compile(rf"(<!-- {name}: .*? -->\n).*?(<!-- /{name} -->)", re.DOTALL)
        text, count = pattern.subn(lambda m, part=part: f"{m[1]}{part}\n{m[2]}", text)
        if count != 1:
            raise SystemExit(f"README.md has no part «{name}»")
    return text


def signs(text: str) -> str:
    """The list of what was ever shipped for a home's site, with what is shipped today."""
    today = {f"{name}\t{sign((REPOSITORY / name).read_bytes())}" for name in shipped_files(REPOSITORY)}
    return "".join(f"{line}\n" for line in sorted(today | set(text.splitlines())))


if __name__ == "__main__":
    README.write_text(written(README.read_text("utf-8")), "utf-8")
    SIGNS.write_text(signs(SIGNS.read_text("utf-8")), "utf-8")
