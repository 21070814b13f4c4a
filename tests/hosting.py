"""nginx or Apache of this machine, serving a built site on a free port until it is stopped.

Where one is not installed its tests are skipped and say so; with `YEARBOOK_HOSTS=required` they fail.
"""

import os
import pwd
import shutil
import socket
import subprocess
import time
from http.client import HTTPConnection
from pathlib import Path

REQUIRED = os.environ.get("YEARBOOK_HOSTS") == "required"

NGINX = """
daemon off; user {user} {user}; worker_processes auto; pid {run}/pid; error_log {run}/error.log;
events {{}}
http {{
  include /etc/nginx/mime.types;
  access_log off;
  client_body_temp_path {run}/1; proxy_temp_path {run}/2; fastcgi_temp_path {run}/3;
  uwsgi_temp_path {run}/4; scgi_temp_path {run}/5;
  {server}
}}
"""
SERVER = "server {{ listen 127.0.0.1:{port}; root {root}; include {site}/hosts/nginx.conf; }}"
APACHE = """
ServerRoot {run}
ServerName localhost
Listen 127.0.0.1:{port}
PidFile {run}/pid
ErrorLog {run}/error.log
{modules}
TypesConfig /etc/mime.types
DocumentRoot {root}
DirectoryIndex index.html
<Directory {root}>
  AllowOverride All
  Require all granted
</Directory>
"""
MODULES = Path("/usr/lib/apache2/modules")
LOADED = ("mpm_event", "authz_core", "dir", "mime", "headers", "filter", "deflate")


def missing(program: str) -> str:
    """Why nothing can be tried on the program, empty where it is installed."""
    return "" if shutil.which(program) else f"{program} is not installed, so what it is told was not tried on it"


class Host:
    """Serves the folder `root`, in which a site begins at `prefix`, `/` or as `/yearbook/`. `run` is its own folder.

    `server`, where it is given, is the text of a server of nginx that listens on 127.0.0.1:{port}. Raises RuntimeError
    with what the program said when it does not start.
    """

    def __init__(self, program: str, run: Path, root: Path, prefix: str = "/", server: str = "") -> None:
        self.program, self.run, self.prefix = program, run, prefix
        self.site = root / prefix.strip("/")
        run.chmod(0o755)
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        values = {
            "run": run,
            "port": self.port,
            "root": root,
            "site": self.site,
            "modules": "\n".join(f"LoadModule {name}_module {MODULES}/mod_{name}.so" for name in LOADED),
            "user": pwd.getpwuid(os.getuid()).pw_name,  # who may read what a test wrote
        }
        values["server"] = server.replace("{port}", str(self.port)) or SERVER.format(**values)
        settings = NGINX if program == "nginx" else APACHE
        (run / "conf").write_text(settings.format(**values), encoding="utf-8")
        named = ["-p", str(run), "-e", f"{run}/error.log", "-c"] if program == "nginx" else ["-DFOREGROUND", "-f"]
        with (run / "said").open("w") as said:
            self.process = subprocess.Popen([program, *named, f"{run}/conf"], stderr=said)
        for _ in range(100):
            with socket.socket() as knock:
                if knock.connect_ex(("127.0.0.1", self.port)) == 0:
                    return
            if self.process.poll() is not None:
                break
            time.sleep(0.05)
        self.stop()
        raise RuntimeError(f"{program} does not take its file: {(run / 'said').read_text(encoding='utf-8')}")

    def ask(self, path: str, **headers: str) -> tuple[int, list[tuple[str, str]], bytes]:
        """The status, headers and body of the answer to an address below the prefix."""
        connection = HTTPConnection("127.0.0.1", self.port, timeout=5)
        connection.request("GET", f"{self.prefix}{path}", headers=headers)
        answer = connection.getresponse()
        found = answer.status, answer.getheaders(), answer.read()
        connection.close()
        return found

    def stop(self) -> None:
        """End the program, and wait until it has ended."""
        self.process.terminate()
        self.process.wait(10)
