"""Words that can only stand on the picture: a price, a date, an address. No command says such things of a film."""

from __future__ import annotations

import re

FACTUAL = re.compile(  # a price, a date, an address: nothing that could be asked of a film
    r"[$€£¥] ?\d|(?<![a-z])(?:eur|usd|gbp|chf|rs) ?\d|\d ?(?:€|£|eur|usd|gbp|chf)(?![a-z])|\d% (?:off|discount)|(?<!\d)\d{1,4}[./-]\d{1,2}[./-]\d{2,4}|(?<!\w)[@#][a-z]|(?<![a-z])www\.|\w\.(?:com|org|net|de|io|shop|tv|fm|co|me|app|uk|eu)(?![a-z])|\+?\d[\d -]{6,}"
    r"|(?<![a-z])\d{1,2}(?:st|nd|rd|th)? (?:jan|feb|mar|apr|may|jun|jul|aug|sept?|oct|nov|dec)[a-z]*|(?:january|february|march|april|june|july|august|september|october|november|december|(?:mon|tues|wednes|thurs|fri|satur|sun)day)(?![a-z])"
)
