"""Timelines for and from other programs: OpenTimelineIO, EDL (CMX 3600), Final Cut Pro XML."""
