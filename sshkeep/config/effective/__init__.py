"""Every setting in effect for one connection or host, as OpenSSH prints it."""
