"""What all page servers share: the door, the server, the socket of a page, and the files that pages load.

`guard` stands before every page server (foreign pages, DNS rebinding, headers); `asgi` serves on the running loop;
`tls` and `tls_door` are for what the network may reach: certificate and handshake; `turns` gives each its share, by
the network (`networks`) it comes from. `server_limits` bounds what uvicorn leaves open; `page_socket` carries what a
page and its program say to each other.
`pages/` holds stylesheet, link and small modules; every page server mounts it under /gemeinsam/ (`web_dir`).

Others may rely on `web_dir`, `asgi.serve`, `page_socket.serve_page` and `guard`.
"""

from __future__ import annotations

from pathlib import Path


def web_dir() -> Path:
    """The folder with lisa.css, link.js, parts.js and what they load."""
    return Path(__file__).resolve().parent / "pages"
