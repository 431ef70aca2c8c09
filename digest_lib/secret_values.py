"""Which values of an environment are secrets: by what their names say, and by what the values look like.

A value is guarded when it would not stand in a text by chance: an article that names the current folder
(`PWD`), a word such as `postgres` or a number of days tells nobody anything, and to guard it would stop
posts.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from typing import Final
from urllib.parse import unquote, urlsplit

# Whole words between underscores, or words that nothing else holds: not AUTHOR, KEYRING or KEYBOARD.
_SECRET_NAME: Final = re.compile(
    r"(?:^|_)(?:KEYS?|TOKENS?|SECRETS?|PASS|PWD|PAT|AUTH|DSN|JWT|COOKIE|WEBHOOK|CREDENTIALS?)(?:_|$)"
    r"|APIKEY|ACCESSKEY|PASSWORD|PASSWD|PASSPHRASE|PGPASS|AUTHTOKEN|SECRETKEY|PRIVATEKEY",
    re.IGNORECASE,
)
#: Shells keep the folder that they are in, and were in, under these names.
_FOLDERS: Final = frozenset({"PWD", "OLDPWD"})
#: A name that ends so tells something about a secret (where it lies, how long it lasts), not the secret.
_ABOUT: Final = re.compile(
    r"_(?:FILES?|PATH|DIR|FOLDER|STORE|SOCK|SOCKET|HOST|PORT|USER|USERNAME|NAME|TYPE|METHOD|MODE|LIMIT|MAX|MIN"
    r"|COUNT|DAYS|HOURS|MINUTES|SECONDS|TIMEOUT|TTL|EXPIRY|EXPIRES|ENABLED|DISABLED|LENGTH|SIZE|ALGORITHM"
    r"|BACKEND|PROVIDER|HELPER|SCOPES?|ISSUER|AUDIENCE|REALM|VERSION|DATE|THROUGH)$",
    re.IGNORECASE,
)
#: Variables that hold addresses of services, separated by spaces; their keys stand anywhere in them.
_ADDRESSES: Final = frozenset({"DIGEST_NOTIFY", "DIGEST_ANNOUNCE"})
_PASSWORD_NAME: Final = re.compile(r"(?:PASS|PASSWD|PASSWORD|PASSPHRASE|PWD)(?:_?\d+)?$", re.IGNORECASE)

#: What the keys of well-known services begin with, as their documentation shows them; JSON web tokens; PEM.
_KNOWN: Final = re.compile(
    r"sk-[\w-]{16,}|gh[pousr]_\w{16,}|github_pat_\w{16,}|gl[a-z]{2,4}-[\w-]{16,}|xox[abeprs]-[\w-]{10,}"
    r"|(?:AKIA|ASIA)[A-Z0-9]{16}|AIza[\w-]{30,}|(?:hf|gsk|r8|npm)_\w{16,}|xai-\w{16,}|pypi-[\w-]{16,}"
    r"|ya29\.[\w-]{16,}|SG\.[\w-]{16,}|eyJ[\w-]{8,}\.[\w-]{8,}\.[\w-]*|-----BEGIN [A-Z ]*PRIVATE KEY-----"
)
_PATH: Final = re.compile(r"[/~]|\.{1,2}[/\\]|[A-Za-z]:[/\\]|(?:file|unix):")
_WORD: Final = r"(?:[a-z]+|[A-Z]+|[A-Z][a-z]+)"
_WORDS: Final = re.compile(rf"{_WORD}(?:[-_. :,+]{_WORD})*")
_NUMBERS: Final = re.compile(r"[\d.,:/ +-]+")
#: A stretch of letters and digits as names, models and dates have them: alarms, DeepSeek, qwen3, GPT4o, 2026.
_NAMED: Final = re.compile(r"[A-Za-z]{1,15}\d{0,4}[A-Za-z]?|[A-Za-z]?\d+[A-Za-z]?")
_PORT: Final = re.compile(r"^[^:@]*:\d{1,5}$")
_BETWEEN: Final = re.compile(r"[/\\?&=#:@,;\s]+")

#: A shorter value is found everywhere.
SHORTEST: Final = 8
#: As many characters tell a passphrase from a word or two, and a key in an address from its path.
_LONG: Final = 16
#: Digits of a password; eight are a date.
_DIGITS: Final = 9


def is_secret(name: str) -> bool:
    """Whether the name of an environment variable says that its value is a secret."""
    if name.upper() in _ADDRESSES:
        return True
    return bool(_SECRET_NAME.search(name)) and name.upper() not in _FOLDERS and not _ABOUT.search(name)


def key_in(text: str, environment: Mapping[str, str]) -> bool:
    """Whether a key stands in a text: what has the form of a known service's, or the value of a secret of
    the `environment`."""
    known = (m for m in _KNOWN.finditer(text) if not text[: m.start()][-1:].isalnum())
    # In prose words joined by hyphens look like one; a key has digits.
    return any(any(c.isdigit() for c in m.group()) for m in known) or any(
        value in text for name, value in environment.items() if len(value) >= SHORTEST and is_secret(name)
    )


def secrets_of(name: str, value: str) -> set[str]:
    """What is secret about the variable: its value where the name and the value say so, a password or a key
    in a URL, the strings of a JSON object, and, whatever the name, what has the form of a known service's
    key."""
    found = set(_KNOWN.findall(value))
    if name.upper() in _ADDRESSES:
        found |= {text for address in value.split() for text in _of_address(address)}
    else:
        found |= set(_credentials(value))
        if is_secret(name):
            found |= {text for part in _parts(value) for text in _guarded(part, name)}
    if "-----BEGIN " in value:  # a key of several lines is told by any of them
        found |= {line for line in re.split(r"\n|\\n", value) if len(line) >= _LONG and " " not in line}
    return {secret for secret in found if len(secret.strip()) >= SHORTEST}


def _parts(value: str) -> Iterator[str]:
    """The value, and the strings in it where it is JSON (a service account, a registry's `auths`)."""
    yield value
    if value.lstrip()[:1] in {"{", "["}:
        with suppress(ValueError, RecursionError):
            yield from _strings(json.loads(value))


def _strings(value: object) -> Iterator[str]:
    match value:
        case str():
            yield value
        case dict():
            for inner in value.values():
                yield from _strings(inner)
        case list():
            for inner in value:
                yield from _strings(inner)


def _guarded(value: str, name: str) -> Iterator[str]:
    """The value, or the part of it, that stands in no text by chance."""
    plain = value.strip()
    if _PATH.match(plain) or "://" in plain:
        keys = [part for part in re.split(r"[/\\?&=#:@]", plain) if _random(part)]
        yield from [value, *keys] if keys else []
    elif _NUMBERS.fullmatch(plain):
        if _PASSWORD_NAME.search(name) and len(re.sub(r"\D", "", plain)) >= _DIGITS:
            yield value
    elif len(plain) >= _LONG or not _WORDS.fullmatch(plain):
        yield value


def _random(text: str) -> bool:
    """Long, of letters and digits mixed as no word or number is."""
    digits = sum(c.isdigit() for c in text)
    mixed = text != text.lower() and text != text.upper()
    many = 4
    return len(text) >= _LONG and 0 < digits < len(text) and (mixed or digits >= many)


def _credentials(value: str) -> Iterator[str]:
    """The password in a URL, as it is written and as it is meant; a key in the place of the user."""
    with suppress(ValueError):
        parts = urlsplit(value.strip())
        for text in (parts.password, parts.username if _random(parts.username or "") else None):
            if text:
                yield from {text, unquote(text)}


def _of_address(address: str) -> Iterator[str]:
    """What is secret about the address of a service, such as `tgram://TOKEN/CHAT`: all of it, its keys and
    its password alone where they are no words. The name of a channel, a host or a chat's number is none."""
    if "://" in address or _no_words(address):
        yield address
    _, _, rest = address.partition("://")
    user, _, _ = rest.rpartition("@")
    password = user.partition(":")[2]
    whose = rest if "/" in password else re.split(r"[/?#]", rest, maxsplit=1)[0]
    if ":" in whose and not _PORT.search(whose):
        yield whose  # a password that is a word tells something beside its user, as half a token does
    given = [password, *re.findall(r"[?&](?:pass|password|token|key|apikey|secret)=([^&#]*)", rest)]
    keys = [part for part in _BETWEEN.split(rest) if _random(part) or not _all_named(part)]
    for text in [*(text for text in given if _no_words(text)), *keys]:
        yield from {text, unquote(text)}


def _no_words(text: str) -> bool:
    return len(text) >= _LONG or not (_WORDS.fullmatch(text) or _NUMBERS.fullmatch(text))


def _all_named(text: str) -> bool:
    """Whether every stretch of letters and digits in the text is a name, a word or a number."""
    return all(_NAMED.fullmatch(run) for run in re.findall(r"[A-Za-z0-9]+", unquote(text)))
