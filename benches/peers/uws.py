"""uWebSockets as a peer of the push bench, by way of Python's socketify.

Prints its address, and sends everybody a frame for each byte on standard input. Run by
`cargo bench --bench push -- --peers`. Python is asked once per frame, C++ does the rest: the loop is
libuv's own, since the one that socketify runs within asyncio never sleeps.
"""

import os
import socket
import sys
import threading

from socketify import App, CompressOptions, OpCode

LENGTH = int(sys.argv[1])
HEAD = 4
app = App()
sent = 0


def frame(seq):
    """The text of a frame, as long as asked with its head."""
    begin = '{"frame":"change","seq":%d,"text":"' % seq
    return begin + "x" * (LENGTH - HEAD - len(begin) - 2) + '"}'


def publish(_, orders, __):
    global sent
    for _ in orders:
        sent += 1
        app.publish("board", frame(sent), OpCode.TEXT)


def give_orders(port):
    """Hands standard input to the loop, which can be woken by a socket alone."""
    loop = socket.create_connection(("127.0.0.1", port))
    loop.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    loop.sendall(
        b"GET /orders HTTP/1.1\r\nhost: bench\r\nconnection: upgrade\r\nupgrade: websocket\r\n"
        b"sec-websocket-version: 13\r\nsec-websocket-key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"
    )
    # At most what a frame's short head can say; masked with zeros.
    while orders := os.read(0, 125):
        loop.sendall(bytes([0x82, 0x80 | len(orders), 0, 0, 0, 0]) + orders)
    os._exit(0)


def listening(config):
    print(f"127.0.0.1:{config.port}", flush=True)
    threading.Thread(target=give_orders, args=[config.port], daemon=True).start()


plain = {"compression": CompressOptions.DISABLED, "idle_timeout": 0, "max_backpressure": 256 << 20}
app.ws("/orders", {**plain, "message": publish})
app.ws("/*", {**plain, "open": lambda ws: ws.subscribe("board")})
app.listen({"port": 0, "host": "127.0.0.1"}, listening)
app.loop.uv_loop.run()
