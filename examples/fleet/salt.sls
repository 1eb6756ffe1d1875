# Sets the keepalive of sshd where it takes effect, and reloads sshd.
{% set settings = 'ClientAliveInterval=30 ClientAliveCountMax=3' %}

keepalive of sshd:
  cmd.run:
    - name: sshkeep set --write --reload --format json {{ settings }}
    - unless: sshkeep set --quiet {{ settings }} # writes nothing; exit code 0: the settings hold
    - stateful: True # Salt reads "changed" of the JSON
