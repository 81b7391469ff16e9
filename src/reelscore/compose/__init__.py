"""A Brief to a Score: form, harmony, melody, bass, drums, ending."""
