"""Every setting of sshd. Written by ``python -m tests.regenerate`` from the tables of options."""

from __future__ import annotations

from typing import ClassVar

from pydantic import Field

from sshkeep.openssh.kind import Kind
from sshkeep.settings.base import Settings
from sshkeep.settings.field_types import (
    AddressFamily,
    AgentSocketPath,
    Algorithms,
    ByName,
    ChannelTimeouts,
    Commas,
    Count,
    CountOrNone,
    Environment,
    Facility,
    Flag,
    FlagOrAll,
    FlagOrText,
    Forwarding,
    GatewayPorts,
    Hash,
    IgnoreRhosts,
    IPQoS,
    Lines,
    ListenAddresses,
    LogLevel,
    Mask,
    MaxStartups,
    Methods,
    Permissions,
    PermitRootLogin,
    PerSourcePenalties,
    Ports,
    PubkeyAuthOptions,
    RekeyLimit,
    Seconds,
    SecondsOrNone,
    SourceBlock,
    Text,
    TextOrNone,
    Tunnel,
    WarnWeakCrypto,
    Words,
)


class SshdSettings(Settings):
    """Every setting of sshd, by keyword.

    What each means, from and until which release there is such a setting, and its default:
    ``SshdSettings.model_fields[name].description``, and the descriptions of its JSON Schema.
    """

    kind: ClassVar[Kind] = "sshd_config"

    accept_env: Lines = ()
    address_family: AddressFamily
    agent_socket_path: AgentSocketPath | None = None
    allow_agent_forwarding: Flag
    allow_groups: Lines = ()
    allow_stream_local_forwarding: Forwarding
    allow_tcp_forwarding: Forwarding
    allow_users: Lines = ()
    authentication_methods: Methods
    authorized_keys_command: TextOrNone = None
    authorized_keys_command_user: TextOrNone = None
    authorized_keys_file: Words = ()
    authorized_principals_command: TextOrNone = None
    authorized_principals_command_user: TextOrNone = None
    authorized_principals_file: TextOrNone = None
    banner: TextOrNone = None
    ca_signature_algorithms: Algorithms = ()
    challenge_response_authentication: Flag | None = None
    channel_timeout: ChannelTimeouts | None = None
    chroot_directory: TextOrNone = None
    ciphers: Algorithms = ()
    client_alive_count_max: Count
    client_alive_interval: Seconds
    compression: Flag
    deny_groups: Lines = ()
    deny_users: Lines = ()
    disable_forwarding: Flag
    expose_auth_info: Flag
    fingerprint_hash: Hash
    force_command: TextOrNone = None
    gateway_ports: GatewayPorts
    gss_authentication: Flag | None = None
    gss_cleanup_creds: Flag | None = None
    gss_delegate_creds: Flag | None = None
    gss_strict_acceptor: Flag | None = None
    gssapi_authentication: Flag | None = None
    gssapi_cleanup_credentials: Flag | None = None
    gssapi_delegate_credentials: Flag | None = None
    gssapi_strict_acceptor_check: Flag | None = None
    host_certificate: Lines = ()
    host_key: Lines = ()
    host_key_agent: TextOrNone = None
    host_key_algorithms: Algorithms = ()
    hostbased_accepted_algorithms: Algorithms = ()
    hostbased_authentication: Flag
    hostbased_uses_name_from_packet_only: Flag
    ignore_rhosts: IgnoreRhosts
    ignore_user_known_hosts: Flag
    ipqos: IPQoS
    kbd_interactive_authentication: Flag
    kerberos_authentication: Flag | None = None
    kerberos_or_local_passwd: Flag | None = None
    kerberos_ticket_cleanup: Flag | None = None
    kex_algorithms: Algorithms = ()
    listen_address: ListenAddresses
    log_level: LogLevel
    log_verbose: Words | None = None
    login_grace_time: Seconds
    macs: Algorithms = ()
    max_auth_tries: Count
    max_sessions: Count
    max_startups: MaxStartups
    moduli_file: TextOrNone = None
    pam_service_name: Text | None = None
    password_authentication: Flag
    per_source_max_startups: CountOrNone = None
    per_source_net_block_size: SourceBlock | None = None
    per_source_penalties: PerSourcePenalties | None = None
    per_source_penalty_exempt_list: Commas | None = None
    permit_empty_passwords: Flag
    permit_listen: Permissions
    permit_open: Permissions
    permit_root_login: PermitRootLogin
    permit_tty: Flag
    permit_tunnel: Tunnel
    permit_user_environment: FlagOrText
    permit_user_rc: Flag
    pid_file: TextOrNone = None
    port: Ports
    print_last_log: Flag | None = None
    print_motd: Flag
    pubkey_accepted_algorithms: Algorithms = ()
    pubkey_auth_options: PubkeyAuthOptions | None = None
    pubkey_authentication: Flag
    rdomain: TextOrNone = None
    refuse_connection: Flag | None = None
    rekey_limit: RekeyLimit
    required_rsa_size: Count | None = None
    revoked_keys: Words = ()
    security_key_provider: TextOrNone = None
    set_env: Environment = Field(default_factory=dict)
    sshd_auth_path: TextOrNone = None
    sshd_session_path: TextOrNone = None
    stream_local_bind_mask: Mask
    stream_local_bind_unlink: Flag
    strict_modes: Flag
    subsystem: ByName = Field(default_factory=dict)
    syslog_facility: Facility
    tcp_keep_alive: FlagOrAll
    trusted_user_ca_keys: TextOrNone = None
    unused_connection_timeout: SecondsOrNone = None
    use_dns: Flag
    use_pam: Flag | None = None
    version_addendum: TextOrNone = None
    warn_weak_crypto: WarnWeakCrypto | None = None
    x11_display_offset: Count
    x11_forwarding: Flag
    x11_use_localhost: Flag
    xauth_location: TextOrNone = None

    # Vendors' own.
    apple_base_system: Flag | None = None
    canonical_match_user: Flag | None = None
    debian_banner: Flag | None = None
    disable_mtaes: Flag | None = None
    gsi_allow_limited_proxy: Flag | None = None
    gssapi_allow_s4u2_self: Text | None = None
    gssapi_credentials_path: Text | None = None
    gssapi_enablek5users: Flag | None = None
    gssapi_indicators: Text | None = None
    gssapi_kex_algorithms: Algorithms | None = None
    gssapi_key_exchange: Flag | None = None
    gssapi_proxy_s4u2_services: Text | None = None
    gssapi_store_credentials_on_rekey: Flag | None = None
    hpn_buffer_limit: Flag | None = None
    hpn_buffer_size: Count | None = None
    hpn_disabled: Flag | None = None
    ignore_root_rhosts: Flag | None = None
    kerberos_unique_ccache: Flag | None = None
    kerberos_use_kuserok: Flag | None = None
    lpk_bind_dn: Text | None = None
    lpk_bind_pw: Text | None = None
    lpk_bind_timelimit: Count | None = None
    lpk_filter: Text | None = None
    lpk_force_tls: Flag | None = None
    lpk_group_dn: Text | None = None
    lpk_ldap_conf: Text | None = None
    lpk_pub_key_attr: Text | None = None
    lpk_search_timelimit: Count | None = None
    lpk_server_group: Text | None = None
    lpk_servers: Text | None = None
    lpk_user_dn: Text | None = None
    none_enabled: Flag | None = None
    none_mac_enabled: Flag | None = None
    permit_pam_user_change: Flag | None = None
    tcp_rcv_buf_poll: Flag | None = None
    use_blacklist: Flag | None = None
    use_blocklist: Flag | None = None
    use_chroot: Flag | None = None
    use_lpk: Flag | None = None
    use_mptcp: Flag | None = None
    x11_max_displays: Count | None = None
