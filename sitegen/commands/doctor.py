"""`sitegen doctor`: what is installed, what was found, and what others could see. Asks no network and changes nothing.

Lines that begin with `!` are to be looked at.
"""

from __future__ import annotations

import importlib.metadata
import json
import os
import platform
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import sitegen
from sitegen import git, messages
from sitegen.commands.language import Voice

PACKAGES = ("pyyaml", "pydantic", "polars", "narwhals", "mkdocs", "mkdocs-material", "altair", "vl-convert-python")
"""Those that decide what comes out."""

PIPELINES = (
    ".github/workflows/*.y*ml", ".gitlab-ci.yml", ".forgejo/workflows/*.y*ml", ".gitea/workflows/*.y*ml",
    ".woodpecker.y*ml", ".woodpecker/*.y*ml", "azure-pipelines.yml", "bitbucket-pipelines.yml", "netlify.toml",
    "vercel.json", "Jenkinsfile",
)  # fmt: skip
"""Where a forge or a host is told what to do with a commit."""
_PUBLISHES = re.compile(
    r"deploy-pages|upload-pages-artifact|gh-pages|^pages:|netlify|vercel|wrangler|surge|rsync|\bscp\b|s3 (?:sync|cp)"
    r"|azcopy|firebase deploy",
    re.MULTILINE | re.IGNORECASE,
)
_SAID = re.compile(r"(?:--audience[ =]|AUDIENCE[=: ]+)[\"']?(everyone|marketing|management)\b")
FORGES = frozenset({"github.com", "gitlab.com", "codeberg.org", "bitbucket.org", "git.sr.ht", "gitea.com"})
"""Hosts where anybody may have a repository, and where it may be public."""


@dataclass(frozen=True)
class Finding:
    """One line; `look` where somebody should look at it."""

    text: str
    look: bool = False


def run(root: Path, out: Path, *, environment: Mapping[str, str] = os.environ) -> int:
    """Say what was found.

    Args:
        root: the folder of the records.
        out: the folder of the site.
        environment: where a pipeline says whether its repository is public.

    Returns:
        1 where something should be looked at, else 0.
    """
    voice = Voice.of(root)
    home = root.resolve().parent
    look = False
    sections = (
        (voice.say("Versions"), _versions(voice)),
        (voice.say("Records"), _records(root, voice)),
        (voice.say("Git"), _git(root, home, voice)),
        (voice.say("Cache"), _cache(home, voice)),
        (voice.say("What others could see"), _public(home, out, voice, environment)),
    )
    for title, findings in sections:
        print(title)
        for finding in findings:
            print(f"{'!' if finding.look else ' '} {finding.text}")
            look = look or finding.look
    return 1 if look else 0


def _versions(voice: Voice) -> Iterator[Finding]:
    yield Finding(f"sitegen {sitegen.__version__}, Python {platform.python_version()}, {platform.system()}")
    found, missing = [], []
    for name in PACKAGES:
        try:
            found.append(f"{name} {importlib.metadata.version(name)}")
        except importlib.metadata.PackageNotFoundError:
            missing.append(name)
    yield Finding(", ".join(found))
    if missing:
        yield Finding(voice.say("not installed: %(names)s", names=", ".join(missing)), look=True)


def _records(root: Path, voice: Voice) -> Iterator[Finding]:
    from sitegen.models import KINDS
    from sitegen.records.folder import find

    files, problems = find(root)
    kinds = Counter(file.kind.name for file in files)
    yield Finding(f"{root}: {messages.ntranslate(voice.lang, '%(n)s file', '%(n)s files', len(files))}")
    if kinds:
        yield Finding(", ".join(f"{kind.name} {kinds[kind.name]}" for kind in KINDS if kinds[kind.name]))
    if not kinds["organisation"]:
        yield Finding(voice.say("organisation.yml is missing: sitegen new organisation"), look=True)
    if problems:
        first = problems[0].place.file
        told = voice.say("files that are no records: %(n)s, the first is %(file)s", n=len(problems), file=first)
        yield Finding(told, look=True)


def _git(root: Path, home: Path, voice: Voice) -> Iterator[Finding]:
    top = git.top(home)
    if top is None:
        yield Finding(voice.say("no repository here: nobody can see who changed what, and when"), look=True)
        return
    commit = git.commit(home)
    branch = git.branch(home) or "–"
    yield Finding(f"{top}, {branch}, {commit.hash[:12]} {commit.day}" if commit else f"{top}, {branch}")
    changed = git.uncommitted(root)
    yield Finding(voice.say("records that are not committed: %(n)s", n=changed))


def _cache(home: Path, voice: Voice) -> Iterator[Finding]:
    cache = home / ".sitegen"
    if not cache.is_dir():
        yield Finding(voice.say("%(path)s: none yet", path=".sitegen"))
        return
    size = sum(path.stat().st_size for path in cache.rglob("*") if path.is_file() and not path.is_symlink())
    yield Finding(f".sitegen: {size / 1_000_000:.1f} MB")
    if git.keeps(home, ".sitegen"):
        yield Finding(voice.say(".sitegen is in the repository, and holds what only management may see"), look=True)
    if cache.stat().st_mode & 0o007:
        yield Finding(voice.say(".sitegen can be read by everybody on this machine: chmod 700 .sitegen"), look=True)


def _public(home: Path, out: Path, voice: Voice, environment: Mapping[str, str]) -> Iterator[Finding]:
    from sitegen.commands.build import audience_of

    audience = audience_of(out)
    if audience is None:
        yield Finding(voice.say("%(path)s: no site there", path=str(out)))
    else:
        told = voice.say("%(path)s: built for %(audience)s", path=str(out), audience=audience)
        if git.keeps(out.parent, out.name):
            kept = voice.say("it is in the repository")
            yield Finding(f"{told}; {kept}", look=audience != "everyone")
        else:
            yield Finding(told)
    yield from _pipelines(git.top(home) or home, voice)
    yield from _repository(home, voice, environment)


def _pipelines(top: Path, voice: Voice) -> Iterator[Finding]:
    """What is published whenever something is committed."""
    publishes = False
    for path in sorted(path for pattern in PIPELINES for path in top.glob(pattern)):
        text = path.read_text("utf-8", errors="replace")
        if not _PUBLISHES.search(text):
            continue
        publishes = True
        name = path.relative_to(top).as_posix()
        built = _audiences(text)
        audiences = ", ".join(sorted(built)) or "?"
        told = voice.say("%(file)s publishes a site built for %(audience)s", file=name, audience=audiences)
        yield Finding(told, look=built != {"everyone"})
    if not publishes:
        yield Finding(voice.say("no pipeline here publishes a site"))


def _audiences(text: str) -> set[str]:
    """Whom the sites of a pipeline are built for: as it says, else what `make site` and `sitegen build` take."""
    said = {match[1] for match in _SAID.finditer(text)}
    default = {"management"} if "make site" in text else {"everyone"} if "sitegen build" in text else set()
    return said or default


def _repository(home: Path, voice: Voice, environment: Mapping[str, str]) -> Iterator[Finding]:
    """Who can read the records themselves."""
    remote = git.remote(home)
    if remote is None:
        yield Finding(voice.say("the repository has no remote on a forge"))
        return
    public = _visibility(environment)
    if public:
        yield Finding(voice.say("%(remote)s is public", remote=remote), look=True)
    elif public is not None:
        yield Finding(voice.say("%(remote)s is not public", remote=remote))
    elif remote.split("/")[2] in FORGES:
        told = voice.say(
            "%(remote)s: whether it is public cannot be seen from here; look at its settings", remote=remote
        )
        yield Finding(told, look=True)
    else:
        yield Finding(voice.say("%(remote)s: who can reach that host can perhaps read it", remote=remote))
    yield Finding(voice.say("whoever can read the repository can read every record, rates and contacts too"))


def _visibility(environment: Mapping[str, str]) -> bool | None:
    """Whether the repository is public, as its pipeline says; None where none says it."""
    said = environment.get("CI_PROJECT_VISIBILITY")
    if said:
        return said == "public"
    event = environment.get("GITHUB_EVENT_PATH")
    try:
        private = json.loads(Path(event).read_text("utf-8"))["repository"]["private"] if event else None
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return None if private is None else not private
