"""By what an article is known to be about a family: one rule a family, whoever counts its articles."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from digest_lib.articles.article import Article, Articles, Coverage
from digest_lib.cells import parameters_of
from digest_lib.day import Day
from digest_lib.errors import BadNotebook
from digest_lib.parameters import problem
from digest_lib.settings import Home
from digest_lib.stories.match import match
from digest_lib.text.scripts import fold


@dataclass(frozen=True, slots=True)
class Reach:
    """What `match` is told of a family."""

    aliases: tuple[str, ...]
    official: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()

    def about(self, articles: Sequence[Article], day: Day) -> int:
        """How many of the articles are about the family, as its post counts them."""
        return len(self.those_about(Articles(tuple(articles), day, 1, Coverage(0, 0, len(articles)))))

    def those_about(self, articles: Articles) -> Articles:
        """The articles about the family."""
        return match(articles, aliases=self.aliases, official=self.official, exclude=self.exclude)


def reaches(home: Home, names: Mapping[str, Sequence[str]]) -> dict[str, Reach]:
    """The reach of each name (given with its aliases, for want of better): as the notebook of that name has
    it, so that a family's articles are counted alike in its own post and in its rivals'; of a name that
    has no notebook here, all aliases that any notebook knows."""
    notebooks = _parameters(home)
    own = {fold(str(told["name"])): told for told in notebooks if "family" in told and told.get("name")}
    found: dict[str, Reach] = {}
    for name, aliases in names.items():
        told = own.get(fold(name))
        if told is not None:
            found[name] = _of(told)
        else:
            also = [list(rivals) for t in notebooks if (rivals := _rivals(t).get(fold(name)))]
            found[name] = Reach(tuple(sorted({a for some in [list(aliases), *also] for a in some})))
    return found


def notebooks_reach(home: Home) -> dict[str, tuple[str, Reach]]:
    """Family -> its name and its reach, for each notebook of the home."""
    told = (t for t in _parameters(home) if t.get("family"))
    return {str(t["family"]): (str(t.get("name") or t["family"]), _of(t)) for t in told}


def _of(told: Mapping[str, Any]) -> Reach:
    return Reach(*(tuple(told.get(key) or ()) for key in ("aliases", "official", "exclude")))


def own_reach(
    known: Reach, aliases: Sequence[str], official: Sequence[str] | None, exclude: Sequence[str] | None
) -> Reach:
    """The reach of the family whose notebook is run, with what it was run with."""
    given = {"official": official, "exclude": exclude}
    changed = {key: tuple(value) for key, value in given.items() if value is not None}
    return replace(known, aliases=tuple(aliases), **changed)


def _rivals(told: Mapping[str, Any]) -> dict[str, Sequence[str]]:
    rivals = told.get("rivals")
    return {fold(str(name)): aliases for name, aliases in rivals.items()} if isinstance(rivals, dict) else {}


def _parameters(home: Home) -> list[dict[str, Any]]:
    """The parameters of every notebook of the home that can be read and are what they must be: the others'
    own runs say what is wrong with them."""
    found = []
    for path in sorted(home.notebooks.glob("*.ipynb")) if home.notebooks.is_dir() else []:
        try:
            told = parameters_of(json.loads(path.read_text("utf-8")), path.name)
        except (BadNotebook, OSError, ValueError):
            continue
        if not any(problem(name, value) for name, value in told.items()):
            found.append(told)
    return found
