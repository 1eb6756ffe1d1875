"""The JSON Schemas, and what generates them."""
