# Sets the keepalive of sshd where it takes effect, and reloads sshd.
$settings = 'ClientAliveInterval=30 ClientAliveCountMax=3'

exec { 'keepalive of sshd':
  command => "sshkeep set --write --reload ${settings}",
  unless  => "sshkeep set --quiet ${settings}", # writes nothing; exit code 0: the settings hold
  path    => ['/usr/local/sbin', '/usr/local/bin', '/usr/sbin', '/usr/bin', '/sbin', '/bin'],
}
