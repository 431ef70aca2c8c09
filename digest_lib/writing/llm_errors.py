"""Every error of the client and of a server's answer as one of ours, in a line that holds no key."""

from __future__ import annotations

import re
from typing import Any

from digest_lib.errors import LlmBroken, LlmError, LlmRefused, LlmUnavailable
from digest_lib.writing.access import try_instead, without_version
from digest_lib.writing.bounded import PROXIES
from digest_lib.writing.reply import ErrorAsAnswer, is_page
from digest_lib.writing.words import named_in, said_by, words_of

_TOO_LONG = re.compile(
    r"context|too (?:long|large|many tokens)|maximum.{0,30}(?:length|tokens)|token limit|exceed.{0,40}tokens?"
    r"|上下文|超過.{0,10}長度|超过.{0,10}长度|输入长度",
    re.IGNORECASE,
)
_NO_MODEL = re.compile(
    r"model.{0,80}(?:not (?:exist|found|supported|available)|does(?: not|n't) exist|unknown|invalid|no such)"
    r"|(?:unknown|invalid|no such|unsupported) model|模型.{0,20}不存在",
    re.IGNORECASE,
)
_NOT_FOR_YOU = re.compile(
    r"(?:access|permission|allowed|entitled).{0,40}model|model.{0,60}access", re.IGNORECASE
)
_ABOUT_MODEL = re.compile(r"model|deployment|engine|endpoints? found|模型", re.IGNORECASE)
_MONEY = re.compile(
    r"balance|billing|quota|credit|budget|arrears|額度|额度|餘額|余额|欠[费費]", re.IGNORECASE
)
_KEY = re.compile(
    r"\b(?:api|access|secret)[ _-]?key\b|\btoken (?:is )?(?:invalid|expired)|令牌|credential|authenti"
    r"|unauthori[sz]ed|密[钥鑰]|金[钥鑰]",
    re.IGNORECASE,
)
_FORM = re.compile(
    r"response.?format|json.?schema|json.?object|json mode|grammar|structured|schema", re.IGNORECASE
)
_STREAM = re.compile(r"\bstream", re.IGNORECASE)

_BARRED = f"a proxy or a firewall answered for the llm server, with a web page: look at {PROXIES}"
_PROXY = f"the proxy does not let the request through: look at {PROXIES}"
_UNTRUSTED = "the llm server's certificate is not trusted here: name its issuer's file in SSL_CERT_FILE"
_NO_HEADER = "a setting of the llm client holds a character that no header may"
_OVER = "the llm server is over its rate limit or quota"
_NOTHING_HERE = "the llm server does not have this model, or its API is at another address (OPENAI_BASE_URL)"
_FORBIDS = "the llm server forbids the request (403)"
_REFUSED = "the llm server refused the key (OPENAI_API_KEY)"
_AS_IT_IS = "the llm server does not take the request"
_NOT_HERE = "the llm server does not have this model (the notebook's `llm`)"
_ANSWERED, _UNPAID, _FORBIDDEN, _PROXY_WANTS, _TOO_LARGE, _TOO_MANY = 200, 402, 403, 407, 413, 429

#: What a server answers to a request that it does not take as it is.
_NOT_TAKEN = {400, 415, 422, 501}
#: What a server answers for reasons of its own, whatever else stands there.
_NO_WORD_OF_FORM = {401, 402, 407, 413, 429}


def takes_no_form(error: Exception) -> bool:
    """Whether the server may take the request in another form: it names the form, whatever else it says, or
    it did not take the request and names nothing else that is wrong with it."""
    status, words = _told(error)
    if status >= 400 and status not in _NO_WORD_OF_FORM and _FORM.search(words):  # noqa: PLR2004 - an error
        return True
    return status in _NOT_TAKEN and not any(f.search(words) for f in (_TOO_LONG, _NO_MODEL, _MONEY, _KEY))


def wants_stream(error: Exception) -> bool:
    """Whether the server answers in streams only, as it says itself."""
    status, words = _told(error)
    return status in _NOT_TAKEN and bool(_STREAM.search(words))


def _told(error: Exception) -> tuple[int, str]:
    status = getattr(error, "status_code", 0)
    body = _body(error)
    return (status if isinstance(status, int) else 0), f"{words_of(body)} {named_in(body)}"


def _body(error: Exception) -> Any:
    body = getattr(error, "body", None)
    if body:
        return body
    response = getattr(error, "response", None)
    return getattr(response, "text", "") if response is not None else ""


def ours(error: Exception, address: str) -> LlmError:
    """The error as one of ours; `address` is where was asked."""
    from digest_lib.writing.client_ahead import openai

    if isinstance(error, LlmError):
        return error
    if isinstance(error.__cause__, LlmError):
        return error.__cause__
    if isinstance(error, (openai.APIStatusError, ErrorAsAnswer)):
        return _of_status(error.status_code, _body(error), address)
    kinds: list[tuple[type[Exception] | tuple[type[Exception], ...], LlmError]] = [
        (openai.APITimeoutError, LlmUnavailable("the llm did not answer in time")),
        (openai.APIConnectionError, LlmUnavailable(_unconnected(error.__cause__))),
        (openai.ContentFilterFinishReasonError, LlmRefused("the llm server filtered the answer")),
        (openai.LengthFinishReasonError, LlmBroken("the answer was cut off at the llm's length limit")),
        (openai.OpenAIError, LlmUnavailable(f"the llm client failed ({type(error).__name__})")),
        (UnicodeError, LlmUnavailable(f"{_NO_HEADER}: look at OPENAI_ORG_ID, OPENAI_PROJECT_ID")),
    ]
    unread = LlmBroken(f"the answer could not be read ({type(error).__name__})")
    return next((mine for kind, mine in kinds if isinstance(error, kind)), unread)


def _of_status(status: int, body: Any, address: str) -> LlmError:
    words, said = words_of(body), said_by(body)
    refused = status in _NOT_TAKEN
    by_form, may_be_paid = refused and _FORM.search(words), refused or status == _FORBIDDEN
    what = "with an error" if status == _ANSWERED else status
    tail = f"; {try_instead(address)}" if status == _ANSWERED and without_version(address) else ""
    kinds: list[tuple[object, LlmError]] = [
        (status == _PROXY_WANTS, LlmUnavailable(_PROXY)),
        (status in {401, 403} and is_page(str(body)), LlmUnavailable(_BARRED)),
        (by_form, LlmUnavailable(f"{_AS_IT_IS} ({status}){said}")),
        (
            status == _UNPAID or (may_be_paid and _MONEY.search(words)),
            LlmUnavailable(f"{_OVER}{said}"),
        ),
        (status == _FORBIDDEN and _NOT_FOR_YOU.search(words), LlmUnavailable(f"{_NOT_HERE}{said}")),
        (status == _FORBIDDEN and words and not _KEY.search(words), LlmUnavailable(f"{_FORBIDS}{said}")),
        # Words about a key may hold a part of it, those about a rate the account's name.
        (status in {401, 403} or (refused and _KEY.search(words)), LlmUnavailable(_REFUSED)),
        (status == _TOO_MANY, LlmUnavailable(_OVER)),
        (
            status == _TOO_LARGE or (refused and _TOO_LONG.search(words)),
            LlmBroken(f"the prompt is too long for the llm server{said}"),
        ),
        (refused and _NO_MODEL.search(words), LlmUnavailable(f"{_NOT_HERE}{said}")),
        (status in {404, 405}, LlmUnavailable(_not_there(words, body, address))),
        (refused, LlmUnavailable(f"{_AS_IT_IS} ({status}){said}")),
    ]
    other = LlmUnavailable(f"the llm server answered {what}{said}{tail}")
    return next((error for applies, error in kinds if applies), other)


def _not_there(words: str, body: Any, address: str) -> str:
    if _ABOUT_MODEL.search(words):
        return f"{_NOT_HERE}{said_by(words)}"
    if without_version(address) or is_page(str(body)):
        return f"there is no llm API at this address; {try_instead(address)}"
    return f"{_NOTHING_HERE}{said_by(words)}"


def _unconnected(cause: BaseException | None) -> str:
    """Why no server was reached, as far as somebody can do something about it."""
    if type(cause).__name__ == "ProxyError":
        return _PROXY
    if "CERTIFICATE_VERIFY_FAILED" in str(cause):
        return _UNTRUSTED
    return "no connection to the llm server (OPENAI_BASE_URL)"
