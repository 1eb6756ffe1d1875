"""Generated calls of ``sshkeep set`` on generated configs, judged by the real programs before and after."""
