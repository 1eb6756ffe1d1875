"""sshkeep's rules: a folder for each group, a module for each rule."""
