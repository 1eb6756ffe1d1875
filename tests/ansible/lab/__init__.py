"""A fleet of small machines, each with an sshd of another release and another layout of its files, and Ansible beside them.

`hosts` is the table of the machines, `layouts` what their files look like, `layers` the programs of a release. `fleet` boots
them and connects them with the controller (`controller`), which runs Ansible as its users do. The machines are those of
`tests.trial`, and end with the process that booted them, whatever becomes of it.
"""
