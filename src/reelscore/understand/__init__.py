"""Media to readings: what is seen and heard. Facts only."""
