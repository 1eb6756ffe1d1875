"""What sshkeep needs of the file system: safe paths, and files written whole or not at all.

`sshkeep.system.files` and `sshkeep.system.output` take paths, and are what a command calls.
`sshkeep.system.replacement` has the same steps one by one, for several files at once.
"""
