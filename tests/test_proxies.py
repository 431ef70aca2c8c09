"""Which proxy a request goes through, by what the environment says."""

from importlib.util import find_spec

import pytest

from digest_lib.errors import UserError
from digest_lib.proxies import Proxies, shown

P, Q, R = "http://p.example:3128", "http://q.example:3128", "http://r.example:3128"

#: environment, URL -> the proxy
WAYS = [
    ({}, "https://a.example/", None),
    ({"HTTPS_PROXY": P}, "https://a.example/", P),
    ({"HTTPS_PROXY": P}, "http://a.example/", None),
    ({"HTTP_PROXY": P, "HTTPS_PROXY": Q}, "http://a.example/", P),
    ({"ALL_PROXY": P}, "http://a.example/", P),
    ({"ALL_PROXY": P, "HTTPS_PROXY": Q}, "https://a.example/", Q),
    ({"https_proxy": P, "HTTPS_PROXY": Q}, "https://a.example/", P),
    ({"https_proxy": "", "HTTPS_PROXY": Q}, "https://a.example/", None),
    ({"all_proxy": " "}, "https://a.example/", None),
    # As curl and others read it.
    ({"HTTPS_PROXY": "p.example:3128"}, "https://a.example/", P),
    ({"HTTPS_PROXY": "user:pass@p.example:3128"}, "https://a.example/", "http://user:pass@p.example:3128"),
    # A visitor's header under CGI, not a setting.
    ({"HTTP_PROXY": P, "REQUEST_METHOD": "GET"}, "http://a.example/", None),
    ({"http_proxy": P, "REQUEST_METHOD": "GET"}, "http://a.example/", P),
    # Ours wins, over both.
    ({"DIGEST_PROXY": R, "HTTPS_PROXY": P, "NO_PROXY": "*"}, "https://a.example/", R),
    ({"DIGEST_PROXY": "", "HTTPS_PROXY": P}, "https://a.example/", P),
    # What nothing goes through is not looked at: GNOME sets all three.
    ({"ALL_PROXY": "socks://p.example:1080/", "HTTPS_PROXY": P, "HTTP_PROXY": P}, "http://a.example/", P),
    ({"HTTPS_PROXY": "nonsense://", "NO_PROXY": "a.example"}, "https://a.example/", None),
]
#: NO_PROXY, URL, exempt
EXEMPT = [
    ("*", "https://a.example/", True),
    ("a.example", "https://a.example/", True),
    ("A.Example", "https://a.example/", True),
    ("a.example", "https://www.a.example/", True),
    (".a.example", "https://www.a.example/", True),
    ("*.a.example", "https://www.a.example/", True),
    ("a.example", "https://ba.example/", False),
    ("www.a.example", "https://a.example/", False),
    ("b.example, a.example", "https://a.example/", True),
    ("b.example a.example", "https://a.example/", True),
    ("a.example:8080", "https://a.example:8080/", True),
    ("a.example:8080", "https://a.example/", False),
    ("a.example:443", "https://a.example/", True),
    ("10.0.0.0/8", "http://10.1.2.3/", True),
    ("10.0.0.0/8", "http://11.1.2.3/", False),
    ("192.168.1.7", "http://192.168.1.7:9000/", True),
    ("::1", "http://[::1]:9000/", True),
    ("[fd00::1]:9000", "http://[fd00::1]:9000/", True),
    ("", "https://a.example/", False),
]
#: environment -> what the line says
BAD = [
    (
        {"DIGEST_PROXY": "p.example:3128"},
        "DIGEST_PROXY=«p.example:3128» has no scheme; write http://HOST:PORT",
    ),
    ({"DIGEST_PROXY": "me:hush@p.example:3128"}, "DIGEST_PROXY=«p.example:3128» has no scheme"),
    ({"HTTPS_PROXY": "ftp://p.example"}, "proxies are http, https or socks5, not ftp"),
    ({"ALL_PROXY": "socks4://p.example:1080"}, "not socks4"),
    (
        {"HTTPS_PROXY": "http://me:hush@p.example:port"},
        "HTTPS_PROXY=«http://p.example:port» is no URL of a proxy",
    ),
    ({"HTTPS_PROXY": "http://"}, "names no host"),
    ({"HTTPS_PROXY": "http://me:hush@[p.example:1"}, "is no URL of a proxy"),
]


@pytest.mark.parametrize(("environment", "url", "proxy"), WAYS)
def test_what_the_environment_says_of_a_url(environment: dict[str, str], url: str, proxy: str | None) -> None:
    assert Proxies.of(environment).for_url(url) == proxy


@pytest.mark.parametrize(("no_proxy", "url", "exempt"), EXEMPT)
def test_what_no_proxy_is_about(no_proxy: str, url: str, exempt: bool) -> None:
    found = Proxies.of({"ALL_PROXY": P, "NO_PROXY": no_proxy}).for_url(url)
    assert found == (None if exempt else P)
    assert Proxies.of({"ALL_PROXY": P, "no_proxy": no_proxy}).for_url(url) == found


@pytest.mark.parametrize(("environment", "says"), BAD)
def test_a_proxy_that_is_none_is_one_line_without_its_password(
    environment: dict[str, str], says: str
) -> None:
    with pytest.raises(UserError) as caught:
        Proxies.of(environment).for_url("https://a.example/")
    assert says in str(caught.value)
    assert "\n" not in str(caught.value)
    assert "hush" not in str(caught.value)


def test_socks_says_which_package_it_needs() -> None:
    ways = Proxies.of({"ALL_PROXY": "socks5://me:hush@p.example:1080"})
    if find_spec("socksio"):
        assert ways.for_url("https://a.example/") == "socks5://me:hush@p.example:1080"
        return
    with pytest.raises(UserError, match="pip install socksio") as caught:
        ways.for_url("https://a.example/")
    assert "hush" not in str(caught.value)


#: environment, the llm server -> the proxy
SERVERS = [
    ({"HTTPS_PROXY": P}, "https://api.openai.com/v1", P),
    ({"DIGEST_PROXY": R}, "https://api.openai.com/v1", R),
    ({"DIGEST_PROXY": R, "NO_PROXY": "openai.com"}, "https://api.openai.com/v1", None),
    ({"ALL_PROXY": P}, "http://localhost:11434/v1", None),
    ({"ALL_PROXY": P}, "http://127.0.0.1:8000/v1", None),
    ({"DIGEST_PROXY": R}, "http://[::1]:8000/v1", None),
    ({"HTTP_PROXY": P}, "http://192.168.1.9:8000/v1", P),
    ({"HTTP_PROXY": P, "NO_PROXY": "192.168.0.0/16"}, "http://192.168.1.9:8000/v1", None),
]


@pytest.mark.parametrize(("environment", "url", "proxy"), SERVERS)
def test_an_llm_server_on_this_machine_is_asked_directly(
    environment: dict[str, str], url: str, proxy: str | None
) -> None:
    assert Proxies.of(environment).for_llm(url) == proxy


def test_what_is_printed_of_a_proxy() -> None:
    assert shown("http://me:p%40ss@p.example:3128") == "http://p.example:3128"
    assert shown("me:hush@p.example:3128") == "p.example:3128"
    assert shown(P) == P
