"""Where the local stack keeps its things, and the ports it listens on."""

import os
import socket
from dataclasses import dataclass, field
from pathlib import Path

from local.errors import LocalError

ROOT = Path(__file__).resolve().parent.parent
BUILT = ROOT / ".build" / "local"
# Given to the API by a tag of the stack, so that its address is known before it exists.
API_ID = "orderly-embed"
API_STAGE = "api"


def usual_folder() -> Path:
    return Path(os.environ.get("LOCAL_FOLDER", ROOT / ".local"))


@dataclass(frozen=True)
class Place:
    """The folder of one local stack; `make clean` removes the usual one."""

    folder: Path = field(default_factory=usual_folder)

    @property
    def state(self) -> Path:
        """What the local cloud remembers over restarts."""
        return self.folder / "state"

    @property
    def version(self) -> Path:
        """Which ministack wrote the state."""
        return self.folder / "state-version"

    @property
    def scratch(self) -> Path:
        """Unpacked functions; worth nothing once the stack has stopped."""
        return self.folder / "scratch"

    @property
    def artefact(self) -> Path:
        """The package that this stack was deployed from."""
        return self.folder / "artefact"

    @property
    def cloud_log(self) -> Path:
        return self.folder / "cloud.log"

    @property
    def stack(self) -> Path:
        """Every environment variable that a program needs to talk to this stack."""
        return self.folder / "stack.json"

    @property
    def demo(self) -> Path:
        return self.folder / "demo.json"

    @property
    def processes(self) -> Path:
        """The ids of the processes that `make stop` ends."""
        return self.folder / "processes.json"


@dataclass(frozen=True)
class Ports:
    """`api` is the base URL's; `cloud` is what AWS clients talk to."""

    api: int
    receiver: int
    bridge_service: int
    cloud: int

    @classmethod
    def beginning_at(cls, port: int) -> "Ports":
        return cls(port, port + 1, port + 2, port + 3)

    @classmethod
    def free(cls) -> "Ports":
        sockets = [socket.create_server(("127.0.0.1", 0)) for _ in range(4)]
        ports = cls(*(each.getsockname()[1] for each in sockets))
        for each in sockets:
            each.close()
        return ports

    @property
    def all(self) -> tuple[int, ...]:
        return (self.api, self.receiver, self.bridge_service, self.cloud)


def require_free(ports: Ports) -> None:
    for port in ports.all:
        try:
            socket.create_server(("127.0.0.1", port)).close()
        except OSError:
            raise LocalError(
                f"Port {port} is taken. A stack left running ends with `make stop`; "
                f"another place for all four ports: make run PORT={ports.api + 1000}"
            ) from None
