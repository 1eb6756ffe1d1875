"""``python -m sshkeep``."""

from sshkeep.cli.main import main

if __name__ == "__main__":
    main()
