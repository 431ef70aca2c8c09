"""In what variants differ from the experiment's first one, as they were run: parameters and prompts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from digest_lib.lab.experiment import OWN
from digest_lib.sections.markup import esc
from digest_lib.site.adopted import Change, alike
from digest_lib.site.made_with import diff

# As at the desk: read without colour, in a dark look and a light one. Of a line that was reworded, notebooks
# strike out and underline the words themselves.
_LINES = {
    "<del>": '<del style="display:block;opacity:.75">',
    "<ins>": '<ins style="display:block;font-weight:600">',
    '<span class="reworded">': '<span style="display:block">',
}
_PRE = "white-space:pre-wrap;margin-left:1em"


class Ran(Protocol):
    """A run, or what is kept of one."""

    @property
    def variant(self) -> str: ...
    @property
    def family(self) -> str: ...
    @property
    def parameters(self) -> Mapping[str, Any]: ...


def change(family: str, parameter: str, before: object, after: object) -> Change:
    """A parameter of a family's notebook, as it was and as it is."""
    return Change(family=family, parameter=parameter, before=_said(before), after=_said(after))


def _said(value: object) -> str:
    return value if isinstance(value, str) else "" if value is None else repr(value)


def changes_of(variants: Sequence[str], ran: Iterable[Ran]) -> dict[str, list[Change]]:
    """By variant, the parameters in which it is other than the first one, family by family."""
    given = {(run.variant, run.family): run.parameters for run in ran}
    families = sorted({family for _, family in given})
    found: dict[str, list[Change]] = {}
    for variant in variants[1:]:
        for family in families:
            own, first = given.get((variant, family)), given.get((variants[0], family))
            if own is None or first is None:
                continue
            found.setdefault(variant, []).extend(
                change(family, name, first.get(name), own[name])
                for name in sorted(own)
                if name not in OWN and own[name] != first.get(name)
            )
    return found


def changed(variants: Sequence[str], ran: Iterable[Ran]) -> Changed:
    """See `changes_of`, for a cell."""
    return Changed(variants[0], changes_of(variants, ran))


@dataclass(frozen=True)
class Changed:
    """What is other in each variant than in the `first`."""

    first: str
    by: Mapping[str, Sequence[Change]]

    def __repr__(self) -> str:
        lines = []
        for variant, changes in self.by.items():
            lines.append(f"{variant} (beside {self.first}):")
            lines += [f"  {some[0].parameter}: {_families(some)}" for some in alike(changes)]
        return "\n".join(lines) or "there is one variant"

    def _repr_html_(self) -> str:
        return "".join(self._variant(*one) for one in self.by.items()) or "<p>there is one variant</p>"

    def _variant(self, variant: str, changes: Sequence[Change]) -> str:
        parts = [f"<h4>{esc(variant)}</h4>"]
        for some in alike(changes):
            lines = "".join(map(_styled, diff(some[0].before, some[0].after)))
            parts.append(f"<p><code>{esc(some[0].parameter)}</code>（{esc(_families(some))}）</p>")
            parts.append(f'<div style="{_PRE}">{lines}</div>')
        return "".join(parts)


def _families(changes: Sequence[Change]) -> str:
    return "、".join(one.family for one in changes)


def _styled(line: str) -> str:
    """A line of a diff as a notebook shows it, which has no stylesheet of ours."""
    for plain, styled in _LINES.items():
        if line.startswith(plain):
            return styled + line.removeprefix(plain)
    return line
