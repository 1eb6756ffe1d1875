"""Ask the installed OpenSSH itself about a change before it is written."""
