"""The language server: what sshkeep knows about a config, in an editor."""
