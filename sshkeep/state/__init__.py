"""What sshkeep remembers between runs, for each user: the written changes, and the change on trial.

Each thing has one owner: `directory` the state directory with its lock, `record_store` the records,
`trial_marker` the trial. The functions of the last two take the open directory, so that a caller decides
what happens under one lock.
"""
