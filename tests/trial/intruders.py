"""Programs that get in sshd's and sshkeep's way on a machine, for its Python: ``python3 -c PROGRAM ARGUMENT...``."""

STRANGER = """
import socket, sys, time
family = socket.AF_INET6 if ":" in sys.argv[1] else socket.AF_INET
listener = socket.socket(family)
listener.bind((sys.argv[1], int(sys.argv[2])))
listener.listen()
time.sleep(3600)
"""
"""ADDRESS PORT: listens there."""

THIEF = """
import os, socket, sys, time
before = os.stat(sys.argv[1])
open("/tmp/thief", "w").close()
while os.path.samestat(os.stat(sys.argv[1]), before):
    time.sleep(0.001)
listener = socket.socket(socket.AF_INET6)
listener.bind(("::", int(sys.argv[2])))
listener.listen()
time.sleep(3600)
"""
"""FILE PORT: listens there as soon as the file is another one. /tmp/thief shows that it is ready."""

KILLER = """
import os, signal, subprocess, sys, time
path, *command = sys.argv[1:]
renames = "rename,renameat,renameat2"
slow = ["strace", "-o", "/dev/null", "-e", renames, "-e", f"inject={renames}:delay_exit=1000000"]
before = os.stat(path)
process = subprocess.Popen([*slow, *command])
while os.path.samestat(os.stat(path), before):
    if process.poll() is not None:
        sys.exit("nothing was written")
    time.sleep(0.001)
with open(f"/proc/{process.pid}/task/{process.pid}/children") as children:
    os.kill(int(children.read()), signal.SIGKILL)
"""
"""FILE COMMAND...: runs the command, and kills it as soon as the file is another one.

strace lets each rename return a second late, which is time enough: without it, one kill in ten comes too late.
"""
