"""Every setting of ssh. Written by ``python -m tests.regenerate`` from the tables of options."""

from __future__ import annotations

from typing import ClassVar

from pydantic import Field

from sshkeep.openssh.kind import Kind
from sshkeep.settings.base import Settings
from sshkeep.settings.field_types import (
    AddKeysToAgent,
    AddressFamily,
    Algorithms,
    AskWord,
    CanonicalizeHostname,
    ChannelTimeouts,
    Commas,
    ControlMaster,
    ControlPersist,
    Count,
    Environment,
    Facility,
    Flag,
    FlagOrAll,
    FlagOrText,
    Forwards,
    Hash,
    IPQoS,
    Lines,
    LogLevel,
    Mask,
    Milliseconds,
    Permissions,
    Port,
    PubkeyAuthentication,
    RekeyLimit,
    RequestTTY,
    Seconds,
    SecondsOrNone,
    SessionType,
    StrictHostKeyChecking,
    Text,
    TextOrNone,
    Tunnel,
    TunnelDevice,
    Words,
)


class SshSettings(Settings):
    """Every setting of ssh, by keyword.

    What each means, from and until which release there is such a setting, and its default:
    ``SshSettings.model_fields[name].description``, and the descriptions of its JSON Schema.
    """

    kind: ClassVar[Kind] = "ssh_config"

    add_keys_to_agent: AddKeysToAgent
    address_family: AddressFamily
    batch_mode: Flag
    bind_address: Text | None = None
    bind_interface: Text | None = None
    ca_signature_algorithms: Algorithms = ()
    canonical_domains: Words = ()
    canonicalize_fallback_local: Flag
    canonicalize_hostname: CanonicalizeHostname
    canonicalize_max_dots: Count
    canonicalize_permitted_cnames: Words = ()
    certificate_file: Lines = ()
    challenge_response_authentication: Flag | None = None
    channel_timeout: ChannelTimeouts | None = None
    check_host_ip: Flag
    ciphers: Algorithms = ()
    clear_all_forwardings: Flag
    compression: Flag
    connect_timeout: SecondsOrNone = None
    connection_attempts: Count
    control_master: ControlMaster
    control_path: TextOrNone = None
    control_persist: ControlPersist
    dynamic_forward: Forwards = ()
    enable_escape_commandline: Flag | None = None
    enable_ssh_keysign: Flag
    escape_char: TextOrNone = None
    exit_on_forward_failure: Flag
    fingerprint_hash: Hash
    fork_after_authentication: Flag | None = None
    forward_agent: FlagOrText
    forward_x11: Flag
    forward_x11_timeout: Seconds
    forward_x11_trusted: Flag
    gateway_ports: Flag
    global_known_hosts_file: Words = ()
    gssapi_authentication: Flag | None = None
    gssapi_delegate_credentials: Flag | None = None
    hash_known_hosts: Flag
    host: Text | None = None
    host_key_algorithms: Algorithms = ()
    host_key_alias: Text | None = None
    host_name: Text
    hostbased_accepted_algorithms: Algorithms = ()
    hostbased_authentication: Flag
    identities_only: Flag
    identity_agent: Text | None = None
    identity_file: Lines = ()
    ignore_unknown: Commas = ()
    ipqos: IPQoS
    kbd_interactive_authentication: Flag
    kbd_interactive_devices: Commas | None = None
    kex_algorithms: Algorithms = ()
    known_hosts_command: TextOrNone = None
    local_command: TextOrNone = None
    local_forward: Forwards = ()
    log_level: LogLevel
    log_verbose: Words | None = None
    macs: Algorithms = ()
    no_host_authentication_for_localhost: Flag
    number_of_password_prompts: Count
    obscure_keystroke_timing: Milliseconds | None = None
    password_authentication: Flag
    permit_local_command: Flag
    permit_remote_open: Permissions | None = None
    pkcs11_provider: TextOrNone = None
    port: Port
    preferred_authentications: Commas | None = None
    proxy_command: TextOrNone = None
    proxy_jump: Commas = ()
    proxy_use_fdpass: Flag
    pubkey_accepted_algorithms: Algorithms = ()
    pubkey_authentication: PubkeyAuthentication
    refuse_connection: Text | None = None
    rekey_limit: RekeyLimit
    remote_command: TextOrNone = None
    remote_forward: Forwards = ()
    request_tty: RequestTTY
    required_rsa_size: Count | None = None
    revoked_host_keys: Words = ()
    security_key_provider: TextOrNone = None
    send_env: Lines = ()
    server_alive_count_max: Count
    server_alive_interval: Seconds
    session_type: SessionType | None = None
    set_env: Environment = Field(default_factory=dict)
    stdin_null: Flag | None = None
    stream_local_bind_mask: Mask
    stream_local_bind_unlink: Flag
    strict_host_key_checking: StrictHostKeyChecking
    syslog_facility: Facility
    tag: Text | None = None
    tcp_keep_alive: FlagOrAll
    tunnel: Tunnel
    tunnel_device: TunnelDevice
    update_host_keys: AskWord
    user: Text
    user_known_hosts_file: Words = ()
    verify_host_key_dns: AskWord
    version_addendum: TextOrNone = None
    visual_host_key: Flag
    warn_weak_crypto: Flag | None = None
    xauth_location: Text | None = None

    # Vendors' own.
    apple_multipath: Flag | None = None
    disable_mtaes: Flag | None = None
    fallback: Flag | None = None
    fallback_port: Count | None = None
    gssapi_client_identity: Text | None = None
    gssapi_kex_algorithms: Algorithms | None = None
    gssapi_key_exchange: Flag | None = None
    gssapi_renewal_forces_rekey: Flag | None = None
    gssapi_server_identity: Text | None = None
    gssapi_trust_dns: Flag | None = None
    happy_delay: Count | None = None
    happy_eyes: Flag | None = None
    hpn_buffer_limit: Flag | None = None
    hpn_buffer_size: Count | None = None
    hpn_disabled: Flag | None = None
    metrics: Flag | None = None
    metrics_interval: Count | None = None
    metrics_path: Text | None = None
    no_host_authentication_for_proxy_command: Flag | None = None
    none_enabled: Flag | None = None
    none_mac_enabled: Flag | None = None
    tcp_rcv_buf: Count | None = None
    tcp_rcv_buf_poll: Flag | None = None
    use_keychain: Flag | None = None
    use_mptcp: Flag | None = None
