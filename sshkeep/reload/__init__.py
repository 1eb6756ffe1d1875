"""Make sshd read its new files: with which command, and on trial until the user confirms it."""
