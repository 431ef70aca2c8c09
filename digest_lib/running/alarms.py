"""Alarms: what needs a person is told once, where `DIGEST_NOTIFY` says, and so is that it is over.

What was told is kept in `archive/state/alarms.json`, so a restart tells nothing twice. What nobody took is
told the next time.
"""

from __future__ import annotations

import logging
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from digest_lib.errors import UserError, printable
from digest_lib.files import read_json, write_json
from digest_lib.running.condition import Condition, Problem
from digest_lib.settings import Home

VARIABLE = "DIGEST_NOTIFY"
#: Where readers are told of posts (`announce.py`, which is slow to import: who may need nothing asks first).
READERS = "DIGEST_ANNOUNCE"
#: So many lines of a message are sent; a phone shows no more.
_MOST = 20


@dataclass(frozen=True, slots=True)
class News:
    """What is to be told now: problems that nobody was told of, and what is over, as it was told."""

    fresh: tuple[Problem, ...] = ()
    over: tuple[str, ...] = ()

    @property
    def title(self) -> str:
        parts = [f"{len(self.fresh)} to look at"] if self.fresh else []
        parts += [f"{len(self.over)} over"] if self.over else []
        return f"digest: {', '.join(parts)}"

    @property
    def body(self) -> str:
        lines = [f"! {problem.says}" for problem in self.fresh] + [f"✓ over: {says}" for says in self.over]
        more = [f"… and {len(lines) - _MOST} more: digest status"] if len(lines) > _MOST else []
        return "\n".join(map(printable, [*lines[:_MOST], *more]))


def key_of(problem: Problem) -> str:
    """What makes a problem the same one tomorrow."""
    return f"{problem.kind}: {problem.subject}"


def news(told: Mapping[str, str], problems: Sequence[Problem]) -> News:
    """What to tell, of what was told before (key -> line) and of what is wrong now."""
    now = {key_of(p): p for p in reversed(problems) if p.level != "note"}
    fresh = tuple(p for key, p in sorted(now.items()) if key not in told)
    return News(fresh, tuple(says for key, says in sorted(told.items()) if key not in now))


def after(told: Mapping[str, str], what: News) -> dict[str, str]:
    """What was told, once `what` is, too."""
    left = {key: says for key, says in told.items() if says not in what.over}
    return {**left, **{key_of(p): p.says for p in what.fresh}}


def tell(home: Home, condition: Condition) -> News:
    """Sends what nobody was told of yet, and keeps that it was. Raises `UserError` when it cannot be sent;
    `NotByAll` when it was, but not to everybody."""
    path = home.archive / "state" / "alarms.json"
    told = _read(path)
    what = news(told, condition.problems)
    if what.fresh or what.over:
        try:
            send(what.title, what.body)
        except NotByAll:
            write_json(path, after(told, what))
            raise
        write_json(path, after(told, what))
    return what


class NotByAll(UserError):
    """Some addresses took the message, others did not. It counts as told: nobody is sent it again."""


def is_set(variable: str = VARIABLE) -> bool:
    """Whether there is anybody to tell."""
    return bool(_addresses(variable))


def send(title: str, body: str, variable: str = VARIABLE) -> None:
    """Sends a message to every address that the variable has. Raises `UserError` where nobody took it, and
    `NotByAll` where not everybody did (neither holds an address: they hold keys)."""
    addresses = _addresses(variable)
    how = f"set {variable} to addresses of apprise, separated by spaces: https://appriseit.com/services/"
    if not addresses:
        raise UserError(f"nobody is told: {how}")
    import apprise  # 0.3 s: only where something is told

    logging.getLogger("apprise").setLevel(logging.CRITICAL)  # it would log addresses
    missed = []
    for number, address in enumerate(addresses, 1):
        one = apprise.Apprise()
        if not one.add(address):
            missed.append(f"address {number} of {variable} is none that apprise knows; {how}")
        elif not one.notify(title=title, body=body, body_format=apprise.NotifyFormat.TEXT):
            which = f"{number} ({address.partition(':')[0]})"
            missed.append(f"the message was not taken by address {which} of {variable}: look at it")
    if missed and len(missed) < len(addresses):
        raise NotByAll("; ".join([*missed, "the others have taken it, and it is not sent again"]))
    if missed:
        raise UserError("; ".join(missed))


def _addresses(variable: str) -> list[str]:
    return os.environ.get(variable, "").split()


def _read(path: Path) -> dict[str, str]:
    try:
        return {str(k): str(v) for k, v in read_json(path).items()}
    except (OSError, ValueError, AttributeError):
        return {}
