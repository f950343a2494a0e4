#!/bin/sh
# Chromium takes one address only for a name that stands twice in /etc/hosts; from a name server it takes all of them.
#
# Expected: two lines in /etc/hosts with the same name are two addresses, as for getaddrinfo (glibc), curl and Python:
# when the first one refuses, the second one is asked.
# Seen: Chromium reads the file itself and keeps the first line of each name and family. When that address refuses, the
# page is an error (ERR_CONNECTION_REFUSED), however often it is tried. Of two A records of a name server it takes the
# other one at once when one refuses, and after 0.3 s when one is silent (not run here: that needs a server on port 53).
# Matters: a stand-by under the same name that was tried out with /etc/hosts looks broken, or, with the addresses in the
# other order, looks as if it worked. Try it with a name server, or with `--host-resolver-rules` for one address.
#
# Versions: chromium 156.0.8078.108 (Debian 12). Seen in November 2026:
#   Python: the page comes from 127.0.0.3
#   Chromium: ERR_CONNECTION_REFUSED
set -eu
room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT
trap 'exit 130' INT TERM

cat >"$room/ask.py" <<'PY'
import http.server
import subprocess
import sys
import tempfile
import threading
import urllib.request

class Page(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        body = b"<p>the page of the second address</p>"
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *words):
        pass

server = http.server.ThreadingHTTPServer(("127.0.0.3", 0), Page)
threading.Thread(target=server.serve_forever, daemon=True).start()
url = f"http://zwei.example:{server.server_port}/"

plain = urllib.request.build_opener(urllib.request.ProxyHandler({})).open(url).read().decode()
with tempfile.TemporaryDirectory() as profile:
    command = ["chromium", "--headless", "--no-sandbox", "--disable-gpu", "--no-proxy-server"]
    command += [f"--user-data-dir={profile}", "--dump-dom", url]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
seen = done.stdout + done.stderr
refused = "ERR_CONNECTION_REFUSED" in seen
print("Python:", "the page comes from 127.0.0.3" if "second address" in plain else "no page")
print("Chromium:", "ERR_CONNECTION_REFUSED" if refused else "the page" if "second address" in seen else seen[:500])
if "second address" not in plain or not refused:
    sys.exit("Changed: Chromium asks the second address of a name in /etc/hosts now.")
PY
printf '127.0.0.1 localhost\n127.0.0.2 zwei.example\n127.0.0.3 zwei.example\n' >"$room/hosts"
unshare --map-root-user --mount sh -c "mount --bind '$room/hosts' /etc/hosts && exec python3 '$room/ask.py'"
