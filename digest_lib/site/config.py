"""The site's settings: those of `_quarto.yml` that both renderers follow."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlsplit

import yaml

from digest_lib.errors import BadInput
from digest_lib.sections.markup import web_url
from digest_lib.settings import Home
from digest_lib.site.report import report_address
from digest_lib.web.urls import in_ascii

_TITLE = "AI 模型日報"
_DESCRIPTION = "每天一篇，逐句註明來源的 AI 模型新聞彙整"
#: The address of `digest preview`.
_URL = "http://127.0.0.1:4200"


@dataclass(frozen=True, slots=True)
class Config:
    """What `website:` says, and the `notice` that every page shows, if there is one. `url` is ASCII and
    has no slash at its end; where `_quarto.yml` does not tell it (`placed` is false), it is this machine's.
    `repo` is where the site's sources are, `report` where readers report errors
    (`site/report.py`); either may be empty."""

    title: str
    description: str
    url: str
    notice: str = ""
    placed: bool = True
    repo: str = ""
    report: str = ""

    @property
    def path(self) -> str:
        """The path that the site lies under, with a slash at its end: `/` or `/blog/`."""
        return urlsplit(self.url).path.rstrip("/") + "/"


def read_config(home: Home) -> Config:
    """The settings in the home's `_quarto.yml`. Raises `BadInput` where it cannot be read."""
    path = home.root / "_quarto.yml"
    try:
        read = yaml.safe_load(path.read_text(encoding="utf-8")) or {}
    except OSError as error:
        raise BadInput(path, error.strerror or str(error)) from None
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise BadInput(path, f"not YAML: {' '.join(str(error).split())}") from None
    read = read if isinstance(read, dict) else {}
    website = read.get("website")
    website = website if isinstance(website, dict) else {}
    url = web_url(str(website.get("site-url") or ""))
    repo = (web_url(str(website.get("repo-url") or "")) or "").rstrip("/")
    return Config(
        title=str(website.get("title") or _TITLE),
        description=str(website.get("description") or _DESCRIPTION),
        url=in_ascii(url or _URL).rstrip("/"),
        notice=str(read.get("notice") or ""),
        placed=url is not None,
        repo=repo,
        report=report_address(str(read.get("report") or ""), repo),
    )
