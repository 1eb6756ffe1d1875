"""Where the sources of a rule can be read: links to manuals, OpenSSH's source, and guides."""

from __future__ import annotations

import re

_MANUAL = "https://man.openbsd.org/"
_SOURCE = "https://github.com/openssh/openssh-portable/blob/"
_CVE = re.compile(r"CVE-\d+-\d+")
_KEYWORD = re.compile(r"(?P<name>sshd?_config)\(5\)(?:, (?P<about>[A-Z][A-Za-z0-9]*(?: [A-Z]+\b)*))?")
_FILE = re.compile(r"(?P<file>[a-z0-9-]+\.[ch])\b")
_RELEASE = re.compile(r" of (?P<major>\d+)\.(?P<minor>\d+)(?:p\d)?\b")
_PAGES = {
    "tcp(7)": "https://man7.org/linux/man-pages/man7/tcp.7.html",
    "glob(3)": "https://man7.org/linux/man-pages/man3/glob.3.html",
    "systemd.socket(5)": "https://www.freedesktop.org/software/systemd/man/latest/systemd.socket.html",
    "Mozilla OpenSSH guidelines": "https://infosec.mozilla.org/guidelines/openssh",
    "Mozilla key management guidelines": "https://infosec.mozilla.org/guidelines/key_management",
    "dev-sec ssh-baseline": "https://github.com/dev-sec/ssh-baseline",
    "Lynis SSH-7408": "https://cisofy.com/lynis/controls/SSH-7408/",
    "Lynis SSH-7440": "https://cisofy.com/lynis/controls/SSH-7440/",
    "ssh-audit": "https://github.com/jtesta/ssh-audit",
    "CIS ": "https://www.cisecurity.org/cis-benchmarks",
    "DISA STIG": "https://public.cyber.mil/stigs/",
    "PuTTY": "https://the.earth.li/~sgtatham/putty/latest/htmldoc/Chapter4.html",
    "Tera Term": "https://teratermproject.github.io/manual/5/en/",
}
"""By how a reference begins."""


def address(reference: str) -> str:
    """The URL of a reference's document, at the right place where it has one; empty where there is none."""
    if found := _KEYWORD.match(reference):
        about = (found["about"] or "").replace(" ", "_")
        return f"{_MANUAL}{found['name']}{f'#{about}' if about else ''}"
    if found := _FILE.match(reference):
        release = _RELEASE.search(reference)
        return f"{_SOURCE}{f'V_{release[1]}_{release[2]}_P1' if release else 'master'}/{found['file']}"
    if found := _CVE.search(reference):
        return f"https://www.cve.org/CVERecord?id={found[0]}"
    if reference.startswith("release notes of "):
        return f"https://www.openssh.com/txt/release-{reference.split()[-1]}"
    return next((url for begins, url in _PAGES.items() if reference.startswith(begins)), "")


def as_link(reference: str) -> str:
    """The reference in Markdown."""
    url = address(reference)
    text = reference.replace("[]", "\\[\\]")
    return f"[{text}]({url})" if url else text
