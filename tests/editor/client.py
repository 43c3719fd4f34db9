"""A client of the Language Server Protocol, as small as an editor can be: open a file, then ask about a place in it."""

from __future__ import annotations

import json
import queue
import subprocess
import threading
from pathlib import Path
from typing import IO, Any

from tests.editor.install import node

SECONDS = 60
"""So long is waited for an answer."""


class Editor:
    """An editor with one folder open: it runs the server, and answers its questions from `.vscode/settings.json`."""

    def __init__(self, server: Path, folder: Path) -> None:
        found = node()
        assert found is not None, "no node here: make test-editor installs it"
        self.folder = folder
        self.process = subprocess.Popen(
            [found[0], server, "--stdio"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=folder
        )
        self.messages: queue.Queue[dict[str, Any]] = queue.Queue()
        threading.Thread(target=self._listen, daemon=True).start()
        self.last = 0
        self.underlined: dict[str, list[dict[str, Any]]] = {}
        root = folder.as_uri()
        self.ask(
            "initialize",
            {
                "processId": None,
                "rootUri": root,
                "workspaceFolders": [{"uri": root, "name": folder.name}],
                "capabilities": {
                    "workspace": {"configuration": True, "workspaceFolders": True},
                    "textDocument": {
                        "completion": {"completionItem": {"documentationFormat": ["markdown"]}},
                        "hover": {"contentFormat": ["markdown"]},
                        "publishDiagnostics": {},
                    },
                },
            },
        )
        self._send({"method": "initialized", "params": {}})

    def close(self) -> None:
        """End the server."""
        self.process.kill()
        self.process.wait()

    def open(self, file: str, text: str) -> list[dict[str, Any]]:
        """Show a file with this text, once; gives what the server underlines in it."""
        uri = (self.folder / file).as_uri()
        assert uri not in self.underlined
        document = {"uri": uri, "languageId": "yaml", "version": 1, "text": text}
        self._send({"method": "textDocument/didOpen", "params": {"textDocument": document}})
        while uri not in self.underlined:
            self._take()
        return self.underlined[uri]

    def ask(self, method: str, params: dict[str, Any]) -> Any:
        """The server's answer to a request."""
        self.last += 1
        self._send({"id": self.last, "method": method, "params": params})
        while True:
            message = self._take()
            if message.get("id") == self.last and "method" not in message:
                assert "error" not in message, message
                return message["result"]

    def _take(self) -> dict[str, Any]:
        """The next message; a question of the server is answered, and what it underlines is kept."""
        message = self.messages.get(timeout=SECONDS)
        method, params = message.get("method"), message.get("params")
        if method == "textDocument/publishDiagnostics":
            self.underlined[params["uri"]] = params["diagnostics"]
        elif method == "workspace/configuration":
            self._send({"id": message["id"], "result": [self._setting(item["section"]) for item in params["items"]]})
        elif method and "id" in message:
            self._send({"id": message["id"], "result": None})
        return message

    def _setting(self, section: str) -> Any:
        """A section of the settings: `yaml` is all that begins with `yaml.`."""
        kept = json.loads((self.folder / ".vscode/settings.json").read_text("utf-8"))
        found = {key.removeprefix(f"{section}."): value for key, value in kept.items() if key.startswith(f"{section}.")}
        if section == "yaml":
            found |= {"schemaStore": {"enable": False}, "validate": True, "hover": True, "completion": True}
        return found

    def _send(self, message: dict[str, Any]) -> None:
        assert self.process.stdin is not None
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        self.process.stdin.write(b"Content-Length: %d\r\n\r\n" % len(body) + body)
        self.process.stdin.flush()

    def _listen(self) -> None:
        stream: IO[bytes] | None = self.process.stdout
        assert stream is not None
        while head := stream.readline():
            length = int(head.split(b":")[1])
            while stream.readline().strip():
                pass  # other headers
            self.messages.put(json.loads(stream.read(length)))
