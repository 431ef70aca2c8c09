"""Readers are told of new posts, each once, by the way in which alarms go."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest

from digest_lib.errors import UserError
from digest_lib.running import announce, records
from digest_lib.running.records import Outcome, Record
from digest_lib.settings import Home
from homes import FORMATS

POST = "2026-07-22-qwen"


@pytest.mark.parametrize(
    ("posts", "told", "expected"),
    [
        (
            ["2026-07-28-gpt", "2026-07-29-qwen", "2026-07-29-gpt"],
            None,
            ["2026-07-29-gpt", "2026-07-29-qwen"],
        ),
        (["2026-07-28-gpt", "2026-07-29-gpt"], ["2026-07-28-gpt"], ["2026-07-29-gpt"]),
        (["2026-07-27-gpt", "2026-07-29-gpt"], [], ["2026-07-29-gpt", "2026-07-27-gpt"]),  # it slept
        (["2026-07-29-gpt"], ["2026-07-29-gpt"], []),
        ([], None, []),
    ],
)
def test_what_is_new(posts: list[str], told: list[str] | None, expected: list[str]) -> None:
    assert announce.due(posts, told) == expected


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, httpserver: Any) -> Home:
    """A home with one post that tells stories, and one that tells of none."""
    home = Home(tmp_path)
    (tmp_path / "posts").mkdir()
    (tmp_path / "posts" / POST).symlink_to(FORMATS / "first" / "posts" / POST)
    (tmp_path / "_quarto.yml").write_text("website:\n  title: 日報\n  site-url: https://news.example/blog/\n")
    for family, status in (("qwen", Outcome.PUBLISHED), ("gpt", Outcome.QUIET)):
        records.save(home, Record(family, POST[:10], status, "2026-07-21T21:00:00+00:00", 1.0))
    monkeypatch.setenv("DIGEST_ANNOUNCE", f"json://127.0.0.1:{httpserver.port}/hook")
    return home


def sent(httpserver: Any) -> list[tuple[str, str]]:
    bodies = [json.loads(request.get_data()) for request, _ in httpserver.log]
    return [(body["title"], body["message"]) for body in bodies]


def test_a_post_is_announced_once_with_its_headline_and_address(home: Home, httpserver: Any) -> None:
    httpserver.expect_request("/hook").respond_with_data("ok")
    assert announce.tell(home) == [POST]
    assert announce.tell(home) == []
    ((title, body),) = sent(httpserver)
    assert title == "日報 2026-07-22"
    line, address = body.splitlines()
    assert line.startswith("Qwen：")
    assert len(line) > 10
    assert address == f"https://news.example/blog/posts/{POST}/"


def test_what_could_not_be_sent_is_sent_the_next_time(home: Home, httpserver: Any) -> None:
    httpserver.expect_oneshot_request("/hook").respond_with_data("no", status=500)
    httpserver.expect_request("/hook").respond_with_data("ok")
    with pytest.raises(UserError, match=r"not taken by address 1 \(json\) of DIGEST_ANNOUNCE"):
        announce.tell(home)
    assert announce.tell(home) == [POST]


def test_who_has_taken_it_is_not_sent_it_again_for_one_who_has_not(
    home: Home, httpserver: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    httpserver.expect_request("/hook").respond_with_data("ok")
    monkeypatch.setenv("DIGEST_ANNOUNCE", f"{os.environ['DIGEST_ANNOUNCE']} json://127.0.0.1:1/gone")
    with pytest.raises(UserError, match=r"not taken by address 2 \(json\).*; the others have taken it"):
        announce.tell(home)
    assert announce.tell(home) == []
    assert len(sent(httpserver)) == 1


def test_nobody_is_told_where_nobody_wants_to_be(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DIGEST_ANNOUNCE")
    assert announce.tell(home) == []
