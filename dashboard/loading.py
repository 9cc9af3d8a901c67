"""What is loaded at a start, and what is not though somebody asks for it: the first picture waits for all of it."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from types import ModuleType
from typing import Final

TLS: Final = "ssl"
TYPES: Final = "textual.types"
SOME_TYPES: Final = "textual._types"

SELDOM_WANTED: Final = (
    *("tokenize", "textwrap", "ipaddress", "mimetypes"),
    *("msgspec.inspect", "msgspec.toml", "msgspec.yaml"),
)
"""What libraries import for something that is seldom wanted: a traceback's lines of code, addresses, schemas."""


@contextmanager
def without_tls() -> Iterator[None]:
    """Let asyncio be loaded without encrypted connections, as it is where Python was built without them.

    Nothing here makes a connection but the server for browsers, and the libraries behind it take long to load.
    Afterwards they can be loaded like any others.
    """
    if TLS in sys.modules:
        yield
        return
    _stand_in(TLS, None)
    try:
        yield
    finally:
        del sys.modules[TLS]


def later(*names: str) -> None:
    """Let modules that are not loaded yet be loaded when something of them is wanted, by whoever has imported them.

    Of a module of a package the package has to be loaded, or on its way.
    """
    for name in names:
        if name not in sys.modules:
            _stand_in(name, _Later(name))


def types_later() -> None:
    """Let Textual's collection of types be loaded when one is wanted that only it has.

    It loads widgets that no screen here has (lists to choose from, trees of directories), for the names of types, and
    Textual itself wants one of a callback.
    """
    if TYPES not in sys.modules:
        _stand_in(TYPES, _Later(TYPES, import_module(SOME_TYPES)))


class _Later(ModuleType):
    """Stands in for a module until something of it is wanted; from then on it is the same by another name.

    What `some` has is taken from there, and the module is not loaded for it.
    """

    def __init__(self, name: str, some: ModuleType | None = None) -> None:
        super().__init__(name)
        self.__some = some

    def __getattr__(self, wanted: str) -> object:
        if wanted.startswith("__"):
            raise AttributeError(wanted)
        if hasattr(self.__some, wanted):
            return getattr(self.__some, wanted)
        name = self.__name__
        if sys.modules.get(name) is self:
            del sys.modules[name]
        module = import_module(name)
        vars(self).update(vars(module))
        return getattr(module, wanted)


def _stand_in(name: str, module: ModuleType | None) -> None:
    """Put something in the place of a module; None says that it is not there."""
    modules: dict[str, ModuleType | None] = vars(sys)["modules"]
    modules[name] = module
