import sshkeep

server = sshkeep.load("sshd_config", kind="sshd_config", target="debian-13")
for user, groups in {"bob": ["staff"], "eve": ["partners"]}.items():
    settings = server.effective(user=user, addr="203.0.113.7", groups=groups)
    silence = settings.client_alive_interval * (settings.client_alive_count_max + 1)
    print(f"{user}: dropped after {silence} s, may open {settings.permit_open}, {settings.rekey_limit}")

client = sshkeep.load("ssh_config", kind="ssh_config", target="openssh-10.6")
try:
    client.effective(host="web")
except sshkeep.SshkeepError as error:
    print(error)
print(client.effective(host="web", assume_exec=True).proxy_jump)
print(client.effective(host="web", strict=False).uncertain)
