"""What a config means, as typed models: for programs that use sshkeep as a library."""
