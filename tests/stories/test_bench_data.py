"""The bench reads files of others: articles without a language, labels whose article is not there."""

import json
import sys
from pathlib import Path

import pytest

BENCH = Path(__file__).parents[2] / "bench"


def test_what_is_absent_is_left_out_and_counted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.syspath_prepend(str(BENCH))
    monkeypatch.delitem(sys.modules, "story_data", raising=False)
    from story_data import labelled, recorded

    news, labels = tmp_path / "news.jsonl", tmp_path / "labels.json"
    rows = [("https://a.example/1", "Qwen 團隊擴編"), ("https://b.example/2", "Qwen doubles its team")]
    news.write_text(
        "".join(
            json.dumps({"url": url, "title": title, "published": f"2026-07-2{n}T02:00:00Z"}) + "\n"
            for n, (url, title) in enumerate(rows)
        )
    )
    items = [{"url": rows[1][0]}, {"url": "https://gone.example/3"}, {"id": "nobody"}, {"url": rows[0][0]}]
    told = {"items": items, "stories": {"s1": {"items": [0, 1, 3]}}, "about": {"1": ["gpt"], "3": ["qwen"]}}
    labels.write_text(json.dumps(told))
    found = labelled(recorded(news), labels)
    assert [a.url for a in found.articles] == [url for url, _ in rows]
    assert found.langs == ["zh-Hant", "en"]
    assert (dict(found.stories), dict(found.about)) == ({0: "s1", 1: "s1"}, {"qwen": {0}})
    assert "2 labelled articles are absent" in capsys.readouterr().err
