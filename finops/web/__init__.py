"""The browser app: what its pages share.

Pages say what is on them; how the workspace is opened, how filters live in the
URL, how a figure is written and what an empty page says is told here, once.
"""
