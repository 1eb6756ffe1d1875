"""What sshkeep needs of the operating system: safe paths, files written whole, processes and sockets.

`sshkeep.system.files` and `sshkeep.system.output` take paths, and are what a command calls.
`sshkeep.system.replacement` has the same steps one by one, for several files at once.
"""
