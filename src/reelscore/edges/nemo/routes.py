"""Every address of the Nemo protocol, both dialects, as one router for the application."""

from __future__ import annotations

from fastapi import APIRouter

from reelscore.edges.nemo import chat, gateway, kit_sessions, mega, renders, runs

router = APIRouter()
for _part in (mega, renders, runs, kit_sessions, gateway, chat):
    router.include_router(_part.router)
