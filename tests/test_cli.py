"""The command line: what a user's mistake gets is one line that says what to do, and an exit code."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from digest_lib.cli import main
from digest_lib.running.families import load
from digest_lib.settings import Home


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Home:
    """An empty home, and the clock at noon of 2026-07-29 in Taipei."""
    (tmp_path / "notebooks").mkdir()
    (tmp_path / "posts").mkdir()
    (tmp_path / "_quarto.yml").write_text("project:\n  type: website\n")
    monkeypatch.setenv("DIGEST_NOW", "2026-07-29T12:00+08:00")
    monkeypatch.setenv("DIGEST_FETCH", "no")
    return Home(tmp_path)


def call(place: Home, *words: str) -> tuple[int, str]:
    done = CliRunner().invoke(main, ["--home", str(place.root), *words], catch_exceptions=False)
    return done.exit_code, done.output


@pytest.mark.parametrize(
    ("words", "code", "says"),
    [
        (["run", "--date", "29/7/2026"], 2, "«29/7/2026» is not a date; write it as 2026-07-29"),
        (["run", "--date", "2026-07-30"], 2, "2026-07-30 has not come yet"),
        (["run", "--families", "gwen"], 2, "no family «gwen» in notebooks/ (there are: none)"),
        (["backfill", "--from", "2026-07-28", "--to", "2026-07-01"], 2, "give two dates in order"),
        (["import", "missing.jsonl"], 2, "missing.jsonl"),
        (["export", "news.xlsx"], 2, "news.xlsx"),
        (["new", "Deep Seek"], 2, "«Deep Seek» is not a family name"),
        (["retract", "2026-07-29-qwen", "--reason", "wrong"], 2, "no post «2026-07-29-qwen»"),
        (["retract", "../../etc", "--reason", "wrong"], 2, "no post «../../etc»"),
        (["status"], 0, "Nothing has run here yet. Start with: digest run"),
    ],
)
def test_a_line_that_says_what_to_do(place: Home, words: list[str], code: int, says: str) -> None:
    exit_code, output = call(place, *words)
    assert says in output
    assert exit_code == code
    assert "Traceback" not in output
    assert len([line for line in output.splitlines() if line.startswith("digest:")]) == (1 if code else 0)


def test_ctrl_c_is_told_in_a_line(place: Home) -> None:
    news = place.root / "news.jsonl"
    os.mkfifo(news)
    command = [sys.executable, "-m", "digest_lib", "--home", str(place.root), "import", str(news)]
    running = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    with news.open("w"):  # from here on it reads, and waits for more
        running.send_signal(signal.SIGINT)
        said = running.communicate(timeout=60)[0]
    assert said.strip() == "digest: stopped; what was done is kept, and the same command goes on"
    assert running.returncode == 130


def test_outside_a_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    done = CliRunner().invoke(main, ["status"])
    assert done.exit_code == 2
    assert "is not inside a newsroom" in done.output


def test_a_clock_that_is_none(place: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DIGEST_NOW", "noon")
    code, output = call(place, "run")
    assert code == 2
    assert "DIGEST_NOW=«noon» is not a time" in output


def test_broken_lines_of_an_import_are_named_and_the_rest_goes_in(place: Home, tmp_path: Path) -> None:
    good = {"url": "https://news.example/1", "title": "Qwen3.8 登場", "published": "2026-07-28T10:00:00Z"}
    lines = [
        json.dumps(good), "{half", json.dumps({**good, "title": ""}), json.dumps({**good, "url": "x"}),
        json.dumps({**good, "published": "soon"}),
    ]  # fmt: skip
    path = tmp_path / "news.jsonl"
    path.write_text("\n".join(lines), "utf-8")
    code, output = call(place, "import", str(path))
    assert code == 1
    for number in (2, 3, 4, 5):
        assert f"news.jsonl:{number}: " in output
    assert "5 articles read, 1 of them new, 4 lines skipped" in output
    path.write_text(lines[0], "utf-8")
    assert call(place, "import", str(path)) == (0, "1 articles read, 0 of them new, 0 lines skipped\n")


def test_what_others_wrote_steers_no_terminal(place: Home, tmp_path: Path) -> None:
    steering = "\x1b[2J\x1b]0;title\x07\u202e\r\x9b31m"
    path = tmp_path / "news.jsonl"
    row = {"url": "https://news.example/1", "title": "Qwen3.8 登場", "published": f"昨天{steering}"}
    path.write_text(f"{json.dumps(row)}\n{json.dumps({**row, 'url': steering})}\n", "utf-8")
    for words in (["import", str(path)], ["import", f"{steering}.jsonl"], ["new", steering]):
        done = CliRunner().invoke(main, ["--home", str(place.root), *words], color=True)  # as on a terminal
        assert done.exit_code in {1, 2} and "\N{REPLACEMENT CHARACTER}" in done.output
        assert all(c.isprintable() or c == "\n" for c in done.output), words


def test_what_is_exported_can_be_imported(place: Home, tmp_path: Path) -> None:
    source, out = tmp_path / "in.jsonl", tmp_path / "out.csv"
    source.write_text(
        json.dumps({"url": "https://n.example/1", "title": "千問", "published": "2026-07-28T10:00:00Z"}),
        "utf-8",
    )
    assert call(place, "import", str(source))[0] == 0
    assert call(place, "export", str(out)) == (0, f"1 articles written to {out}\n")
    other = tmp_path / "other"
    for folder in ("notebooks", "posts"):
        (other / folder).mkdir(parents=True)
    (other / "_quarto.yml").touch()
    assert call(Home(other), "import", str(out)) == (0, "1 articles read, 1 of them new, 0 lines skipped\n")


def test_a_new_family_says_what_to_do_next(place: Home) -> None:
    code, output = call(place, "new", "deepseek")
    assert code == 0
    assert "notebooks/deepseek.ipynb is there" in output
    assert "digest run --families deepseek" in output


def test_doctor_names_what_is_missing_and_exits_so(place: Home) -> None:
    code, output = call(place, "doctor")
    assert code == 1
    assert "no notebook in notebooks/; make one with: digest new NAME" in output
    assert "✓ papermill" in output
    assert "offline: it quotes and counts" in output
    call(place, "new", "deepseek")
    (place.root / "feeds.opml").write_text(
        '<opml version="2.0"><body><outline text="A" type="rss" xmlUrl="https://a.example/feed"/></body></opml>'
    )
    code, output = call(place, "doctor")
    assert code == 0, output
    assert "1 in feeds.opml" in output


def test_doctor_says_when_the_llm_server_does_not_answer(
    place: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OPENAI_BASE_URL", "http://127.0.0.1:9/v1")
    monkeypatch.setenv("OPENAI_API_KEY", "sk-test-0123456789")
    code, output = call(place, "doctor")
    assert code == 1
    assert "http://127.0.0.1:9/v1 does not answer" in output
    assert "sk-test" not in output


@pytest.mark.parametrize(("path", "answer", "says", "code"), [
    ("", ("<html>hello</html>", 200), "not JSON: there is no llm API at this address; put /v1 at the end", 1),
    ("/v1", ("<html>hello</html>", 200), "set OPENAI_BASE_URL to the address of the API", 1),
    ("", ("404 page not found", 404), "no llm API at this address; put /v1 at the end of OPENAI_BASE_URL", 1),
    ("/v1", ('{"error": "no route"}', 404), "answers, without a list of its models", 0),
    ("/v1", ('{"error": {"message": "bad key sk-test-0123456789"}}', 401), "refused the key", 1),
    ("/v1", ('{"data": [{"id": "m"}]}', 200), "answers with 1 models", 0),
    ("/v1", ('{"models": "none"}', 200), "other JSON: there is no llm API at this address", 1),
])  # fmt: skip
def test_doctor_says_what_to_do_about_an_llm_server(
    place: Home, monkeypatch: pytest.MonkeyPatch, httpserver, path: str, answer: tuple[str, int], says: str,
    code: int,
) -> None:  # fmt: skip
    httpserver.expect_request(f"{path}/models").respond_with_data(answer[0], status=answer[1])
    monkeypatch.setenv("OPENAI_BASE_URL", httpserver.url_for(path or "/"))
    monkeypatch.setenv("OPENAI_API_KEY", "sk-test-0123456789\n")
    monkeypatch.delenv("DIGEST_LLM", raising=False)
    writer = [line for line in call(place, "doctor")[1].splitlines() if "writer" in line]
    assert len(writer) == 1
    assert says in writer[0]
    assert ("✗" in writer[0]) is bool(code)
    assert "sk-test" not in writer[0]


@pytest.mark.parametrize(("key", "says"), [("sk-鑰匙", "a character that no key has"), ("a b", "a space")])
def test_doctor_says_which_setting_is_wrong(
    place: Home, monkeypatch: pytest.MonkeyPatch, key: str, says: str
) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", key)
    monkeypatch.delenv("DIGEST_LLM", raising=False)
    call(place, "new", "deepseek")
    code, output = call(place, "doctor")
    assert code == 1
    (line,) = [line for line in output.splitlines() if "llm" in line or "OPENAI" in line]  # and no untrue one
    assert f"OPENAI_API_KEY holds {says}" in line
    assert key not in output


def test_doctor_says_when_the_model_is_not_there(place: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    from digest_lib.writing.fake_llm import FakeLlm

    with FakeLlm().serving() as fake:
        monkeypatch.setenv("OPENAI_BASE_URL", fake.url)
        monkeypatch.setenv("DIGEST_LLM", "gpt-5.4-mini")
        output = call(place, "doctor")[1]
    assert "lists no model «gpt-5.4-mini» (DIGEST_LLM); there are: fake-llm" in output


def test_doctor_asks_the_server_for_the_models_of_the_notebooks(
    place: Home, monkeypatch: pytest.MonkeyPatch, httpserver
) -> None:
    monkeypatch.setenv("OPENAI_BASE_URL", httpserver.url_for("/v1"))
    call(place, "new", "deepseek")
    call(place, "new", "kimi")
    wanted = load(place.notebooks / "kimi.ipynb").parameters["llm"]
    for listed, mark, says in (
        ([wanted, "m"], "✓", "answers with 2 models, for deepseek, kimi"),
        ([f"{wanted}:latest"], "✓", "answers with 1 models, for deepseek, kimi"),  # as Ollama lists them
        (["m"], "·", f"lists no model «{wanted}» (the notebook's `llm`); there are: m, for deepseek, kimi"),
    ):
        models = {"data": [{"id": name} for name in listed]}
        httpserver.clear()
        httpserver.expect_request("/v1/models").respond_with_json(models)
        (line,) = [line for line in call(place, "doctor")[1].splitlines() if f"llm {wanted}" in line]
        assert line.startswith(mark) and says in line


def test_help_names_every_command() -> None:
    output = CliRunner().invoke(main, ["--help"]).output
    for name in (
        "run",
        "backfill",
        "status",
        "new",
        "retract",
        "render",
        "preview",
        "doctor",
        "import",
        "export",
    ):
        assert f"  {name} " in output


def test_a_misspelt_family_is_told_before_anything_is_fetched(
    place: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DIGEST_FETCH", "yes")
    code, output = call(place, "run", "--families", "qwenn")  # there is not even a feeds.opml
    assert code == 2
    assert output.startswith("digest: no family «qwenn»")


def test_a_proxy_that_is_none_is_one_line(place: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DIGEST_FETCH", "yes")
    monkeypatch.setenv("DIGEST_PROXY", "reader:hush@proxy.example:3128")
    (place.root / "feeds.opml").write_text(
        '<opml version="2.0"><body><outline text="A" type="rss" xmlUrl="https://a.example/feed"/></body></opml>'
    )
    said = "DIGEST_PROXY=«proxy.example:3128» has no scheme; write http://HOST:PORT, or unset it"
    for command in ("gather", "doctor"):
        code, output = call(place, command)
        assert code
        assert said in output
        assert "hush" not in output
    assert call(place, "gather") == (2, f"digest: {said}\n")


def test_a_machine_without_network_is_one_line(place: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DIGEST_FETCH", "yes")
    monkeypatch.setenv("DIGEST_PROXY", "http://127.0.0.1:9")  # nothing listens there
    feeds = "".join(f'<outline text="{n}" type="rss" xmlUrl="https://n{n}.example/f"/>' for n in range(5))
    (place.root / "feeds.opml").write_text(f'<opml version="2.0"><body>{feeds}</body></opml>')
    code, output = call(place, "gather")
    assert code == 1
    assert len(output.splitlines()) == 1
    assert "no feed answered (5 asked" in output


def test_a_named_folder_must_be_a_home_itself(place: Home) -> None:
    done = CliRunner().invoke(main, ["--home", str(place.root / "typo"), "status"])
    assert done.exit_code == 2
    assert "is not inside a newsroom" in done.output


def test_news_from_the_future_is_refused_by_line(place: Home, tmp_path: Path) -> None:
    path = tmp_path / "news.jsonl"
    article = {"url": "https://n.example/1", "title": "千問", "published": "9999-12-31T00:00:00Z"}
    path.write_text(json.dumps(article), "utf-8")
    code, output = call(place, "import", str(path))
    assert code == 1
    assert "news.jsonl:1: published «9999-12-31T00:00:00Z» is in the future" in output


def test_the_sample_leaves_a_newsroom_alone(place: Home) -> None:
    code, output = call(place, "sample", str(place.root))
    assert code == 2
    assert "is a newsroom of its own" in output
    assert [p.name for p in place.notebooks.iterdir()] == []


@pytest.mark.parametrize("first", ["0001-01-01", "9999-12-31"])
def test_the_ends_of_the_calendar_are_a_line(place: Home, tmp_path: Path, first: str) -> None:
    code, output = call(place, "export", str(tmp_path / "x.jsonl"), "--from", first)
    assert "Traceback" not in output
    assert code in (0, 2)


ENDS = """
import atexit, sys, threading, time
atexit.register(print, "at the end")
if sys.argv.pop(1) == "working":
    threading.Thread(target=lambda: (time.sleep(0.5), print("done"))).start()
from digest_lib.__main__ import run
run()
"""


@pytest.mark.parametrize(
    ("words", "code", "last"),
    [
        (["idle", "--version"], 0, ["at the end"]),
        (["working", "--version"], 0, ["done", "at the end"]),
        (["idle", "no-such-command"], 2, ["at the end"]),
    ],
)
def test_a_command_ends_when_all_is_said_and_done(words: list[str], code: int, last: list[str]) -> None:
    done = subprocess.run([sys.executable, "-c", ENDS, *words], capture_output=True, text=True, check=False)
    assert done.returncode == code
    assert done.stdout.splitlines()[-len(last) :] == last
