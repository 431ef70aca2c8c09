from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from digest_lib.articles.archive import Archive
from digest_lib.articles.article import Article
from digest_lib.documents.opml import FeedSource
from digest_lib.errors import BadInput, StorageError
from digest_lib.gathering.exchange import export_file, import_file
from digest_lib.gathering.publishers import Publishers
from samples import article, at

LINE = {
    "url": "http://www.press.example/a?utm_source=x",
    "title": "Qwen 發布",
    "published": "2026-07-28T10:00:00Z",
}


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    return Archive(tmp_path / "archive")


def jsonl(path: Path, *lines: object) -> Path:
    path.write_text("".join((one if isinstance(one, str) else json.dumps(one)) + "\n" for one in lines))
    return path


def test_what_a_line_does_not_say_is_filled_in(archive: Archive, tmp_path: Path) -> None:
    import_file(archive, jsonl(tmp_path / "x.jsonl", LINE))
    (found,) = archive.everything()
    assert found == Article(
        id=Article.id_of("https://www.press.example/a"),
        url="http://www.press.example/a",
        title="Qwen 發布",
        summary="",
        publisher="press.example",
        feed="press.example",
        lang="zh-Hant",
        published=at("07-28 10:00"),
        fetched=at("07-28 10:00"),
    )


def test_broken_lines_are_named_and_the_rest_goes_in(archive: Archive, tmp_path: Path) -> None:
    path = tmp_path / "x.jsonl"
    lines = [
        json.dumps(LINE),
        '{"url": "http://press.example/b", "tit',
        json.dumps({**LINE, "title": " "}),
        json.dumps({**LINE, "url": ""}),
        json.dumps({**LINE, "url": "javascript:alert(1)"}),
        json.dumps({**LINE, "published": "soon"}),
        json.dumps({**LINE, "published": None}),
        json.dumps({**LINE, "title": 5}),
        "[1]",
        "",
        '{"url": "http://press.example/c", "title": "U+2028 \u2028 stays", "published": "2026/07/28 10:00"}',
        json.dumps({**LINE, "fetched": "never"}),
        "[" * 100_000,
    ]
    path.write_bytes("\n".join(lines).encode() + b"\n\xff\xfe\n")
    report = import_file(archive, path)
    assert (report.read, report.new) == (13, 2)
    assert [line.partition(": ")[0] for line in report.skipped] == [
        f"{path}:{number}" for number in (2, 3, 4, 5, 6, 7, 8, 9, 12, 13, 14)
    ]
    reasons = [line.partition(": ")[2] for line in report.skipped]
    assert reasons[0].startswith("not JSON")
    assert reasons[1:9] == [
        "no title",
        "no url",
        "url «javascript:alert(1)» is no http(s) URL",
        "published «soon» is not a date; write it as 2026-07-29T05:00:00Z",
        "no published date",
        "title is not text",
        "not a JSON object",
        "fetched «never» is not a date; write it as 2026-07-29T05:00:00Z",
    ]
    assert reasons[10] == "not UTF-8"


def test_csv_with_byte_order_mark_and_lines_within_cells(archive: Archive, tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    path.write_text(
        "\ufeffURL,title,published,summary\n"
        'http://press.example/a,"標題，\n兩行",2026-07-28T10:00:00Z,"「引」""號"""\n'
        "http://press.example/b,短\n"
        "\n"
        "http://press.example/c,好,2026-07-28,\n"
        "http://press.example/d,,2026-07-28,\n",
        encoding="utf-8",
    )
    report = import_file(archive, path)
    assert (report.read, report.new) == (4, 2)
    assert report.skipped == (f"{path}:4: 2 cells for 4 columns", f"{path}:7: no title")
    assert {one.title: one.summary for one in archive.everything()} == {"標題， 兩行": '「引」"號"', "好": ""}


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("x.csv", "url,headline\n", "x.csv:1: no column title, published"),
        ("x.csv", "", "x.csv:1: no column"),
        ("x.txt", "", "only .jsonl"),
        ("x.xlsx", "PK", "save it as «CSV UTF-8»"),
        ("x.csv", "PK\x03\x04", "save it as «CSV UTF-8»"),
        ("missing.jsonl", None, "cannot be read"),
    ],
)
def test_files_that_cannot_be_imported(
    archive: Archive, tmp_path: Path, name: str, content: str | None, said: str
) -> None:
    if content is not None:
        (tmp_path / name).write_text(content)
    with pytest.raises(BadInput, match=said.replace(".", r"\.")):
        import_file(archive, tmp_path / name)
    assert not archive.folder.exists()


TABLE = [
    ["url", "title", "published", "summary", "text", "publisher"],
    [
        "http://a.example/1",
        "新模型發表，價格減半",
        "2026/7/3 下午 3:05",
        "摘要，含逗號",
        "第一段\n第二段",
        "甲報",
    ],
    ["http://a.example/2", "宏碁的里程碑", "2026/7/3 上午 12:05:10", "", "", "乙台"],
]


def table(separator: str, rows: list[list[str]] = TABLE) -> str:
    out = io.StringIO()
    csv.writer(out, delimiter=separator).writerows(rows)
    return out.getvalue()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("x.csv", table(",").encode("cp950")),
        ("x.csv", table(",").encode("gbk")),
        ("x.csv", table(";").encode("cp950")),
        ("x.csv", table(";").encode("utf-8-sig")),
        ("x.csv", table("\t").encode("utf-8-sig")),
        ("x.csv", ("sep=;\r\n" + table(";")).encode("utf-8-sig")),
        ("x.csv", ('"sep=|"\r\n' + table("|")).encode("cp950")),
        ("x.csv", ("sep=\t\r\n" + table("\t")).encode("utf-16")),
        ("x.csv", table(";").replace("\r\n", "\r").encode("utf-8-sig")),
        ("x.csv", ("\ufeff" + table(",")).encode("utf-8-sig")),
        ("x.csv", ("七月剪報\r\n\r\n" + table(";")).encode("cp950")),  # a title above the columns
        ("x.csv", ("\r\n" + table(",")).encode()),
        ("x.txt", table("\t").encode("utf-16")),
        ("x.tsv", table("\t").encode("utf-16-le")),
        ("x.csv", table(",", [[*row, "", ""] for row in TABLE]).encode()),
        ("x.csv", table(",", [["", *row] for row in TABLE]).encode()),
    ],
)
def test_tables_as_spreadsheets_save_them(
    archive: Archive, tmp_path: Path, name: str, content: bytes
) -> None:
    (tmp_path / name).write_bytes(content)
    report = import_file(archive, tmp_path / name)
    assert (report.read, report.new, report.skipped) == (2, 2, ())
    one, two = archive.everything()
    assert (one.title, one.summary, one.text) == ("新模型發表，價格減半", "摘要，含逗號", "第一段\n第二段")
    assert (two.title, two.publisher) == ("宏碁的里程碑", "乙台")
    assert (one.published, two.published) == (at("07-03 07:05"), at("07-02 16:05").replace(second=10))


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        (["7/3/2026 15:05", "7/25/2026 1:00"], ["07-03 15:05", "07-25 01:00"]),
        (["3/7/2026 15:05", "25/7/2026 1:00"], ["07-03 15:05", "07-25 01:00"]),
        (["46206.628472", "46206"], ["07-03 07:05", "07-02 16:00"]),
    ],
)
def test_dates_as_spreadsheets_write_them(
    archive: Archive, tmp_path: Path, said: list[str], expected: list[str]
) -> None:
    rows = [{**LINE, "title": "Qwen", "url": f"http://a.example/{one}", "published": one} for one in said]
    import_file(archive, jsonl(tmp_path / "x.jsonl", *rows))
    assert {one.published for one in archive.everything()} == {at(one) for one in expected}


def test_a_date_that_may_be_two_days_is_refused(archive: Archive, tmp_path: Path) -> None:
    report = import_file(archive, jsonl(tmp_path / "x.jsonl", {**LINE, "published": "7/3/2026"}))
    assert (report.new, len(report.skipped)) == (0, 1)


def test_a_file_in_no_known_encoding_is_refused(archive: Archive, tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    told = "Größere Modelle für Österreich, so heißt es in München".encode("cp1252") + b" \xa7\xe9\xff "
    path.write_bytes(b"url,title,published\r\nhttp://a.example/1,Qwen " + told + b",2026-07-03")
    with pytest.raises(BadInput, match=r"x\.csv:2: the bytes"):
        import_file(archive, path)


def test_a_file_in_two_encodings_is_refused(archive: Archive, tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    lines = "url,title,published\nhttp://a.example/1,Qwen 發布新模型，價格減半,2026-07-03\n".encode()
    path.write_bytes(lines + "http://a.example/2,「€20」方案；台積電,2026-07-03\n".encode("cp950"))
    with pytest.raises(BadInput, match=r"x\.csv:[23]: the bytes"):
        import_file(archive, path)


def test_empty_cells_at_a_rows_end_may_be_missing(archive: Archive, tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    path.write_text("url;title;published;summary;text\nhttp://a.example/1;一;2026-07-03\n;;;;\n", "utf-8")
    report = import_file(archive, path)
    assert (report.read, report.new, report.skipped) == (1, 1, ())


@pytest.mark.parametrize("name", ["x.csv", "x.jsonl"])
def test_a_file_that_lost_bytes_is_refused_whole(archive: Archive, tmp_path: Path, name: str) -> None:
    line = json.dumps(LINE | {"title": "新模型發表，價格減半，開發者說速度更快"}, ensure_ascii=False)
    text = table(",", TABLE[:2] * 9) if name == "x.csv" else f"{line}\n" * 3
    (tmp_path / name).write_bytes(text.encode("cp950") + "新".encode("cp950") + b"\xff\xff")
    with pytest.raises(BadInput, match=r"x\.\w+:\d+: the bytes FF FF are no text in cp950.*UTF-8"):
        import_file(archive, tmp_path / name)
    assert not archive.folder.exists()


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "cp950", "gb18030"])
def test_json_lines_in_other_encodings(archive: Archive, tmp_path: Path, encoding: str) -> None:
    title = "新模型發表，功能加倍，許多公司說價格減半"
    path = tmp_path / "x.jsonl"
    path.write_bytes(json.dumps(LINE | {"title": title}, ensure_ascii=False).encode(encoding))
    assert import_file(archive, path).new == 1
    assert [one.title for one in archive.everything()] == [title]


@pytest.mark.parametrize(
    "damaged",
    ["新模型\ufffd\ufffd發表", "新模型發表".encode("cp950").decode("cp1252", "replace"), "·s¼Ò«¬µoªí¡A»ù®æ"],
)
@pytest.mark.parametrize("order", [1, -1])
def test_a_whole_copy_replaces_a_damaged_one(
    archive: Archive, tmp_path: Path, damaged: str, order: int
) -> None:
    titles = [damaged, "新模型發表"][::order]
    reports = []
    for title in titles:
        reports.append(import_file(archive, jsonl(tmp_path / "x.jsonl", LINE | {"title": title})))
    (found,) = archive.everything()
    assert (found.title, found.lang) == ("新模型發表", "zh-Hant")
    assert [report.new for report in reports] == [1, 0]
    assert [report.mended for report in reports] == ([0, 1] if order == 1 else [0, 0])


@pytest.mark.parametrize(
    "cell",
    [
        "=1+1",
        "+886 2",
        "-5 度",
        "@mention",
        "'=1",
        "''@x",
        "'quoted'",
        "＝ＨＹＰＥＲＬＩＮＫ（）",
        "=cmd|' /C calc'!A0",
    ],
)
def test_nothing_in_an_export_acts_in_a_spreadsheet(archive: Archive, tmp_path: Path, cell: str) -> None:
    archive.add([article("a", "07-28 10:00", title=cell, summary=cell, publisher=cell)])
    path = tmp_path / "out.csv"
    export_file(archive, path)
    assert path.read_bytes().startswith(b"\xef\xbb\xbfurl,")
    assert path.read_bytes().count(b"\r\n") == 2
    with path.open(encoding="utf-8-sig", newline="") as file:
        (row,) = csv.DictReader(file)
    assert all(said[:1] not in "=+-@\t\r＝＋－＠" for said in row.values() if said)
    other = Archive(tmp_path / "other")
    import_file(other, path)
    assert other.everything() == archive.everything()


def test_the_publisher_is_the_one_that_the_feeds_know(archive: Archive, tmp_path: Path) -> None:
    publishers = Publishers([FeedSource("島嶼報 | 科技", "http://f.example/", site="https://press.example")])
    other = {**LINE, "url": "http://other.example/b"}
    named = {**LINE, "url": "http://press.example/c", "publisher": "轉載者"}
    import_file(archive, jsonl(tmp_path / "x.jsonl", LINE, other, named), publishers)
    assert {one.url: one.publisher for one in archive.everything()} == {
        "http://www.press.example/a": "島嶼報",
        "http://other.example/b": "other.example",
        "http://press.example/c": "轉載者",
    }


def test_importing_again_adds_nothing(archive: Archive, tmp_path: Path) -> None:
    path = jsonl(
        tmp_path / "x.jsonl", LINE, {**LINE, "title": "改過的標題"}, {**LINE, "published": "2026-07-20"}
    )
    assert import_file(archive, path).new == 1
    before = sorted(archive.folder.rglob("*"))
    assert import_file(archive, path).new == 0
    assert sorted(archive.folder.rglob("*")) == before


@pytest.mark.parametrize("ending", ["jsonl", "csv"])
def test_what_is_exported_is_imported_the_same(archive: Archive, tmp_path: Path, ending: str) -> None:
    archive.add(
        [
            article("a", "07-28 10:00", "07-28 11:00", title='=1+1, "quoted"', text="一\n二\r\n三"),
            article("b", "07-27 10:00", url="http://press.example/b?x=1&y=,", summary="行，\u2028行"),
            article("c", "07-26 10:00", text="長" * 200_000, lang="und"),
        ]
    )
    path = tmp_path / f"out.{ending}"
    assert export_file(archive, path) == 3
    other = Archive(tmp_path / "other")
    assert import_file(other, path).skipped == ()
    assert other.everything() == archive.everything()
    again = tmp_path / f"again.{ending}"
    export_file(other, again)
    assert again.read_bytes() == path.read_bytes()


def test_an_export_has_a_beginning_an_end_and_the_texts(archive: Archive, tmp_path: Path) -> None:
    archive.add([article(day, f"07-{day} 10:00") for day in ("26", "27", "28")])
    archive.pages.add_texts(
        at("07-28 00:00").date(), at("07-28 00:00"), {article("27", "07-27 10:00").id: ("全文", "")}
    )
    path = tmp_path / "x.csv"
    assert export_file(archive, path, since=at("07-26 10:00"), until=at("07-27 10:00")) == 1
    with path.open(encoding="utf-8") as file:
        assert [row["text"] for row in csv.DictReader(file)] == ["全文"]


def test_an_export_that_cannot_be_written(archive: Archive, tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="endings"):
        export_file(archive, tmp_path / "x.xlsx")
    (tmp_path / "file").touch()
    with pytest.raises(StorageError):
        export_file(archive, tmp_path / "file" / "x.csv")


def test_imports_are_on_record(archive: Archive, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DIGEST_NOW", "2026-08-01T00:00:00Z")
    import_file(archive, jsonl(tmp_path / "x.jsonl", LINE, {**LINE, "title": ""}))
    (report,) = archive.log.between(at("07-31 00:00"), at("08-01 00:00"))
    assert (report.kind, report.new) == ("import", 1)
    assert report.feeds[1].dropped == (f"{tmp_path / 'x.jsonl'}:2: no title",)


@pytest.mark.recorded
def test_recorded_news(archive: Archive, recorded: Path) -> None:
    path = recorded / "articles-2026-07-20_2026-07-31.jsonl"
    report = import_file(archive, path)
    assert (report.read, report.new, report.skipped) == (1679, 1671, ())
    assert import_file(archive, path).new == 0
    until = at("07-28 21:00")
    assert all(one.seen <= until for one in archive.articles(until, 3))


def test_what_stands_around_an_imported_article_is_not_its_words(tmp_path: Path) -> None:
    lines = [
        (
            "Jul 28, 2026Economic ResearchWhat chips cost",
            "Jul 28, 2026Economic ResearchWhat chips cost",
            "what-chips-cost",
        ),
        ("晶片", "（記者王小明／台北報導）晶片快了一倍。延伸閱讀：另一款晶片", "2"),
        ("The chip", "The chip is faster. The post The chip appeared first on Harbour News.", "3"),
    ]
    path = tmp_path / "news.jsonl"
    known = {"published": "2026-07-28T00:00:00Z"}
    records = [
        {**known, "url": f"http://press.example/{slug}", "title": title, "summary": summary}
        for title, summary, slug in lines
    ]
    path.write_text("".join(json.dumps(record) + "\n" for record in records))
    archive = Archive(tmp_path / "archive")
    import_file(archive, path)
    assert {(one.title, one.summary) for one in archive.everything()} == {
        ("What chips cost", ""),
        ("晶片", "晶片快了一倍。"),
        ("The chip", "The chip is faster."),
    }
