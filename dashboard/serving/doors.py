"""Who is let in by the server: only pages that it served itself, under names that nobody else can take.

A page of somebody else's that is open in the same browser can reach a server of this machine, too. It is told by its
`Origin`. One that has pointed a name of its own at this machine is told by `Host`: an address cannot be taken that
way, and of names only those count that are known here.
"""

import ipaddress
import socket
from collections.abc import Iterable
from urllib.parse import urlsplit

import msgspec

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; font-src 'self'; img-src 'self' data:; "
    "connect-src 'self' {socket}; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)


class Doors(msgspec.Struct, frozen=True, kw_only=True):
    """The names under which the server is known, in lower case; `public` is its address behind a proxy, if it is."""

    names: frozenset[str]
    public: str | None = None

    def lets_in(self, host: str) -> bool:
        """Return whether a request's `Host` is an address, or one of the names."""
        name = host_name(host)
        return is_address(name) or name in self.names

    def is_own(self, origin: str, host: str) -> bool:
        """Return whether a page with that `Origin` was served here, to somebody who asked `host` for it."""
        parts = urlsplit(origin)
        if parts.scheme not in {"http", "https"}:
            return False
        public = urlsplit(self.public).netloc.lower() if self.public else ""
        return parts.netloc.lower() in {host.lower(), public} - {""}

    def socket(self, host: str) -> str:
        """Return the address of the socket for a page that was asked from `host`."""
        base = urlsplit(self.public or f"http://{host}")
        return f"{'wss' if base.scheme == 'https' else 'ws'}://{base.netloc}/ws"

    def headers(self, host: str) -> dict[str, str]:
        """Return what every answer says: nothing from elsewhere, in nobody's frame, and not kept."""
        return {
            "Content-Security-Policy": POLICY.format(socket=self.socket(host)),
            "X-Frame-Options": "DENY",
            "X-Content-Type-Options": "nosniff",
            "Referrer-Policy": "no-referrer",
            "Cross-Origin-Resource-Policy": "same-origin",
            "Cross-Origin-Opener-Policy": "same-origin",
        }


def doors(host: str, public: str | None) -> Doors:
    """Return the doors of a server that is bound to `host` and is called `public` outside."""
    known = {"localhost", host.lower(), socket.gethostname().lower()}
    if public:
        known.add((urlsplit(public).hostname or "").lower())
    return Doors(names=frozenset(known - {""}), public=public)


def host_name(host: str) -> str:
    """Return the name in a `Host`, without port and brackets, in lower case; nothing where it is none."""
    try:
        return (urlsplit(f"//{host}").hostname or "").lower()
    except ValueError:
        return ""


def is_address(name: str) -> bool:
    """Return whether a name is the address of a machine, and so cannot be pointed elsewhere."""
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True


def is_beyond(addresses: Iterable[str]) -> bool:
    """Return whether one of the addresses to which a server is bound can be reached from other machines."""
    return not all(ipaddress.ip_address(each.partition("%")[0]).is_loopback for each in addresses)


def url(address: str, port: int) -> str:
    """Return what to type into a browser on this machine for a server bound to an address."""
    at = ipaddress.ip_address(address.partition("%")[0])
    if at.is_unspecified:
        at = ipaddress.ip_address("127.0.0.1" if at.version == 4 else "::1")  # noqa: PLR2004 (the version of IP)
    return f"http://[{at}]:{port}/" if at.version == 6 else f"http://{at}:{port}/"  # noqa: PLR2004 (the version of IP)
