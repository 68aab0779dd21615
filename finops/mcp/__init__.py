"""The third front door: read-only tools for a person's own AI client (MCP).

`python -m finops mcp` speaks the Model Context Protocol on stdin and stdout.
The figures are those of the pages and of the command line, from the same
questions; nothing is written, and no key of ours is needed.
"""
