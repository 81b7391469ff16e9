"""/register and /workspace/claim: the pages that agents send people to, to sign up and keep what a guest has made.

A link names the guest (`bind`) and carries a code (`ct`) that opens nothing, counts once and ends soon; a token never
stands in an address. What is typed in comes back as a plain form: no scripts, no cookies, nothing from elsewhere. Since
who posts must know a password, another site can gain nothing by it, and is refused all the same: browsers say where a
form comes from. What was entered is answered with a token, shown this once.
"""

from __future__ import annotations

import base64
import hashlib
from dataclasses import dataclass
from html import escape
from urllib.parse import parse_qs, urlsplit

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse
from starlette.concurrency import run_in_threadpool

from reelscore.edges.accounts import people, tokens
from reelscore.edges.api.accounts import address_of
from reelscore.edges.api.errors import RefusedError, kind_of, language_of
from reelscore.edges.settings import Settings
from reelscore.edges.storage.store import Store
from reelscore.errors import ConflictError, DataError, LimitError, ReelscoreError, TooLargeError, UnauthorisedError
from reelscore.values.command import Said

router = APIRouter(include_in_schema=False)

_MOST_BYTES = 16_384
_FORM = "application/x-www-form-urlencoded"
_STYLE = """body{font:16px/1.5 system-ui,sans-serif;max-width:26rem;margin:3rem auto;padding:0 1rem;color:#1d2430}
h1{font-size:1.5rem}label{display:block;font-weight:600;margin-top:1rem}input{box-sizing:border-box;width:100%;
font:inherit;padding:.5rem;border:1px solid #767f8c;border-radius:6px}small{color:#4d5663}button{font:inherit;
padding:.5rem 1rem;margin:1.2rem .6rem 0 0;border:1px solid #1a56c4;border-radius:6px;background:#1a56c4;color:#fff}
button+button{background:#fff;color:#1a56c4}:focus-visible{outline:3px solid #e08a00;outline-offset:2px}
.bad{border-left:4px solid #b3261e;padding-left:.7rem}code{font:14px/1.4 ui-monospace,monospace;word-break:break-all;
background:#f3f5f8;padding:.6rem;display:block;border-radius:6px}"""
_HASH = base64.b64encode(hashlib.sha256(_STYLE.encode()).digest()).decode()
_HEADERS = {
    "Content-Security-Policy": f"default-src 'none'; style-src 'sha256-{_HASH}'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'",
    "Referrer-Policy": "same-origin",  # so that the form says where it comes from, and links elsewhere do not
    "Cache-Control": "no-store",
    "Vary": "Accept-Language",
}
_TITLE = Said("Sign up or log in", "注册或登录")
_KEEP = Said("Keep what you have made", "保留您的作品")
_ABOUT = Said(
    "With an account the sessions, files and credits of this visit stay yours.",
    "拥有账户后，这次使用中的会话、文件和积分都会归您所有。",
)
_NEEDLESS = Said(
    "This server serves one person: no account is needed, everything works without.",
    "本服务器仅供一人使用：无需账户，所有功能均可直接使用。",
)
_EMAIL, _PASSWORD, _CODE = Said("Email", "邮箱"), Said("Password", "密码"), Said("Code", "认领码")
_CODE_HINT = Said("The code or token that your agent shows you (clm_...).", "您的助手提供的认领码或令牌（clm_...）。")
_PASSWORD_HINT = Said(
    f"{people.SHORTEST} characters or more; a few words that do not belong together are good.",
    f"至少 {people.SHORTEST} 个字符，可以是几个词。",
)
_NEW, _KNOWN = Said("Sign up", "注册"), Said("Log in", "登录")
_NO_CODE = Said(
    "This link was used before, has expired, or is not whole. Ask your agent for a new one.",
    "此链接已被使用、已过期或不完整。请向您的助手索取新链接。",
)
_IN = Said("You are in", "登录成功")
_YOURS = Said(
    "The sessions, files and credits are in your account now; the guest's token has ended.",
    "会话、文件和积分现已归入您的账户；访客令牌已失效。",
)
_TOKEN = Said(
    "This is your token. Give it to your agent or program; it is shown this once and lasts 30 days.",
    "这是您的令牌，请交给您的助手或程序；它只显示这一次，有效期 30 天。",
)
_WRONG = Said("Email or password is wrong.", "邮箱或密码不正确。")
_TAKEN = Said(
    "This email cannot be signed up with. If it is yours, log in.", "该邮箱不能用于注册。如果这是您的邮箱，请登录。"
)
_UNFIT = Said("", "请填写有效的邮箱，以及不易被猜到的密码（至少 10 个字符）。")


@dataclass(frozen=True, slots=True)
class _Entry:
    """What a form was sent with."""

    path: str
    language: str
    email: str = ""
    password: str = ""
    bind: str = ""
    code: str = ""
    new: bool = True


@router.get("/register")
def register(request: Request, bind: str = "", ct: str = "") -> HTMLResponse:
    """Sign up or log in; `bind` and `ct` bring a guest's work along."""
    return _asked(request, bind, ct)


@router.get("/workspace/claim")
def claim(request: Request, ct: str = "") -> HTMLResponse:
    """Take over the work of the guest that made this code."""
    return _asked(request, "", ct, claiming=True)


@router.post("/register")
@router.post("/workspace/claim")
async def enter(request: Request) -> HTMLResponse:
    """The form, filled in."""
    _check_origin(request)
    held = await _form(request)
    entry = _Entry(
        request.url.path, _language(request), held.get("email", ""), held.get("password", ""), held.get("bind", ""),
        held.get("ct", "").strip(), held.get("do") != "known",
    )  # fmt: skip
    return await run_in_threadpool(_entered, request, entry)


def _asked(request: Request, bind: str, code: str, claiming: bool = False) -> HTMLResponse:
    store, settings = request.app.state.store, request.app.state.settings
    entry = _Entry(request.url.path, _language(request), bind=bind[:80], code=code[:200])
    if not settings.accounts:
        return _page(entry, _TITLE, f"<p>{_told(_NEEDLESS, entry)}</p>")
    if (claiming or code) and not _guest(store, entry):
        return _form_page(entry, _NO_CODE.in_language(entry.language), 400)
    return _form_page(entry)


def _entered(request: Request, entry: _Entry) -> HTMLResponse:
    store: Store = request.app.state.store
    settings: Settings = request.app.state.settings
    if not settings.accounts:
        return _page(entry, _TITLE, f"<p>{_told(_NEEDLESS, entry)}</p>")
    wanted = bool(entry.bind or entry.code or entry.path != "/register")
    guest = _guest(store, entry) if wanted else ""
    if wanted and not guest:
        return _form_page(entry, _NO_CODE.in_language(entry.language), 400)
    act = people.sign_up if entry.new else people.log_in
    try:
        made = act(
            store, settings, entry.email, entry.password, address_of(request), bound=guest,
            proof=entry.code if guest else "",
        )  # fmt: skip
    except ReelscoreError as error:
        return _form_page(entry, _why(error, entry.language), kind_of(error).status)
    kept = f"<p>{_told(_YOURS, entry)}</p>" if made.bound else ""
    return _page(entry, _IN, f"{kept}<p>{_told(_TOKEN, entry)}</p><code>{escape(made.issued.token)}</code>")


def _guest(store: Store, entry: _Entry) -> str:
    """The guest whose code or token this is, and whom the link names; "" where it counts no more."""
    try:
        with store.database.read() as tx:
            owner = tokens.owner_of(tx, entry.code)
    except UnauthorisedError:
        return ""
    return owner if entry.bind in ("", owner) else ""


def _why(error: ReelscoreError, language: str) -> str:
    """What was wrong, in the reader's language."""
    said: Said | None = None
    if isinstance(error, UnauthorisedError):
        said = _WRONG
    elif isinstance(error, ConflictError):
        said = _TAKEN
    elif isinstance(error, LimitError):
        wait = error.retry_after_s
        said = Said(f"Too many tries. Wait {wait} seconds.", f"尝试次数过多，请等待 {wait} 秒。")
    elif isinstance(error, DataError):
        said = Said(f"{error.message} {error.hint}", _UNFIT.zh)
    return said.in_language(language) if said else f"{error.message} {error.hint}"


def _check_origin(request: Request) -> None:
    """Raises RefusedError unless the form is this server's own, by what the browser says of it."""
    settings: Settings = request.app.state.settings
    origin, site = request.headers.get("origin"), request.headers.get("sec-fetch-site")
    own = {request.headers.get("host", "").lower(), urlsplit(settings.public).netloc.lower()}
    right = urlsplit(origin).netloc.lower() in own if origin else site in ("same-origin", "none")
    if not right or site == "cross-site":
        raise RefusedError(403, 403, "Forms of other sites are not taken.", "Open the page itself.", "foreign_origin")


async def _form(request: Request) -> dict[str, str]:
    """The fields of a form, the last of each. Raises RefusedError, TooLargeError."""
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() != _FORM:
        raise RefusedError(415, 415, "This page takes a form.", f"Send {_FORM}.", "unsupported")
    body = b""
    async for piece in request.stream():
        body += piece
        if len(body) > _MOST_BYTES:
            raise TooLargeError("The form is too large.", "Fill in the page itself.")
    try:
        fields = parse_qs(body.decode("utf-8"), max_num_fields=20, errors="strict")
    except ValueError:
        raise RefusedError(400, 400, "The form cannot be read.", "Fill in the page itself.", "bad_request") from None
    return {name: values[-1] for name, values in fields.items()}


def _form_page(entry: _Entry, wrong: str = "", status: int = 200) -> HTMLResponse:
    claiming = bool(entry.bind or entry.code or entry.path != "/register")
    told = f'<p class="bad" role="alert">{escape(wrong)}</p>' if wrong else ""
    about = f"<p>{_told(_ABOUT, entry)}</p>" if claiming else ""
    hidden = f'<input type="hidden" name="bind" value="{escape(entry.bind)}">' if entry.bind else ""
    if claiming and (not entry.code or wrong):
        hidden += _field("ct", "text", _CODE, entry, entry.code, _CODE_HINT, "off")
    elif entry.code:
        hidden += f'<input type="hidden" name="ct" value="{escape(entry.code)}">'
    form = (
        f'<form method="post" action="{entry.path}">'
        f"{_field('email', 'email', _EMAIL, entry, entry.email, None, 'email')}"
        f"{_field('password', 'password', _PASSWORD, entry, '', _PASSWORD_HINT, 'current-password')}{hidden}"
        f'<button name="do" value="new">{_told(_NEW, entry)}</button>'
        f'<button name="do" value="known">{_told(_KNOWN, entry)}</button></form>'
    )
    return _page(entry, _KEEP if claiming else _TITLE, told + about + form, status)


def _field(name: str, kind: str, label: Said, entry: _Entry, value: str, hint: Said | None, fill: str) -> str:
    described = f' aria-describedby="{name}-hint"' if hint else ""
    more = f'<small id="{name}-hint">{_told(hint, entry)}</small>' if hint else ""
    return (
        f'<label for="{name}">{_told(label, entry)}</label><input id="{name}" name="{name}" type="{kind}" '
        f'value="{escape(value)}" autocomplete="{fill}" required{described}>{more}'
    )


def _page(entry: _Entry, title: Said, body: str, status: int = 200) -> HTMLResponse:
    language = "zh-CN" if entry.language == "zh" else "en"
    return HTMLResponse(
        f'<!doctype html><html lang="{language}"><meta charset="utf-8"><title>Reelscore: {_told(title, entry)}</title>'
        f'<meta name="viewport" content="width=device-width"><style>{_STYLE}</style>'
        f"<main><h1>{_told(title, entry)}</h1>{body}</main></html>",
        status,
        _HEADERS,
    )


def _told(said: Said, entry: _Entry) -> str:
    return escape(said.in_language(entry.language))


def _language(request: Request) -> str:
    return language_of(request.headers.get("accept-language", ""))
