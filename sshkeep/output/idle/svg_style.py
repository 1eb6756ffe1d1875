"""Colours and type of the SVG. It draws its own page, so that it is legible if a viewer ignores dark mode."""

LIGHT = {
    "page": "fill:#ffffff;stroke:#d1d9e0",
    "text": "fill:#1f2328",
    "muted": "fill:#59636e",
    "guide": "stroke:#d1d9e0",
    "works": "fill:#1a7f37",
    "works-line": "stroke:#1a7f37",
    "works-text": "fill:#1a7f37",
    "stale": "fill:#bf8700",
    "stale-line": "stroke:#9a6700",
    "stale-text": "fill:#7d4e00",
    "ends": "fill:#cf222e",
    "ends-line": "stroke:#cf222e",
    "ends-text": "fill:#cf222e",
    "idle": "fill:#59636e",
    "idle-line": "stroke:#59636e",
    "hollow": "fill:#ffffff",
}
DARK = {
    "page": "fill:#0d1117;stroke:#3d444d",
    "text": "fill:#f0f6fc",
    "muted": "fill:#9198a1",
    "guide": "stroke:#3d444d",
    "works": "fill:#3fb950",
    "works-line": "stroke:#3fb950",
    "works-text": "fill:#3fb950",
    "stale": "fill:#d29922",
    "stale-line": "stroke:#d29922",
    "stale-text": "fill:#e3b341",
    "ends": "fill:#f85149",
    "ends-line": "stroke:#f85149",
    "ends-text": "fill:#f85149",
    "idle": "fill:#9198a1",
    "idle-line": "stroke:#9198a1",
    "hollow": "fill:#0d1117",
}
TYPE = (
    "text{font-family:system-ui,-apple-system,'Segoe UI','DejaVu Sans',sans-serif;font-size:13px}"
    ".verdict{font-size:18px;font-weight:600}.reason{font-size:14px}.name{font-weight:600}.small{font-size:11px}"
    ".line{stroke-width:2;fill:none;stroke-linecap:round}.guide{stroke-dasharray:2 4}.maybe{opacity:.4}"
)


def _rules(colours: dict[str, str]) -> str:
    return "".join(f".{name}{{{rule}}}" for name, rule in colours.items())


STYLE = f"{TYPE}{_rules(LIGHT)}@media (prefers-color-scheme:dark){{{_rules(DARK)}}}"
