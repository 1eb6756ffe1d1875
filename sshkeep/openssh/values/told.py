"""What the arguments of each type of keyword are, in words. Loaded when asked for only."""

from __future__ import annotations

from sshkeep.openssh.kind import Kind
from sshkeep.openssh.tables.keywords import Keyword
from sshkeep.openssh.targets import Target
from sshkeep.openssh.values.arguments import Arguments
from sshkeep.openssh.values.words import words_of

TOLD: dict[str, str] = {
    "add keys": "yes, no, ask or confirm, and how long the agent keeps the key",
    "addendum": "the rest of the line, or none",
    "address": "an address or name, with a port if you like: 10.0.0.1, 10.0.0.1:22, [::1]:22",
    "addresses": "addresses and networks with commas between: 10.0.0.0/8,192.168.1.7",
    "agent": "a socket's path, or the name of a variable that holds one",
    "agent socket": "none, user:PATH or shared:/PATH",
    "algorithms": "names with commas between; + adds to the default, - takes from it, ^ puts first",
    "canonical names": "pairs of patterns, SOURCE:TARGET, or none",
    "channel timeouts": "pairs of channel type and time, session:*=1h, or none",
    "command": "a program by its whole path, and its arguments, or none",
    "criteria": "criteria and their patterns, all of which must fit: user bob address 10.0.0.0/8",
    "domains": "names of domains, or none",
    "environment": "NAME=VALUE, any number of them",
    "escape": "a character, ^ and a letter, or none",
    "files": "paths, any number of them",
    "flag": "yes or no",
    "forward": "where to listen, and where it leads to: 8080 localhost:80",
    "forward agent": "yes, no, a socket's path, or the name of a variable that holds one",
    "globs": "paths, with wildcards if you like, any number of them",
    "home path": "a path",
    "host files": "paths, 32 at most, or none",
    "ignored": "anything",
    "integer": "a whole number",
    "integer or none": "a whole number, or none",
    "ipqos": "a class of traffic, or one for terminals and one for the rest",
    "jump": "hosts to go through, with commas between: user@host:port, or none",
    "key options": "touch-required, verify-required or none",
    "keystrokes": "yes, no or interval:MILLISECONDS",
    "methods": "lists of methods, the methods with commas between; or any",
    "names": "names or patterns, any number of them",
    "none or words": "words, or none",
    "octal": "a mask in octal figures, such as 0177",
    "path": "a path, or none",
    "patterns": "patterns of host names; one with ! in front takes out what it fits",
    "penalties": "yes, no, or pairs of event and time: authfail:5s max:10m",
    "permissions": "addresses with a port, any or none",
    "persist": "yes, no, or a time",
    "port": "a port from 1 to 65535",
    "provider": "a path, or internal",
    "rekey limit": "an amount of data, 1G or default, and a time if you like",
    "rest": "the rest of the line as it stands",
    "revoked": "paths of revocation lists, or none",
    "routing domain": "the name of a routing domain",
    "source block": "bits of an IPv4 and an IPv6 address, such as 32:128",
    "startups": "a number, or START:PERCENT:FULL",
    "subsystem": "a name, and the command that serves it",
    "time": "seconds, or a time such as 90s, 5m, 1h30m",
    "tunnel": "two numbers of devices, LOCAL:REMOTE, or any",
    "users": "names or patterns, with @ADDRESS if you like, any number of them",
    "word": "one word",
    "words": "words, any number of them",
}
"""Every type of `Keyword.type` but ``enum``, whose words are its own."""


def takes(row: Keyword, kind: Kind, target: Target) -> str:
    """What may stand behind the keyword."""
    if row.type == "enum":
        return ", ".join(words_of(Arguments((), row, kind, target)))
    return TOLD[row.type]
