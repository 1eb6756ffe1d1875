"""NamedTuple, made in half the time: a lint makes sixty such classes before it begins.

typing's compiles each annotation, which nobody reads at run time: 0.12 ms for a class of five fields,
against 0.06 so, which is 7 % of a cold `sshkeep lint`. mypy sees typing's own. A module that uses it has
its annotations from `__future__`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from typing import NamedTuple as NamedTuple
else:
    from collections import namedtuple

    class _Made(type):
        """Makes a class of annotated fields a tuple with names, as typing's does."""

        def __new__(cls, name, bases, body):
            if not bases:
                return super().__new__(cls, name, bases, body)
            fields = body["__annotations__"]
            defaults = [body.pop(field) for field in fields if field in body]
            made = namedtuple(name, fields, defaults=defaults, module=body["__module__"])
            for attribute, value in body.items():
                if attribute not in ("__module__", "__qualname__"):
                    setattr(made, attribute, value)
            return made

    class NamedTuple(metaclass=_Made):
        """As ``typing.NamedTuple``, but generic classes and further bases."""
