"""Real sessions on a real network, with seconds for minutes, held against what `sshkeep idle` says of them.

What is watched is data: setups, stories. What is foretold is in prediction, and written down first. Then run starts
inside, a process with namespaces of its own, in which watch makes each set-up's network, daemon and session and
notes what becomes of it. comparison says in words where the two differ.
"""
