"""What OpenSSH knows, as tables: releases and vendors, keywords, value types, patterns."""
