"""The folder of a local stack and the ports it listens on."""

import os
import socket
from dataclasses import astuple, dataclass, field, fields
from pathlib import Path

from local.errors import LocalError

ROOT = Path(__file__).resolve().parent.parent
BUILT = ROOT / ".build" / "local"
# A tag of the stack sets the API's id, so that its address is known in advance.
API_ID = "orderly-embed"
API_STAGE = "api"


def default_folder() -> Path:
    return Path(os.environ.get("LOCAL_FOLDER", ROOT / ".local"))


@dataclass(frozen=True)
class Place:
    """The folder of a local stack. `make clean` deletes the default one."""

    folder: Path = field(default_factory=default_folder)

    @property
    def state(self) -> Path:
        """The state that the local cloud keeps across restarts."""
        return self.folder / "state"

    @property
    def version(self) -> Path:
        """The ministack version that wrote the state."""
        return self.folder / "state-version"

    @property
    def scratch(self) -> Path:
        """Unpacked functions, not needed once the stack has stopped."""
        return self.folder / "scratch"

    @property
    def artefact(self) -> Path:
        """The artefact that this stack was deployed from."""
        return self.folder / "artefact"

    @property
    def cloud_log(self) -> Path:
        return self.folder / "cloud.log"

    @property
    def function_log(self) -> Path:
        """Every log line of the functions since the stack's last start."""
        return self.folder / "functions.log"

    @property
    def stack(self) -> Path:
        """Environment variables with which a program uses this stack."""
        return self.folder / "stack.json"

    @property
    def shop(self) -> Path:
        """What the demo shop keeps across restarts."""
        return self.folder / "shop"

    @property
    def easypost(self) -> Path:
        """What the demo of EasyPost keeps across restarts."""
        return self.folder / "easypost.json"

    @property
    def demo(self) -> Path:
        return self.folder / "demo.json"

    @property
    def processes(self) -> Path:
        """The ids of the processes that `make stop` ends."""
        return self.folder / "processes.json"


@dataclass(frozen=True)
class Ports:
    """`api` is the port of the base URL; AWS clients use `cloud`."""

    api: int
    receiver: int
    bridge_service: int
    cloud: int
    shop: int
    easypost: int

    @classmethod
    def starting_at(cls, port: int) -> "Ports":
        return cls(*range(port, port + len(fields(cls))))

    @classmethod
    def free(cls) -> "Ports":
        sockets = [socket.create_server(("127.0.0.1", 0)) for _ in fields(cls)]
        ports = cls(*(each.getsockname()[1] for each in sockets))
        for each in sockets:
            each.close()
        return ports

    @property
    def all(self) -> tuple[int, ...]:
        return astuple(self)


def require_free(ports: Ports) -> None:
    for port in ports.all:
        try:
            socket.create_server(("127.0.0.1", port)).close()
        except OSError:
            raise LocalError(
                f"Port {port} is in use. End a stack that was left running with `make stop`, "
                f"or use other ports: make run PORT={ports.api + 1000}"
            ) from None
