"""The values of the environment's secrets are found in every form that a file may hold them in."""

from __future__ import annotations

import base64
import html
import json
from urllib.parse import quote, quote_plus

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest_lib.errors import UnsafePost
from digest_lib.secrets import Scanner, without_secrets
from homes import REPOSITORY

VALUE = 'sk-9"x/é+y z&1'


@pytest.mark.parametrize(
    "form",
    [
        VALUE,
        f"  {VALUE}\n",
        json.dumps({"a": VALUE}),
        json.dumps({"a": VALUE}, ensure_ascii=False),
        repr({"a": VALUE}),
        quote(VALUE, safe=""),
        quote_plus(VALUE),
        html.escape(VALUE),
        base64.b64encode(VALUE.encode()).decode(),
        base64.urlsafe_b64encode(b"ab" + VALUE.encode() + b"c").decode(),
    ],
)
def test_a_secret_is_found_and_named_but_not_told(form: str) -> None:
    scanner = Scanner({"OPENAI_API_KEY": VALUE, "HOME": "/root/home"})
    with pytest.raises(UnsafePost) as caught:
        scanner.scan(f"before {form} after".encode(), "a post")
    assert str(caught.value) == ("a post: it contains the value of the environment variable OPENAI_API_KEY")


@given(
    st.binary(max_size=5),
    st.binary(max_size=5),
    st.text(st.characters(codec="utf-8", exclude_characters=":"), max_size=20),
)
def test_base64_is_found_wherever_it_begins(before: bytes, after: bytes, rest: str) -> None:
    value = f"k9X-{rest}-4Zq"
    data = base64.b64encode(before + value.encode() + after)
    with pytest.raises(UnsafePost):
        Scanner({"A_TOKEN": value}).scan(data, "x")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("HOME", "/root/home"),
        ("API_KEY", "short"),
        ("API_KEY", ""),
        ("X_TOKEN", "other-value"),
        ("AUTHOR_NAME", "/root/home"),
        ("KEYWORDS", "/root/home"),
        ("PWD", "/root/home"),
        ("OLDPWD", "/root/home"),
        ("PASS_THROUGH", "/root/home"),
        ("A_TOKEN", "/root/home"),
    ],
)
def test_what_is_no_secret_passes(name: str, value: str) -> None:
    Scanner({name: value}).scan(b"/root/home short", "x")


def test_renderers_get_no_secret() -> None:
    names = ["A_KEY", "b_token", "MY_SECRET", "PGPASSWORD", "AUTH_X", "Credentials", "PATH", "HOME"]
    assert list(without_secrets(dict.fromkeys(names, "x"))) == ["PATH", "HOME"]


def test_a_secret_of_bytes_that_are_no_text_is_found_too() -> None:
    assert Scanner({"API_KEY": "abc\udcff12345678"}).found(b"x abc\xff12345678 y") == "API_KEY"


def environments() -> list[tuple[str, str, str, str]]:
    """Rows (environment, plain or secret, name, value): what a step of GitHub Actions, a job of GitLab, a
    container, a server of JupyterHub and a desktop hand to a program."""
    rows = []
    for path in sorted((REPOSITORY / "tests" / "data" / "environments").glob("*.tsv")):
        for line in path.read_text("utf-8").splitlines():
            if not line.startswith("#"):
                kind, name, value = line.split("\t")
                rows.append((path.stem, kind, name, value.replace("~", "") if kind == "secret" else value))
    return rows


@pytest.mark.parametrize(
    ("environment", "kind", "name", "value"), environments(), ids=lambda text: text[:40].replace("/", "_")
)
def test_what_real_environments_hold_is_told_apart(
    environment: str, kind: str, name: str, value: str
) -> None:
    scanner = Scanner({name: value.replace("\\n", "\n")})
    found = scanner.found(f"An article says: {value}, and more.".encode())
    assert (found == name) is (kind == "secret")
    if kind == "secret":
        assert without_secrets({name: value}) == {}


def test_a_password_in_an_address_is_found_as_it_is_meant() -> None:
    scanner = Scanner({"HTTPS_PROXY": "http://lin:p%40ss-w0rd@proxy.example:3128"})
    assert scanner.found(b"the password is p@ss-w0rd, they say") == "HTTPS_PROXY"


def test_a_string_of_a_json_secret_is_found() -> None:
    scanner = Scanner({"DOCKER_AUTH_CONFIG": '{"auths": {"registry.example": {"auth": "bGluOmdlaGVpbTQy"}}}'})
    assert scanner.found(b"x bGluOmdlaGVpbTQy y") == "DOCKER_AUTH_CONFIG"


#: Addresses of alarms; what is secret about each, `|` between; what an article may well hold.
ALARMS = [
    (
        "tgram://123456789:AAbcdefGHIjklmnOPQRstuvWXyz012345678/12315544/",
        "AAbcdefGHIjklmnOPQRstuvWXyz012345678",
        "tgram 12315544 123456789",
    ),
    ("tgram://123456789:TOPSECRET/42", "123456789:TOPSECRET", "TOPSECRET 123456789"),
    ("mailto://lin:geh-3im!x@mail.example", "geh-3im!x", "mail.example mailto lin"),
    (
        "mailtos://lin:p%40ss-w0rd@mail.example?to=chen@news.example",
        "p@ss-w0rd|p%40ss-w0rd",
        "chen@news.example",
    ),
    ("mailto://newsroom:password@mail.example", "newsroom:password@mail.example", "newsroom password"),
    ("mailto://newsroom:dragon/fly@mail.example", "newsroom:dragon/fly@mail.example", "mail.example"),
    ("mailtos://mail.example?user=lin&pass=hunter22x", "hunter22x", "mail.example"),
    (
        "discord://412345678901234567/4SryQ_p-3Lw9xZkd8sTqVbNm2Rj",
        "4SryQ_p-3Lw9xZkd8sTqVbNm2Rj",
        "discord 412345678901234567",
    ),
    (
        "slack://T1JJ3T3L2/A1BRTD4JD/TIiajkdnlazkcOXrIdevi7FQ/#DeepSeek-V3.2",
        "TIiajkdnlazkcOXrIdevi7FQ|T1JJ3T3L2",
        "DeepSeek-V3.2 slack",
    ),
    ("gotifys://push.example/AWfYa0pWz.1dT3P", "AWfYa0pWz.1dT3P", "push.example"),
    ("pover://uQiRzpo4DXghDmr9QzzfQu27@azgdreaxg9abtqz", "uQiRzpo4DXghDmr9QzzfQu27|azgdreaxg9abtqz", "pover"),
    ("pbul://abcdefghijklmnopqrstuvwx", "abcdefghijklmnopqrstuvwx", "pbul"),
    (
        "ntfys://ntfy.example:8443/qwen3-alarms",
        "ntfys://ntfy.example:8443/qwen3-alarms",
        "ntfy.example:8443 qwen3-alarms",
    ),
    ("msteams://8b799edf-6f98-4d3a@2862fb4e-5752/", "8b799edf-6f98-4d3a|2862fb4e-5752", "msteams"),
]


@pytest.mark.parametrize(("address", "secret", "plain"), ALARMS, ids=lambda text: text.partition(":")[0])
@pytest.mark.parametrize("around", ["{}", "json://news.example/hook {}", "{}\n ntfy://alarms"])
def test_what_is_secret_in_an_address_of_alarms_is_found_and_words_are_not(
    address: str, secret: str, plain: str, around: str
) -> None:
    environment = {"DIGEST_NOTIFY": around.format(address)}
    scanner = Scanner(environment)
    assert without_secrets(environment) == {}
    for text in [address, *secret.split("|")]:
        assert scanner.found(f"An article says: {text}, and more.".encode()) == "DIGEST_NOTIFY", text
    for word in [*plain.split(), "alarms", "news.example", "hook", "json"]:
        assert scanner.found(f"An article says: {word}, and more.".encode()) is None, word
