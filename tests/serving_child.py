"""Stands in for the embedded server: `serving_child.py PORT RUNTIME_FOLDER STARTS_FILE [--stays]`.

With the last it goes on after the end of its input, as for another window.
"""

import asyncio
import json
import os
import signal
import sys
import threading
from pathlib import Path

from faulty_server import FaultyServer
from nixforhumanity.protocol.endpoints import WEBSOCKET, Endpoints, endpoints_path, write_endpoints


async def serve(port: int, runtime: Path) -> int:
    """Serve until the end of the input."""
    server = FaultyServer(token=os.urandom(32).hex())
    server.port = port
    try:
        await server.start()
    except OSError:
        parameters = {"port": port, "holder": "", "pid": 0, "free_port": 13457}
        print(json.dumps({"error": {"messageId": "port-taken", "parameters": parameters, "text": "Taken."}}))
        return 1
    endpoints = Endpoints(pid=os.getpid(), token=server.token, ports={WEBSOCKET: server.port})
    write_endpoints(endpoints_path(runtime), endpoints)
    print(json.dumps({"ready": True, "port": server.port}), flush=True)
    loop, ended = asyncio.get_running_loop(), asyncio.Event()

    def wait_for_end_of_input() -> None:
        while sys.stdin.buffer.read(1):
            pass
        if "--stays" not in sys.argv:
            loop.call_soon_threadsafe(ended.set)

    loop.add_signal_handler(signal.SIGTERM, ended.set)
    threading.Thread(target=wait_for_end_of_input, daemon=True).start()
    await ended.wait()
    await server.stop()
    return 0


if __name__ == "__main__":
    with Path(sys.argv[3]).open("a") as starts:
        starts.write(f"{os.getpid()}\n")
    sys.exit(asyncio.run(serve(int(sys.argv[1]), Path(sys.argv[2]))))
