"""Schedules that ship: units for systemd, a line for cron, a workflow for GitHub, a file for containers, each
filled with a home's own paths."""

from __future__ import annotations

import getpass
import os
import shlex
import shutil
import sys
from dataclasses import dataclass
from datetime import datetime, timedelta
from importlib import resources
from pathlib import Path
from string import Template

from digest_lib.day import CUT_OFF, TAIPEI, Day
from digest_lib.errors import UserError
from digest_lib.files import write_atomic
from digest_lib.settings import Home

#: After the cut-off: on the hour, many others wait for the same servers.
AFTER = timedelta(minutes=7)
_FILES = {
    "systemd": ("digest.service", "digest.timer"),
    "cron": ("digest.cron",),
    "container": ("Containerfile",),
}
_WORKFLOW = Path(".github") / "workflows" / "daily.yml"


@dataclass(frozen=True, slots=True)
class Written:
    """The files, and what a person does with them: a command a line."""

    files: tuple[Path, ...]
    then: tuple[str, ...]


def write(home: Home, kind: str, into: Path | None, now: datetime) -> Written:
    """Writes the schedule `kind` into the folder `into` (default: `schedule/` of the home). Raises
    `UserError` for a workflow outside a repository, `StorageError`."""
    if kind == "github":
        return _github(home)
    folder = (into or home.root / "schedule").resolve()
    values = _values(home, folder, now)
    files = []
    for name in _FILES[kind]:
        text = Template(_template(name)).substitute(_AS_READ_BY.get(kind, dict)(values))
        write_atomic(folder / name, text)
        files.append(folder / name)
    return Written(tuple(files), _then(kind, folder, home))


def _github(home: Home) -> Written:
    """The workflow, which works on a repository: it has `make setup` and `.ci/data` in it."""
    if not (home.root / ".ci" / "data").is_file() or not (home.root / "Makefile").is_file():
        raise UserError(f"{home.root} is no clone of the repository: a workflow has nothing to install there")
    path = home.root / _WORKFLOW
    write_atomic(path, _template("daily.yml"))
    return Written((path,), (
        "git add .github && git commit -m 'A daily newsroom' && git push",
        "gh api -X POST repos/{owner}/{repo}/pages -f build_type=workflow",
        "gh secret set OPENAI_API_KEY    # where an llm is to write",
        "gh secret set DIGEST_NOTIFY     # where somebody is to be told",
        "gh workflow run daily",
    ))  # fmt: skip


def _then(kind: str, folder: Path, home: Home) -> tuple[str, ...]:
    where, root = shlex.quote(str(folder)), shlex.quote(str(home.root))
    return {
        "systemd": (
            f"sudo cp {where}/digest.service {where}/digest.timer /etc/systemd/system/",
            "sudo systemctl daemon-reload",
            "sudo systemctl enable --now digest.timer",
            "sudo systemctl start digest.service    # once, to see it work",
            "journalctl -u digest",
        ),
        "cron": (f"(crontab -l 2>/dev/null; cat {where}/digest.cron) | crontab -", "crontab -l"),
        "container": (
            # podman's own format of images knows no health check, and leaves it out with a warning.
            f"podman build --format docker -t digest -f {where}/Containerfile .    # in the repository",
            # Without a mapping, the user of the container is none who may write into the home.
            "podman run -d --name digest --init --read-only --tmpfs /tmp --userns keep-id:uid=1000,gid=1000"
            f" -v {root}:/news:Z digest",
            f"head -13 {where}/Containerfile  # how to run it with fewer rights, with keys, by docker",
            "podman logs -f digest",
        ),
    }[kind]


def _values(home: Home, folder: Path, now: datetime) -> dict[str, str]:
    # A start script where there is one (a wheel's, a virtual environment's), else this Python itself.
    script = Path(sys.executable).with_name("digest")
    found = str(script) if script.is_file() else shutil.which("digest")
    words = [found] if found else [sys.executable, "-m", "digest_lib"]
    path = os.pathsep.join(dict.fromkeys([str(Path(sys.executable).parent), *_SYSTEM]))
    at = datetime.combine(now.astimezone(TAIPEI).date(), CUT_OFF, TAIPEI) + AFTER
    local = _local(at)
    return {
        "home": str(home.root), "home_shell": shlex.quote(str(home.root)), "digest": shlex.join(words),
        "user": getpass.getuser(), "path": path, "path_shell": shlex.quote(path),
        "hour": str(local.hour), "minute": f"{local.minute:02}",
        "at_taipei": f"{at:%H:%M}", "container_file": shlex.quote(str(folder / "Containerfile")),
    }  # fmt: skip


def _local(at: datetime) -> datetime:
    """The moment on this machine's clock, which is cron's: in summer, where it changes its clocks. In winter
    the same hour comes an hour later; the other way round it would come before the cut-off."""
    days = (at + timedelta(days=30 * month) for month in range(12))
    return max((day.astimezone() for day in days), key=lambda day: day.utcoffset() or timedelta())


_SYSTEM = ("/usr/local/bin", "/usr/bin", "/bin")


def _for_systemd(values: dict[str, str]) -> dict[str, str]:
    """The values as systemd reads them: a per cent sign is doubled, words are in quotation marks, and a
    command's arguments name no variable."""
    read = {name: value.replace("%", "%%") for name, value in values.items()}
    program, *words = shlex.split(read["digest"])
    words += ["--home", read["home"]]
    command = [_in_marks(program), *(_in_marks(word.replace("$", "$$")) for word in words)]
    return {
        **read, "command": " ".join(command), "home_quoted": _in_marks(read["home"]),
        "path_quoted": _in_marks(f"PATH={read['path']}"),
    }  # fmt: skip


def _in_marks(word: str) -> str:
    escaped = word.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def _for_cron(values: dict[str, str]) -> dict[str, str]:
    """The values as cron reads them: a per cent sign would end the command."""
    return {name: value.replace("%", "\\%") for name, value in values.items()}


_AS_READ_BY = {"systemd": _for_systemd, "cron": _for_cron}


def _template(name: str) -> str:
    return (resources.files("digest_lib.running") / "schedules" / name).read_text("utf-8")


def seconds_until_next(now: datetime) -> float:
    """Until the next day's work is due."""
    due = Day.today(now).cutoff + AFTER
    while due <= now:
        due += timedelta(days=1)
    return (due - now).total_seconds()
