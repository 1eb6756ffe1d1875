"""The JSON reports: their models, and what makes them."""
