"""Client programs other than OpenSSH: their settings files and what they send."""
