"""Timeline to timeline: every edit command, its undo, and the timeline's forms on paper."""
