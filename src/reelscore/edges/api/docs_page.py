"""/docs: the interface on one page, made here from its own description; nothing is fetched from elsewhere."""

from __future__ import annotations

import json
from functools import lru_cache
from html import escape
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, RedirectResponse

router = APIRouter(include_in_schema=False)

_STYLE = """body{font:15px/1.5 system-ui,sans-serif;max-width:62rem;margin:2rem auto;padding:0 1rem;color:#1d2430}
h1{font-size:1.6rem}h2{font-size:1.15rem;margin:2rem 0 .3rem}summary{cursor:pointer;padding:.25rem 0}
code,pre{font:13px/1.45 ui-monospace,monospace}pre{background:#f3f5f8;padding:.7rem;overflow:auto;border-radius:6px}
.m{display:inline-block;width:4.2rem;font-weight:600}table{border-collapse:collapse}td{padding:.1rem .8rem .1rem 0;
vertical-align:top}.d{color:#5b6472}@media(prefers-color-scheme:dark){body{background:#14171c;color:#dfe4ea}
pre{background:#1e232b}.d{color:#9aa4b2}a{color:#8ab4ff}}"""


@router.get("/", response_class=RedirectResponse)
def start() -> RedirectResponse:
    """Who opens the server in a browser reads what it can do."""
    return RedirectResponse("/docs", 307)


@router.get("/docs", response_class=HTMLResponse)
def docs(request: Request) -> HTMLResponse:
    """The whole interface, readable."""
    return HTMLResponse(page(json.dumps(request.app.openapi())))


@lru_cache(maxsize=2)
def page(described: str) -> str:
    """The page of an OpenAPI description (JSON text)."""
    api = json.loads(described)
    groups: dict[str, list[str]] = {tag["name"]: [] for tag in api.get("tags", [])}
    for path, methods in api.get("paths", {}).items():
        for method, operation in methods.items():
            tag = (operation.get("tags") or ["other"])[0]
            groups.setdefault(tag, []).append(_operation(path, method, operation, api))
    told = {tag["name"]: tag.get("description", "") for tag in api.get("tags", [])}
    parts = [
        f'<h2 id="{escape(name)}">{escape(name)}</h2><div class="d">{escape(told.get(name, ""))}</div>{"".join(calls)}'
        for name, calls in groups.items()
        if calls
    ]
    intro = "".join(f"<p>{escape(text)}</p>" for text in api["info"].get("description", "").split("\n\n"))
    return (
        '<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">'
        f"<title>Reelscore</title><style>{_STYLE}</style><h1>Reelscore {escape(api['info']['version'])}</h1>{intro}"
        f'<p><a href="/openapi.json">openapi.json</a></p>{"".join(parts)}</html>'
    )


def _operation(path: str, method: str, operation: dict[str, Any], api: dict[str, Any]) -> str:
    rows = "".join(
        f'<tr><td><code>{escape(p["name"])}</code></td><td class="d">{escape(p["in"])}</td>'
        f"<td>{escape(p.get('description', ''))}</td></tr>"
        for p in operation.get("parameters", [])
    )
    body = next(iter(operation.get("requestBody", {}).get("content", {}).items()), None)
    sent = _example(body[1].get("schema", {}), api) if body else None
    shown = f"<p>{escape(body[0])}</p><pre>{escape(_pretty(sent))}</pre>" if body else ""
    answers = "".join(
        f"<tr><td><code>{escape(status)}</code></td><td>{escape(a.get('description', ''))}</td></tr>"
        for status, a in operation.get("responses", {}).items()
    )
    said = "".join(f"<p>{escape(text)}</p>" for text in operation.get("description", "").split("\n\n"))
    return (
        f'<details><summary><code><span class="m">{escape(method.upper())}</span>{escape(path)}</code></summary>'
        f"{said}<table>{rows}</table>{shown}<table>{answers}</table></details>"
    )


def _pretty(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, indent=1)


def _example(schema: dict[str, Any], api: dict[str, Any], depth: int = 0) -> Any:
    """A value as the schema's examples have it."""
    if "$ref" in schema:
        name = schema["$ref"].rsplit("/", 1)[-1]
        return _example(api.get("components", {}).get("schemas", {}).get(name, {}), api, depth + 1)
    if schema.get("examples"):
        return schema["examples"][0]
    if "default" in schema:
        return schema["default"]
    if depth > 5:
        return None
    if schema.get("anyOf"):
        return _example(schema["anyOf"][0], api, depth + 1)
    if schema.get("type") == "array":
        return [_example(schema.get("items", {}), api, depth + 1)]
    if "properties" in schema:
        return {name: _example(held, api, depth + 1) for name, held in schema["properties"].items()}
    return {"string": "...", "integer": 0, "number": 0, "boolean": False}.get(str(schema.get("type")))
