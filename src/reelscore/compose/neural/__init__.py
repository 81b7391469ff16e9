"""Music from trained models: what they are asked, where their weights lie, how their sound is fitted."""
