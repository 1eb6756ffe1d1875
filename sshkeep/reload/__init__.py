"""Making sshd read its new files: by which command, and on trial until it is confirmed."""
