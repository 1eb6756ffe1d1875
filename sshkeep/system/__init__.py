"""What sshkeep needs of the file system: safe paths, whole files or none."""
