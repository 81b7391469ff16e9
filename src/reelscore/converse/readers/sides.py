"""Which way something moves: "from left to right", "in from the left", "towards the bottom", 从左向右."""

from __future__ import annotations

import re

_SIDES = {"left": "left", "right": "right", "top": "up", "bottom": "down", "up": "up", "down": "down", "above": "up", "below": "down", "underneath": "down", "upwards": "up", "downwards": "down"}  # fmt: skip
_BACK = {"left": "right", "right": "left", "up": "down", "down": "up"}
_EASTERN = {"左": "left", "右": "right", "上": "up", "下": "down"}
_SIDE = r"(left|right|top|bottom|above|below|underneath|up|down)"
_ACROSS = re.compile(rf"(?<![a-z]){_SIDE}(?:[ -]hand)?(?: side)? ?(?:to|-|->|→|towards?) ?(?:the )?{_SIDE}(?![a-z])")
_FROM = re.compile(
    rf"(?<![a-z])from (?:the )?(?:far )?{_SIDE}(?![a-z])|(?<![a-z]){_SIDE}(?:[ -]hand)? side in(?![a-z])|从(?:画面|屏幕)?的?([左右上下])"
)
_TO = re.compile(
    rf"(?<![a-z]){_SIDE}(?:wards?)?(?![a-z])|(?:(?<![加写放配打换带用以一])|(?=[左右]))([左右上下])(?!面都)"
)


def heading(text: str) -> str | None:
    """ "left", "right", "up" or "down"; None where no way is told."""
    if across := _ACROSS.search(text):
        return _SIDES[across[2]]
    if came := _FROM.search(text):
        side = _EASTERN[came[3]] if came[3] else _SIDES[came[1] or came[2]]
        return _BACK[side]
    if to := _TO.search(text):
        return _EASTERN[to[2]] if to[2] else _SIDES[to[1]]
    return None
