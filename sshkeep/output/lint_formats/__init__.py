"""The report of ``sshkeep lint`` in the formats of CI systems and other tools."""
