"""Which language model, if any, said by the environment.

REELSCORE_LLM          "ollama:qwen3", "openai:gpt-5-mini", "anthropic:claude-haiku-4-5", "google:gemini-2.5-flash"
REELSCORE_LLM_URL      any server that speaks OpenAI's chat completions: "http://127.0.0.1:8080/v1"
REELSCORE_LLM_KEY      its key; unsaid, the provider's usual variable
REELSCORE_LLM_TIMEOUT  seconds for all tries together (8)
REELSCORE_LLM_BELOW    asked where the rules are less sure than this, 0 to 1 (0.6)

With none of the first two set, no model is ever asked.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from reelscore.errors import DataError

PROVIDERS = {  # name: where its key usually is
    "openai": ("OPENAI_API_KEY",),
    "anthropic": ("ANTHROPIC_API_KEY",),
    "google": ("GEMINI_API_KEY", "GOOGLE_API_KEY"),
    "ollama": ("OLLAMA_API_KEY",),
}
_ALIASES = {"gemini": "google", "claude": "anthropic", "gpt": "openai"}
_OLLAMA = "http://127.0.0.1:11434/v1"


@dataclass(frozen=True, slots=True)
class Endpoint:
    """One model at one place. `url` is empty for a provider's own."""

    provider: str  # of PROVIDERS
    model: str
    url: str = ""
    key: str = field(default="", repr=False)
    timeout_s: float = 8.0
    below: float = 0.6

    @property
    def local(self) -> bool:
        """Is it on this machine? Then no proxy stands between."""
        host = (urlsplit(self.url).hostname or "").lower()
        return host in ("localhost", "::1") or host.startswith("127.")


def endpoint_from(environ: Mapping[str, str]) -> Endpoint | None:
    """The endpoint that is configured; None where none is. Raises DataError for a configuration that cannot be."""
    said, url = environ.get("REELSCORE_LLM", "").strip(), environ.get("REELSCORE_LLM_URL", "").strip()
    if not said and not url:
        return None
    provider, colon, model = said.partition(":")
    provider = _ALIASES.get(provider.lower(), provider.lower())
    if provider not in PROVIDERS or not colon:
        if not url:
            known = ", ".join(f"{name}:MODEL" for name in PROVIDERS)
            raise DataError(f'REELSCORE_LLM is "{said[:60]}".', f"Give {known}, or REELSCORE_LLM_URL.")
        provider, model = "openai", said
    if url and (urlsplit(url).scheme not in ("http", "https") or not urlsplit(url).hostname):
        raise DataError(f'REELSCORE_LLM_URL is "{url[:80]}".', "Give http://HOST:PORT/v1.")
    key = environ.get("REELSCORE_LLM_KEY", "").strip()
    key = key or next((environ[name] for name in PROVIDERS[provider] if not url and environ.get(name)), "")
    if not url and provider == "ollama":
        url = _OLLAMA
    if not url and not key:
        raise DataError(f"REELSCORE_LLM names {provider}, but there is no key.", "Set REELSCORE_LLM_KEY.")
    if not model and not url:
        raise DataError(f'REELSCORE_LLM is "{said[:60]}": no model.', f"Give {provider}:MODEL.")
    timeout_s = _number(environ, "REELSCORE_LLM_TIMEOUT", 8.0, 0.1, 120.0)
    below = _number(environ, "REELSCORE_LLM_BELOW", 0.6, 0.0, 1.0)
    return Endpoint(provider, model or "default", url, key, timeout_s, below)


def _number(environ: Mapping[str, str], name: str, default: float, low: float, high: float) -> float:
    said = environ.get(name, "").strip()
    try:
        value = float(said) if said else default
    except ValueError:
        value = float("nan")
    if not low <= value <= high:
        raise DataError(f'{name} is "{said[:40]}".', f"Give a number from {low:g} to {high:g}.")
    return value
