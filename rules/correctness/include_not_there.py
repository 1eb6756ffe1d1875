"""An Include that names a file which is not there: OpenSSH includes nothing, and prints nothing.

Files by pattern, such as `Include /etc/ssh/sshd_config.d/*.conf`, may be none. A file by its own name that is
not there is most likely a slip, or was moved; so this is reported, for this machine's own files and
with --root. sshd does not know `~`: its Includes of `~/file` never find anything, wherever they stand.
sshd 8.2, of Ubuntu 20.04 too, looks for a relative path in the wrong place and finds whole paths only.
"""

from collections.abc import Iterator

from sshkeep.config.parse_line import parse_entry
from sshkeep.config.tree.include_paths import is_lost_include
from sshkeep.lint import Config, Entry, Example, Finding, Options, Rule
from sshkeep.lint.checks.findings import at_entry


def check(config: Config, options: Options) -> Iterator[Finding]:
    for missing in config.missing:
        name = missing.argument[-40:]
        if not missing.argument.startswith("~") or config.kind == "ssh_config":
            yield at_entry(missing.entry, f"nothing is included: {name} is not there")._replace(
                severity="info"
            )
    if config.kind == "sshd_config":
        for entry in config.lines("include"):
            if why := _why_nothing(entry, config):
                yield at_entry(entry, f"nothing is included: {why}")._replace(label="write the whole path")


def _why_nothing(entry: Entry, config: Config) -> str:
    names = [word.text for word in parse_entry(entry, config).words]
    if any(name.startswith("~") for name in names):
        return "sshd does not know ~"
    lost = any(is_lost_include(name, config.target.release) for name in names)
    return f"sshd {config.target.release} finds whole paths only" if lost else ""


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
        Example("Include sshd_config.d/*.conf\n", hit=True, kind="sshd_config", target="ubuntu-20.04"),
        Example("Include sshd_config.d/*.conf\n", kind="sshd_config", target="debian-11"),
    ),
)
