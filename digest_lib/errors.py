"""Every error that this library raises on purpose.

DigestError
├── UserError              a person can mend it: one line says what and how; exit code 2
│   ├── BadInput           a file, and where in it
│   ├── BadNotebook        a notebook that cannot be run as a family
│   ├── BadPrompt          a prompt with an unknown, missing or malformed placeholder
│   ├── UnknownFamily      no notebook of that name
│   ├── NoHome             no `_quarto.yml` here or above
│   ├── NewerFile          a file of a later version of this library, which must not be read as today's
│   └── WrongClock         this machine's clock cannot be right: what it dates would be wrong
├── StorageError           the disk said no: full, read-only, not permitted
├── RestlessFiles          files change faster than they can be read: another process is at work on them
├── BlindDay               nothing was gathered for a day: no post may say that it was quiet
├── RunFailed              a notebook did not finish
├── LlmError               the llm gave no usable answer
│   ├── LlmUnavailable     no connection, time-out, rate limit, server error
│   ├── LlmRefused         it declined
│   ├── LlmBroken          the answer is not what the schema asks for
│   └── BudgetReached      money or time set for the run is used up
├── LlmAway                no llm wrote again what one has written
├── UnsafePost             a post that no renderer may see
├── RenderFailed           the renderer stopped
├── PostChanged            a post was published anew, or retracted, while the site was made of what it was
└── RenderBusy             another render of the home is under way, and did not end

Subclasses carry identity (family, date, path), so that a caller can act on it; their text is one line. All of
them survive pickling, since runs happen in other processes (`tests/test_errors.py`).
"""

from __future__ import annotations

import errno
import os
from datetime import date as Date
from pathlib import Path
from typing import Any


def printable(text: str) -> str:
    """Text that may hold what others wrote, for a terminal: with nothing that steers it."""
    return "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in text)


class DigestError(Exception):
    """The base of every error raised on purpose."""

    exit_code = 1

    def _render_traceback_(self) -> list[str]:
        """What a notebook shows: the line that says what to do. IPython asks for it by this name."""
        return [f"✗ {self}"]

    def __reduce__(self) -> tuple[Any, ...]:
        # Exception's own pickling calls the class with `args`, which our signatures do not match.
        return (_rebuild, (type(self), self.args, self.__dict__))


def _rebuild(cls: type[DigestError], args: tuple[Any, ...], state: dict[str, Any]) -> DigestError:
    error = cls.__new__(cls)
    error.args = args
    error.__dict__.update(state)
    return error


class UserError(DigestError):
    """A person can mend it; the message says how."""

    exit_code = 2


class BadInput(UserError):
    """A file that cannot be read as what it should be.

    `where` names the file (and line), `problem` what is wrong and what to do about it.
    """

    def __init__(self, where: Path | str, problem: str) -> None:
        super().__init__(f"{where}: {problem}")
        self.where = str(where)
        self.problem = problem


class BadNotebook(UserError):
    """A notebook that cannot be run as a family's."""

    def __init__(self, path: Path | str, problem: str) -> None:
        super().__init__(f"{path}: {problem}")
        self.path = str(path)
        self.problem = problem


class BadPrompt(UserError):
    """A prompt whose placeholders are not those that the step fills."""

    def __init__(self, prompt: str, problem: str) -> None:
        super().__init__(f"in the parameters cell, {prompt}: {problem}")
        self.prompt = prompt
        self.problem = problem


class UnknownFamily(UserError):
    """No notebook for this family."""

    def __init__(self, family: str, known: list[str]) -> None:
        there = ", ".join(known) or "none"
        super().__init__(
            f"no family «{family}» in notebooks/ (there are: {there}); make one with: digest new {family}"
        )
        self.family = family


class NoHome(UserError):
    """Neither this folder nor one above it is a home."""

    def __init__(self, start: Path | str) -> None:
        super().__init__(
            f"{start} is not inside a newsroom (no _quarto.yml with notebooks/ beside it); "
            "change to one, or set DIGEST_HOME"
        )
        self.start = str(start)


class NewerFile(UserError):
    """A file that a later version of this library wrote: its form is `found`, and not beyond `known` here."""

    def __init__(self, path: Path | str, found: object, known: str = "1") -> None:
        self.path = str(path)
        self.problem = (
            f"written by a newer version of digest (its form is {found}, this one reads {known}); it is left "
            "as it is: update digest (pip install --upgrade digest-newsroom)"
        )
        super().__init__(f"{path}: {self.problem}")


class WrongClock(UserError):
    """The clock is at odds with the last gather, or with what the feeds' servers say."""


class StorageError(DigestError):
    """The disk said no; nothing that was there before is lost."""

    def __init__(self, path: Path | str, reason: str) -> None:
        room = "; make room there, see also: digest tidy" if reason == os.strerror(errno.ENOSPC) else ""
        super().__init__(f"cannot write {path}: {reason}; nothing was changed{room}")
        self.path = str(path)
        self.reason = reason


class RestlessFiles(DigestError):
    """Files changed faster than they could be read: another process is at work on them."""

    def __init__(self, folder: Path | str) -> None:
        super().__init__(f"{folder} changes faster than it is read; try again when nothing else writes there")


class BlindDay(DigestError):
    """Nothing was gathered for the day, so nobody knows whether there was news."""

    def __init__(self, date: Date, archive: Path | str = "") -> None:
        place = f"the archive {archive}" if archive else "the archive"
        super().__init__(
            f"nothing was gathered for {date}: {place} holds no article and no answered feed of that window; "
            "run `digest gather` on the day, or `digest import` old news, or name another home in DIGEST_HOME"
        )
        self.date = date


class RunFailed(DigestError):
    """The notebook of a family did not finish."""

    def __init__(self, family: str, date: Date | None, reason: str) -> None:
        super().__init__(f"{family} {date or '(latest day)'}: {reason}")
        self.family = family
        self.date = date
        self.reason = reason


class LlmError(DigestError):
    """The llm gave no usable answer."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class LlmUnavailable(LlmError):
    """It could not be reached, or it said that it cannot answer now."""


class LlmRefused(LlmError):
    """It declined to answer."""


class LlmBroken(LlmError):
    """It answered something that is not what was asked for."""


class BudgetReached(LlmError):
    """The money or the time of the run is used up."""


class LlmAway(DigestError):
    """The llm that was asked for did not write a post again that one has written: that one stands."""

    def __init__(self, post: str, llm: str, why: str) -> None:
        super().__init__(
            f"{post}: what {llm} wrote stands, since no llm wrote it again ({why}); run it again when one "
            'answers, or with `llm = "offline"` to have it from the offline writer'
        )


class UnsafePost(DigestError):
    """A post that no renderer may see."""

    def __init__(self, post: str, reason: str) -> None:
        super().__init__(f"{post}: {reason}")
        self.post = post
        self.reason = reason


class RenderFailed(DigestError):
    """The renderer stopped; the site that was there is untouched.

    `place` is the file that it stopped at, by its path in the home, where that is known.
    """

    def __init__(self, renderer: str, reason: str, place: str = "") -> None:
        where = f"{place}: " if place and place not in reason else ""
        super().__init__(f"{renderer} could not render the site: {where}{reason}")
        self.renderer = renderer
        self.reason = reason
        self.place = place


class PostChanged(DigestError):
    """A post was published anew, or retracted, while the site was made of what it was."""

    def __init__(self, post: str) -> None:
        super().__init__(f"{post} was published or retracted while the site was rendered: render again")
        self.post = post


class RenderBusy(DigestError):
    """Another render of the same home is under way, and did not end while this one waited."""

    def __init__(self, root: Path | str, seconds: float) -> None:
        super().__init__(
            f"another render of {root} has been under way for more than {seconds:.0f} s; "
            "try again when it is done, or end it"
        )
        self.root = str(root)
        self.seconds = seconds
