"""``sshkeep lsp``."""

from sshkeep.cli.exit_codes import Exit
from sshkeep.errors import SshkeepError


def lsp() -> Exit:
    """Serve an editor as a language server. It uses standard input and output."""
    try:
        from sshkeep.lsp.standard_streams import serve
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] not in ("lsprotocol", "pygls"):
            raise
        raise SshkeepError(
            "the language server needs pygls", "in a checkout: python3 -m pip install '.[lsp]'"
        ) from None
    serve()
    return Exit.FINE
