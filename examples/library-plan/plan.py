import sshkeep

main = "Include /etc/ssh/sshd_config.d/*.conf\nClientAliveInterval 60\n"
tree = {"/etc/ssh/sshd_config": main, "/etc/ssh/sshd_config.d/50-cloud.conf": "ClientAliveInterval 0\n"}
for finding in sshkeep.lint(files=tree, target="debian-13", select=["keepalive"]).findings:
    line, column = finding.source.position(finding.span.start)
    print(f"{finding.source.path}:{line}:{column} {finding.rule}: {finding.message}")

plan = sshkeep.fix("sshd_config", target="debian-13", select=["client-alive-interval"])
print([each.finding.rule for each in plan.fixed], plan.changes[0].after)

session = sshkeep.idle(server="sshd_config", path_timeout=300)
print(session.report().paths[0].verdict)
