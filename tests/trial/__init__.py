"""`--confirm` on real machines: Debian with an sshd of its own, booted without an init, with Debian's init script, and with
systemd. They are users of sshkeep: it runs as a process in there, and only what it prints and does is looked at.

`image` makes the root file system, `container` boots a copy of it, `machine` is what a test does with one, `kinds` are
the ways to start sshd. A scenario (`scenario`) is written as a test of one machine; all chosen ones run at the same
time, since most of their time they wait.
"""
