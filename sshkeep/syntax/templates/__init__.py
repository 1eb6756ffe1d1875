"""Templates, as of Ansible, Puppet and chezmoi: their tags, and what their lines may be."""
