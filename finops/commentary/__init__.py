"""Explanations of the figures: by Claude, by fixed rules, and always checked."""
