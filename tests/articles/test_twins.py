from __future__ import annotations

from pathlib import Path

from digest_lib.articles.archive import Archive
from digest_lib.articles.article import Article
from digest_lib.documents.feeds import parse_feed
from samples import article, at, item, rss


def google(slug: str, published: str, title: str, publisher: str = "島嶼報") -> Article:
    return article(
        slug, published, url=f"https://news.google.com/rss/articles/{slug}", title=title, publisher=publisher
    )


def found(folder: Path, *articles: Article, days: float = 1) -> set[str]:
    archive = Archive(folder)
    archive.add(articles)
    return {one.url.rpartition("/")[2] for one in archive.articles(at("07-29 21:00"), days)}


def test_the_publishers_own_entry_is_kept(tmp_path: Path) -> None:
    own = article("own", "07-29 10:00", title="Qwen 發布「新模型」 | 島嶼報")
    assert found(tmp_path, own, google("g", "07-29 09:00", "Qwen 發布「新模型」")) == {"own"}


def test_another_publishers_headline_is_another_article(tmp_path: Path) -> None:
    own = article("own", "07-29 10:00", title="Qwen 發布新模型")
    other = google("g", "07-29 09:00", "Qwen 發布新模型", "海峽報")
    assert found(tmp_path, own, other, google("h", "07-29 09:00", "Qwen 撤回新模型")) == {"own", "g", "h"}


def test_of_two_links_to_one_headline_the_first_stays(tmp_path: Path) -> None:
    entries = [google("late", "07-29 11:00", "新模型 發布"), google("early", "07-29 09:00", "新模型發布")]
    assert found(tmp_path, *entries) == {"early"}


def test_a_twin_of_the_days_before_is_no_news(tmp_path: Path) -> None:
    own = article("own", "07-27 10:00", title="Qwen 發布新模型")
    assert found(tmp_path, own, google("g", "07-29 09:00", "Qwen 發布新模型")) == set()


def test_what_comes_after_the_cut_off_changes_nothing_before(tmp_path: Path) -> None:
    own = article("own", "07-29 22:00", title="Qwen 發布新模型")
    assert found(tmp_path, own, google("g", "07-29 09:00", "Qwen 發布新模型")) == {"g"}


def test_bing_news_names_the_publisher() -> None:
    body = rss(item("標題", "http://www.bing.com/news/apiclick.aspx?ref=FexRss&amp;url=http%3a%2f%2fisle.example%2fa",
                    more="<News:Source>島嶼報</News:Source>"))  # fmt: skip
    body = body.replace("<rss ", '<rss xmlns:News="https://www.bing.com/news/search?q=x&amp;format=rss" ')
    (entry,) = parse_feed(body.encode(), None, "https://www.bing.com/news/search").entries
    assert (entry.url, entry.source) == ("http://isle.example/a", "島嶼報")
