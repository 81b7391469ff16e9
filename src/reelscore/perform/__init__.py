"""A Score to sound: play, sample, synthesise, mix, master."""
