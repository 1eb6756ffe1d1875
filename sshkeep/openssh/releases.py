"""OpenSSH's releases, and the ones at which its reading of a config changed."""

from __future__ import annotations

from sshkeep.named import NamedTuple


class Release(NamedTuple):
    """An upstream release, compared as numbers: 9.10 would follow 9.9."""

    major: int
    minor: int

    def __str__(self) -> str:
        return f"{self.major}.{self.minor}"


OLDEST = Release(8, 0)
NEWEST = Release(10, 6)

SSHD_NEVER_DISCONNECTS_AT_COUNT_ZERO = Release(8, 2)
"""serverloop.c client_alive_check: before, a count of 0 ended the session after one interval."""

SSH_CUTS_AT_HASH = Release(8, 5)
"""readconf.c: trailing comments, at the first `#` anywhere; before, `#` is an ordinary word."""

ARGV_SPLIT = Release(8, 7)
"""servconf.c, readconf.c: arguments by argv_split; `#` counts at the start of a bare word only."""

MATCH_ADDRESSES_CHECKED = Release(8, 4)
"""servconf.c match_cfg_line: address lists are checked at start; before, for each connection only."""

RELATIVE_INCLUDE_LOST = Release(8, 2)
"""servconf.c sInclude: in this release alone, a relative path is joined to SSHDIR wrongly and never found."""

INCLUDE_ENDS_START = (Release(8, 2), Release(8, 3))
"""servconf.c of these releases, unless patched (`Target.include_ends_start`): the end of an included file
settles ports and addresses (process_queued_listen_addrs), and its Match blocks never fit a connection
(SSHCFG_NEVERMATCH)."""

INCLUDE_TOKENS = Release(9, 9)
"""readconf.c oInclude: tokens and ``${NAME}``; before, they are ordinary characters."""

MATCH_BY_ARGV_SPLIT = Release(9, 9)
"""match_cfg_line: before, Match lines kept strdelim's words."""

INTERVAL_DOUBLED = (Release(9, 2), Release(9, 4))
"""serverloop.c: `>` for `>=` in these releases makes sshd probe at twice the interval."""

PLUS_SIGN_REFUSED = Release(9, 8)
"""misc.c convtime: before, `+5` was a time."""

DECIMAL_TIMES = Release(10, 3)
"""misc.c convtime_double: `1.5` is a time from here on, cut to whole seconds by convtime."""

TCP_KEEP_ALIVE_ALL = Release(10, 6)
"""TCPKeepAlive takes transport, all, true and false besides yes and no, and prints true."""

MATCH_VERSION = Release(10, 0)
"""match_cfg_line: criterion `version`; for ssh also `sessiontype` and `command`."""

MATCH_TAGGED = Release(9, 4)
"""readconf.c match_cfg_line: criteria `tagged` and `localnetwork`."""

EMPTY_TAG_IS_NO_TAG = Release(10, 0)
"""readconf.c match_cfg_line: without a Tag only an empty pattern fits; before, ``*`` did."""

MATCH_INVALID_USER = Release(9, 9)
"""servconf.c match_cfg_line: criterion `invalid-user`."""

PERMIT_ROOT_LOGIN_PROHIBIT = Release(10, 1)
"""servconf.c fmt_multistate_int: before, sshd -T prints `without-password`."""

DEBIAN_SETUP_TIME_OUT_IS_CONNECT_TIMEOUT = Release(9, 9)
"""Debian 1:9.9p1-1: the alias SetupTimeOut moved from ServerAliveInterval."""

NEGATED_FINAL_IS_QUIET = Release(10, 1)
"""readconf.c match_cfg_line: before, `Match !final` asked for a second pass, too."""

TIMES_CHECKED = Release(8, 5)
"""misc.c convtime: before, the sum overflowed an int without a word."""

TIME_FACTOR_STICKS = Release(8, 3)
"""misc.c convtime: up to here a number without unit takes the unit of the one before it."""


IGNORE_RHOSTS_SHOSTS_ONLY = Release(8, 3)
"""servconf.c: IgnoreRhosts becomes more than a flag."""

SSH_COMPRESSION_YES_NO = Release(8, 2)
"""readconf.c multistate_compression: ssh's Compression no longer takes true and false."""

PUBKEY_AUTHENTICATION_BOUND = Release(8, 9)
"""readconf.c multistate_pubkey_auth: unbound and host-bound; ssh -G prints true from here on."""

TILDE_USER = Release(8, 7)
"""misc.c tilde_expand: before, `~name` without a slash was a file in the own home, and slashes were kept."""

LISTS_ON_THE_SIDE = Release(9, 7)
"""servconf.c, readconf.c: lists are gathered first and then taken; an empty one is refused."""

NONE_ALONE = Release(10, 3)
"""servconf.c parse_filenames: AuthorizedKeysFile's and RevokedKeys' none must stand alone."""

KNOWN_HOSTS_NONE = Release(8, 5)
"""ssh.c main: none in User- and GlobalKnownHostsFile is no file; before, it was a file's name."""

REMOTE_OPEN_DROPS_FIRST = (Release(8, 7), Release(9, 1))
"""readconf.c oPermitRemoteOpen: these releases drop the first argument, unless it is any or none."""

COMPRESSION_UNKNOWN = Release(9, 9)
"""readconf.c fmt_intarg: in this release alone, Compression yes is COMP_DELAYED, for which it has no name."""

REVOKED_LISTS = Release(10, 3)
"""RevokedKeys and RevokedHostKeys take several files."""

ENVIRONMENT_ONCE = Release(9, 1)
"""lookup_setenv_in_list: of two equal names on a SetEnv line the first counts."""

FORWARD_VARIABLES = Release(8, 4)
"""readconf.c parse_forward: ``${NAME}`` is expanded."""

AGENT_VARIABLES_CHECKED = Release(8, 4)
"""readconf.c parse_agent_path: dollar_expand must succeed."""

JUMP_COMMENTS = Release(8, 7)
"""readconf.c parse_jump: a trailing comment is cut off."""

FORWARD_AGENT_PATH = Release(8, 2)
"""readconf.c oForwardAgent: a socket, or a variable; before, a flag."""

ADD_KEYS_LIFETIME = Release(8, 4)
"""readconf.c oAddKeysToAgent: a time, alone or behind confirm."""

IPQOS_DECIMAL = Release(9, 8)
"""misc.c parse_ipqos: strtonum; before, strtol with any base."""

IPQOS_DSCP_ONLY = Release(10, 1)
"""misc.c ipqos: lowdelay, throughput and reliability are taken and mean none."""

MAX_STARTUPS_CHECKED = Release(9, 2)
"""servconf.c sMaxStartups: numbers below 1 are refused."""

MAX_STARTUPS_FIRST = Release(10, 1)
"""servconf.c sMaxStartups: the first line counts; before, the last one, and each number for itself."""

MAX_STARTUPS_LONE_BEGIN = Release(10, 3)
"""servconf.c sMaxStartups: of one number alone, begin is that number again; 10.1 and 10.2 left it at 10."""

PUBKEY_OPTIONS_VERIFY = Release(8, 4)
"""servconf.c sPubkeyAuthOptions: verify-required."""

CANONICAL_NAMES_NONE = Release(8, 8)
"""readconf.c oCanonicalizePermittedCNAMEs: none."""

RDOMAIN_REFUSED = Release(8, 3)
"""servconf.c sRDomain: fatal where the system has no routing domains."""

SUBSYSTEM_QUOTED = Release(9, 5)
"""servconf.c sSubsystem: arguments are put together by argv_assemble."""

SSH_COUNTS_ERRORS = Release(8, 5)
"""readconf.c: a bad value is counted and the reading goes on; before, ssh exited there."""

SUBSYSTEM_COMMAND_CHECKED = Release(10, 3)
"""servconf.c sSubsystem: the command is looked for in blocks that do not apply, too."""

MASK_CHECKS_BLOCK = Release(10, 6)
"""readconf.c oStreamLocalBindMask: set in blocks that do not apply, too, before this release."""

TOKEN_OF_KEY_ALIAS = Release(8, 4)
"""ssh.c: %k."""

TOKEN_OF_JUMP_HOST = Release(9, 6)
"""ssh.c ssh_connection_hash: %j, and %C is made of the jump host, too."""

AGENT_TOKENS = Release(8, 3)
"""ssh.c main: IdentityAgent and ForwardAgent take tokens and ``~`` when they are printed, too."""

CONTROL_PATH_TAKES_HOME = Release(8, 3)
"""ssh.c main: %d in ControlPath, with the tokens of most options."""

DOMAINS_BEGIN_WITH_LINE = Release(10, 0)
"""misc.c valid_domain: ``_`` may be the first character."""

PATHS_TAKE_VARIABLES = Release(8, 4)
"""ssh.c: ${NAME} and tokens in ControlPath, IdentityAgent, UserKnownHostsFile and others."""

SET_ENV_TOKENS = Release(10, 0)
"""ssh.c: SetEnv's values take tokens and variables."""

USER_TOKENS = Release(10, 0)
"""ssh.c: User takes tokens and variables."""

USER_WITHOUT_DOLLAR = Release(10, 3)
"""ssh.c valid_ruser: no ``$`` and no backslash in a user name that was expanded (not in 10.0, in 10.6)."""

UPDATE_HOST_KEYS_ASKS = Release(8, 2)
"""ssh.c main: UpdateHostKeys ask is off for commands, without a terminal and for a quiet LogLevel, too; and
ControlPersist turns it off with a ControlPath only."""

UPDATE_HOST_KEYS_BY_DEFAULT = Release(8, 5)
"""readconf.c fill_default_options: UpdateHostKeys is yes unless another option turns it off."""

JUMP_LOOP_REFUSED = Release(8, 3)
"""ssh.c main: a ProxyJump over the host itself is fatal."""

REVOKED_KEYS_TOKENS = Release(9, 4)
"""ssh.c: RevokedHostKeys takes tokens."""

ONE_KEYBOARD_INTERACTIVE = Release(8, 7)
"""ChallengeResponseAuthentication became a name of KbdInteractiveAuthentication; it switched it on before."""

NET_BLOCK_DEFAULT = Release(10, 3)
"""servconf.c sPerSourceNetBlockSize: a lone number leaves IPv6 at 128; before, at what was in memory."""

RTRIM_STOPS = Release(10, 1)
"""misc.c rtrim: only trailing white space goes; before, the text ended at any."""

JUMP_URIS = Release(8, 5)
"""readconf.c parse_jump: ssh:// in ProxyJump; before, it was read as a host's name after all."""

IPQOS_DSCP_ONLY_IN_DEBIAN = Release(10, 0)
"""Debian 13 carries 10.1's change of parse_ipqos."""

IPQOS_LE = Release(8, 2)
"""misc.c ipqos: le."""

IPQOS_LE_RIGHT = Release(8, 9)
"""defines.h IPTOS_DSCP_LE: 0x04; it was 0x01 before."""

SET_ENV_IN_MATCH = Release(8, 5)
"""servconf.h COPY_MATCH_STRING_OPTS: SetEnv in a block does nothing before."""

JUMP_NONE_IS_QUIET = Release(10, 3)
"""readconf.c oProxyCommand: ProxyJump none no longer keeps a ProxyCommand from counting."""

JUMP_NONE_IN_DEBIAN = Release(9, 2)
"""The same in Debian's packages, which carry the security fix of parse_jump."""

PUBKEY_OPTIONS_MAX = Release(10, 6)
"""sshd of 10.6: max-pk-ok."""

IPQOS_VA = Release(10, 3)
"""misc.c ipqos: va."""

FORWARD_TOKENS = Release(8, 3)
"""ssh.c: the paths of forwarded sockets take tokens."""

SESSION_BY_KIND = {
    "sshd_config": (Release(9, 2), Release(10, 5)),
    "ssh_config": (Release(10, 4), Release(10, 5)),
}
"""channels.c channel_set_xtype: here a running session is a session:shell, :command or :subsystem:NAME, and
`ChannelTimeout session=` does not fit it. ssh before 10.4 knows it as session only; 10.6 takes both."""

CHANNEL_TIMEOUT_GLOBAL = Release(9, 7)
"""channels.c channel_add_timeout: `ChannelTimeout global=` means all channels together; no channel before."""
