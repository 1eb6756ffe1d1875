"""An Include that names a file which is not there: OpenSSH includes nothing, and prints nothing.

Files by pattern, such as `Include /etc/ssh/sshd_config.d/*.conf`, may be none. A file by its own name that is
not there is most likely a slip, or was moved; so this is reported, for this machine's own files and
with --root. sshd does not know `~`: its Includes of `~/file` never find anything, wherever they stand.
"""

from collections.abc import Iterator

from sshkeep.config.parse_line import parse_entry
from sshkeep.lint import Config, Entry, Example, Finding, Options, Rule
from sshkeep.lint.checks.findings import at_entry


def check(config: Config, options: Options) -> Iterator[Finding]:
    reported = {missing.entry.index for missing in config.missing}
    for missing in config.missing:
        name = missing.argument[-40:]
        if not missing.argument.startswith("~") or config.kind == "ssh_config":
            yield at_entry(missing.entry, f"nothing is included: {name} is not there")._replace(
                severity="info"
            )
    if config.kind == "sshd_config":
        yield from (_tilde(entry) for entry in config.lines("include") if _has_tilde(entry, config, reported))


def _has_tilde(entry: Entry, config: Config, reported: set[int]) -> bool:
    return any(word.text.startswith("~") for word in parse_entry(entry, config).words)


def _tilde(entry: Entry) -> Finding:
    return at_entry(entry, "nothing is included: sshd does not know ~")._replace(label="write the whole path")


RULE = Rule(
    summary="an Include names a file that is not there",
    applies_to=("sshd_config", "ssh_config"),
    severity="warning",
    check=check,
    references=("servconf.c, sInclude", "readconf.c, oInclude", "glob(3)"),
    examples=(
        Example("Include /etc/ssh/hardening.conf\n", hit=True, kind="sshd_config"),
        Example(
            "Include /etc/ssh/hardening.conf\n", kind="sshd_config", files={"hardening.conf": "UseDNS no\n"}
        ),
        Example("Include /etc/ssh/sshd_config.d/*.conf\n", kind="sshd_config"),
        Example("Include ~/hardening.conf\n", hit=True, kind="sshd_config"),
    ),
)
