"""Who published an article: the same name, whichever feed brought it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from functools import cache, lru_cache
from urllib.parse import urlsplit

from digest_lib.documents.feeds import Entry, ParsedFeed
from digest_lib.documents.opml import QUERY, FeedSource
from digest_lib.text.names import entries
from digest_lib.web.hosts import account_of, domain_of, is_shared, same_site
from digest_lib.web.urls import host_of

#: What stands after it in a feed's title says which of the publisher's feeds it is.
_SECTION = " | "
#: How the addresses of companies end, and what of a name stands in none.
_OF_COMPANIES = re.compile(r"com|com?\.[a-z]{2}")
_ADDRESS = re.compile(r"[^a-z0-9-]")


class Publishers:
    """The publishers that a feed list knows, by their site (`htmlUrl`, else the feed's own host).

    A feed of links to other sites (Hacker News, a search) names no publisher of theirs, since only a page on
    the site itself is its own. A host that many publish on (`hosts`) is nobody's: there an account is a site.
    """

    def __init__(self, feeds: Iterable[FeedSource]) -> None:
        listed = list(feeds)
        told = [feed for feed in listed if not feed.searches]
        self._sites: dict[str, str] = {}
        #: sites that feeds with unlike names give as theirs: channels of a host that `hosts` does not know
        self._disputed: set[str] = set()
        for feed in told:
            if feed.site and (not is_shared(feed.site) or account_of(feed.site)):
                first = self._sites.setdefault(_place(feed.site), _name(feed))
                if not _alike(first, _name(feed)):
                    self._disputed.add(_place(feed.site))
        self._hosts = _hosts(feed for feed in told if not feed.site)
        self._searches = tuple(feed.url.partition(QUERY)[0] for feed in listed if feed.searches)

    def of(self, url: str, source: str = "", source_url: str = "") -> str:
        """The name: of the known site that `url` (or what the aggregator gives as the source's URL) is
        on, else the source's name, else that of the company whose address it is, else the host without
        `www.`."""
        return self._known(source_url) or source or self._known(url) or _company(host_of(url)) or host_of(url)

    def of_entries(self, feed: FeedSource, parsed: ParsedFeed) -> list[str]:
        """The name of each usable entry of a feed: of whom the entry names as its source, of the listed site
        that it is on, of the feed itself where it is on the feed's own site, else as `of` has it."""
        entries = parsed.entries
        accounts = [account_of(entry.url) for entry in entries]
        own = _account(feed, parsed)
        # A feed that brings several accounts' pages, and none of its own, is none of theirs: a tag, a search.
        gathers = len({a for a in accounts if a}) > 1 and not any(_within(a, own) for a in accounts)
        gathers = gathers or any(feed.url.startswith(start) for start in self._searches)
        return [
            self._of_entry(entry, "" if gathers else _title(feed, parsed), account, feed, parsed)
            for entry, account in zip(entries, accounts, strict=True)
        ]

    def _of_entry(self, entry: Entry, name: str, account: str, feed: FeedSource, parsed: ParsedFeed) -> str:
        """`name` is the feed's, where its own pages are to have it."""
        if named := self._known(entry.source_url) or entry.source:
            return named
        place = _longest(self._sites, entry.url)
        if place and not (name and place in self._disputed and _place(feed.site) == place):
            return self._sites[place]
        shared = is_shared(entry.url)
        # In a list of many channels' videos, each says whose it is.
        if shared and not account and entry.author and parsed.author not in {"", entry.author}:
            return entry.author
        homes = (feed.site, parsed.site, feed.url)
        if name and any(home and same_site(home, entry.url) for home in homes):
            return name
        if shared and not name:
            return account or entry.author or host_of(entry.url)
        return self.of(entry.url) if self._known(entry.url) or not entry.publisher else entry.publisher

    def _known(self, url: str) -> str:
        """The name for the longest site that the URL is on: a path below it, or a subdomain of it."""
        return self._sites.get(_longest(self._sites, url)) or self._hosts.get(_longest(self._hosts, url), "")


@lru_cache(maxsize=10_000)
def _company(host: str) -> str:
    """The company of the glossary that a host is called by: NVIDIA of developer.nvidia.com, AWS of
    aws.amazon.com; empty where it is called by none. A name before it counts only on such a company's own
    address: meta.discourse.org is nobody's, and so is an address that is no company's (.org, .io)."""
    own = domain_of(host)
    label, _, ending = own.partition(".")
    if is_shared(f"https://{host}/") or not _OF_COMPANIES.fullmatch(ending):
        return ""
    labels = [*host.removesuffix(own).split("."), label]
    found = [_companies().get(one, "") for one in labels]
    return next(filter(None, found), "") if found[-1] else ""


@cache
def _companies() -> Mapping[str, str]:
    """The glossary's companies by their names as addresses write them: skhynix is SK hynix."""
    names = ((s, one.canonical) for one in entries() if one.kind == "company" for s in one.spellings)
    return {spelled: name for said, name in names if (spelled := _ADDRESS.sub("", said.casefold()))}


def _hosts(feeds: Iterable[FeedSource]) -> dict[str, str]:
    """Feeds that name no site stand for their host, where only one publisher's do."""
    names: dict[str, Counter[str]] = {}
    for feed in feeds:
        if not is_shared(feed.url):
            names.setdefault(host_of(feed.url), Counter())[_name(feed)] += 1
    return {host: next(iter(found)) for host, found in names.items() if len(found) == 1}


def _name(feed: FeedSource) -> str:
    return feed.title.partition(_SECTION)[0]


def _title(feed: FeedSource, parsed: ParsedFeed) -> str:
    """What the feed is called: by the list, unless it only repeats the address there."""
    said = _name(feed)
    return parsed.title if parsed.title and said in {feed.url, host_of(feed.url)} else said


def _account(feed: FeedSource, parsed: ParsedFeed) -> str:
    return next((a for url in (feed.site, feed.url, parsed.site) if url and (a := account_of(url))), "")


def _within(account: str, other: str) -> bool:
    return bool(other) and f"{account}/".casefold().startswith(f"{other}/".casefold())


def _alike(one: str, other: str) -> bool:
    """Whether two names begin or end alike, as those of one paper's sections do (甲報 財經, 甲報 科技)."""
    return one[:2].casefold() == other[:2].casefold() or one[-2:].casefold() == other[-2:].casefold()


def _longest(sites: Mapping[str, str], url: str) -> str:
    """The longest of the sites that the URL is on; "" where it is on none."""
    place = _place(url) if url else ""
    while place:
        if place in sites:
            return place
        # The last step of the path goes first, then the first label of the host.
        head, slash, _ = place.rpartition("/")
        place = head if slash else place.partition(".")[2]
    return ""


def _place(url: str) -> str:
    return host_of(url) + urlsplit(url).path.rstrip("/")
