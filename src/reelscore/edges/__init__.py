"""Where the world comes in: command line, later API, MCP and page. Thin: parse, call, format."""
