"""What sshkeep remembers between runs, for each user: written changes, and the change on trial."""
