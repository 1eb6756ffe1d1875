"""HTML pages that need nothing else: one frame, one style, a template for each report."""
