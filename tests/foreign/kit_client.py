"""Run by the kit's own interpreter: drives a server with the kit's client and prints what it saw as JSON.

    python kit_client.py ADDRESS

Everything here is the kit's: requests are its models, answers are parsed by it, and it raises where a shape is wrong.
"""

from __future__ import annotations

import asyncio
import json
import sys
from typing import Any

APP = "nemo_agent"


async def drive(address: str) -> dict[str, Any]:
    from google.adk.cli.adk_web_server import RunAgentRequest  # type: ignore[import-not-found, unused-ignore]
    from google.adk.cli.conformance.adk_web_server_client import AdkWebServerClient  # type: ignore[import-not-found, unused-ignore]
    from google.genai import types  # type: ignore[import-not-found, unused-ignore]

    seen: dict[str, Any] = {"runs": []}
    async with AdkWebServerClient(base_url=address, timeout=300.0) as client:
        seen["version"] = await client.get_version_data()
        session = await client.create_session(app_name=APP, user_id="me", state={"locale": "en"})
        seen["created"] = session.model_dump(by_alias=True, mode="json")
        for text in ("write 4 seconds of calm piano music", "set the music volume to 35%", "undo", "你好"):
            request = RunAgentRequest(
                app_name=APP,
                user_id="me",
                session_id=session.id,
                streaming=True,
                new_message=types.Content(role="user", parts=[types.Part(text=text)]),
            )
            events = [event async for event in client.run_agent(request)]
            finals = [event for event in events if event.is_final_response() and _kind(event) == "text"]
            seen["runs"].append({
                "text": text,
                "kinds": [_kind(event) for event in events],
                "finals": [part.text for event in finals for part in event.content.parts],
                "delta": finals[-1].actions.state_delta,
                "invocations": sorted({event.invocation_id for event in events}),
            })  # fmt: skip
        updated = await client.update_session(
            app_name=APP, user_id="me", session_id=session.id, state_delta={"seen": True}
        )
        seen["updated"] = updated.state
        whole = await client.get_session(app_name=APP, user_id="me", session_id=session.id)
        seen["story"] = [(event.author, event.content.parts[0].text) for event in whole.events]
        seen["state"] = whole.state
        await client.delete_session(app_name=APP, user_id="me", session_id=session.id)
        try:
            await client.get_session(app_name=APP, user_id="me", session_id=session.id)
        except Exception as error:
            seen["gone"] = str(error)
    return seen


def _kind(event: Any) -> str:
    part = event.content.parts[0] if event.content else None
    if part is None:
        return "error" if event.error_code else "state"
    if part.function_call:
        return f"call {part.function_call.name}"
    if part.function_response:
        return f"response {part.function_response.name}"
    return "partial" if event.partial else "text"


if __name__ == "__main__":
    print(json.dumps(asyncio.run(drive(sys.argv[1])), ensure_ascii=True))
