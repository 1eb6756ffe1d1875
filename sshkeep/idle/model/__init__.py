"""The idle model itself: from the settings of two endpoints and a path to a verdict. No configs, no I/O."""
