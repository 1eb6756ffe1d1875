"""How `sshkeep idle` shows a session: text, JSON, and SVG."""
