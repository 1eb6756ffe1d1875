# Sets the keepalive of sshd where it takes effect, and reloads sshd.
settings = 'ClientAliveInterval=30 ClientAliveCountMax=3'

execute 'keepalive of sshd' do
  command "sshkeep set --write --reload #{settings}"
  not_if "sshkeep set --quiet #{settings}" # writes nothing; exit code 0: the settings hold
end
