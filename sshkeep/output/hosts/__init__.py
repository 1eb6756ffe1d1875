"""The keepalive of every host that an ssh_config names: as a table, CSV and JSON."""
