"""`sitegen build`: the records become a site. A failed build leaves the site that was there."""

from __future__ import annotations

import datetime as dt
import gc
import hashlib
import os
import re
import sys
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from sitegen import findings, messages
from sitegen.commands.language import Voice, language
from sitegen.exporters import csv, script, xlsx
from sitegen.site import inputs

if TYPE_CHECKING:
    from rich.status import Status

    from sitegen.pipeline import Run
    from sitegen.problems import Problem
    from sitegen.results import Result
    from sitegen.site.assembly import Edition, Entry, Frame

MOST_SHOWN = 20
"""Problems of the records that a build shows; `validate` shows them all."""


class Stopped(Exception):
    """The records or `mkdocs.yml` have errors, so nothing was built; `problems` are those of them this audience may
    read.
    """

    def __init__(self, problems: Sequence[Problem], hidden: int) -> None:
        self.problems = tuple(problems)
        self.hidden = hidden
        super().__init__(f"{len(problems) + hidden} errors")

    @classmethod
    def of(cls, problems: Iterable[Problem], audience: str) -> Stopped:
        """The errors among the problems, as far as the audience may read them."""
        from sitegen.audience import allows

        errors = [problem for problem in problems if problem.severity == "error"]
        shown = [problem for problem in errors if allows(audience, problem.audience)]
        return cls(shown, len(errors) - len(shown))


def run(
    root: Path,
    out: Path,
    *,
    as_of: dt.date | None = None,
    audience: str | None = None,
    langs: tuple[str, ...] = (),
    verbose: bool = False,
) -> int:
    """Builds the site of `root` in `out`.

    Args:
        root: the folder of the records.
        out: the folder of the site.
        as_of: the day to compute for; None: as `Run.as_of` finds it.
        audience: whom it is for. None: everyone, and a site for another audience that lies in `out` is not replaced.
        langs: the languages; empty: the organisation's.
        verbose: whether to say how long each stage took.

    Returns:
        0: built, or nothing had changed; 1: the records have errors; 2: `out` holds something that must not be
        replaced; 3: our fault.
    """
    from sitegen.site import publish

    before = audience_of(out)
    if audience is None and before not in (None, "everyone") and publish.is_ours(out):
        voice = Voice(langs[0]) if langs else Voice.of(root)
        msgid = (
            "%(out)s holds a site for %(before)s, and nothing was written: `--audience %(before)s` builds the same "
            "again, `--audience everyone` replaces it"
        )
        sys.stderr.write(f"sitegen: {voice.say(msgid, out=str(out), before=str(before))}\n")
        return 2
    audience = audience or "everyone"
    home = root.resolve().parent
    cache = cache_of(home)
    print_key = inputs.fingerprint(root, home, as_of=as_of, audience=audience, langs=langs, out=str(out.resolve()))
    if publish.up_to_date(out, cache, print_key):
        voice = Voice(langs[0]) if langs else Voice.of(root)
        print(voice.say("%(out)s: nothing has changed (built for %(audience)s)", out=str(out), audience=audience))
        return 0

    from sitegen.pipeline import Run
    from sitegen.site.assembly import BuilderFailed, Faulty

    # What a build makes it keeps until it ends: looking for garbage among it every 700 objects costs a sixth of the
    # time.
    gc.set_threshold(100_000, 20, 50)
    with _progress() as shows:
        work = Run(root, as_of=as_of, audience=audience, cache=cache, said=shows)
        try:
            files = files_of(work, langs)
            with work.stage("writing"):
                written = publish.publish(files, out, cache, print_key)
        except Stopped as stopped:
            return tell(stopped, work, langs)
        except publish.NotOurs:
            msgid = "%(out)s holds files that no build of sitegen made; name another folder, or empty it"
            said = messages.translate(languages_of(work, langs)[0], msgid, {"out": str(out)})
            sys.stderr.write(f"sitegen: {said}\n")
            return 2
        except Faulty as faulty:
            sys.stderr.write("".join(f"{fault}\n" for fault in faulty.faults[:50]))
            sys.stderr.write(f"sitegen: {len(faulty.faults)} faults in the built site; {out} was left as it was\n")
            return 3
        except BuilderFailed as failed:
            sys.stderr.write(f"{failed}\nsitegen: the site builder stopped; {out} was left as it was\n")
            return 3
    voice = Voice(languages_of(work, langs)[0])
    if before is not None and before != audience:
        kept = "%(out)s was a site for %(before)s; `--audience %(before)s --out` another folder keeps both"
        print(voice.say(kept, out=str(out), before=before))
    pages = sum(path.endswith(".html") for path in files)
    changed = sum(path.endswith(".html") for path in written.changed)
    print(
        voice.say(
            "%(out)s: %(pages)s for %(audience)s as of %(day)s; %(changed)s changed",
            out=str(out),
            pages=messages.ntranslate(voice.lang, "%(n)s page", "%(n)s pages", pages),
            audience=audience,
            day=work.as_of.isoformat(),
            changed=changed,
        )
    )
    if verbose:
        for stage, seconds in work.timings.items():
            sys.stdout.write(f"{seconds:8.2f} s  {stage}\n")
    return 0


def audience_of(out: Path) -> str | None:
    """The audience of the site that lies in a folder, as its home page says; None where there is no such page."""
    try:
        home = (out / "index.html").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return None
    said = re.search(r'data-audience="(\w+)"', home)
    return said[1] if said else None


def cache_of(home: Path) -> Path:
    """The folder of what builds keep between them, `.sitegen/cache` beside the records."""
    return findings.scratch(home) / "cache"


def files_of(work: Run, langs: tuple[str, ...] = ()) -> dict[str, bytes]:
    """Every file of the site of a run, by path.

    Raises:
        Stopped: the records or `mkdocs.yml` have errors.
        sitegen.site.assembly.Faulty, BuilderFailed: nothing may be published.
    """
    from sitegen.site import assembly

    frame = frame_of(work)
    work.compute()
    editions = [edition(work, lang) for lang in languages_of(work, langs)]
    with work.stage("stamping"):
        return assembly.make(editions, frame, work.cache or cache_of(work.home))


def frame_of(work: Run) -> Frame:
    """What all pages share; raises Stopped when the records or `mkdocs.yml` have errors."""
    from sitegen.site import assembly, settings

    own, faults = settings.read(work.home)
    problems = (*work.problems, *faults)
    if any(problem.severity == "error" for problem in problems):
        raise Stopped.of(problems, work.audience)
    work.edit_base = edit_base(own)
    assets = _made_assets(work.cache or cache_of(work.home))
    name = work.records.organisation.name
    return assembly.Frame(own, work.home, name, work.audience, assembly.documents(work.home), assets)


def languages_of(work: Run, langs: tuple[str, ...] = ()) -> tuple[str, ...]:
    """The languages that were asked for, else the organisation's; the first is the site's own.

    Without an organisation no site is built, and the reader is told why in his own language.
    """
    organisation = work.read.records.organisation
    return langs or (tuple(organisation.languages) if organisation else (language(work.root),))


def edit_base(settings: object) -> str | None:
    """The address that a file's path is put after to edit it: `repo_url` and `edit_uri` of `mkdocs.yml`
    (`edit/main/` when left out).
    """
    repository = getattr(settings, "repo_url", "")
    if not repository:
        return None
    return f"{repository.rstrip('/')}/{(getattr(settings, 'edit_uri', '') or 'edit/main/').strip('/')}/"


def edition(work: Run, lang: str) -> Edition:
    """One language's pages, navigation and downloads."""
    from sitegen.site import assembly

    pages = tuple(work.pages(lang))
    with work.stage("downloads"):
        files = downloads(work, lang)
    return assembly.Edition(lang, pages, assembly.sections_of(entries(work, lang), lang), files)


def entries(work: Run, lang: str) -> list[tuple[str, Entry]]:
    """The navigation: an entry a report, in the order of REPORTS but for those that are first in their section, with
    the folder of its records' pages if it has such.
    """
    from sitegen import pages
    from sitegen.site import assembly

    return [
        (
            report.section,
            assembly.Entry(
                messages.translate(lang, report.title), pages.page_path(report.slug), report.slug if report.each else ""
            ),
        )
        for report in sorted(work.reports, key=lambda report: not report.first)
    ]


def downloads(work: Run, lang: str) -> dict[str, bytes]:
    """`data/<report>.<table>.csv` and `.xlsx` of every result the audience may see, and what scripts load."""
    workbooks = Workbooks(work, lang)
    made = {}
    for name, (result, data) in work.data.items():
        made[f"data/{name}.csv"] = csv.table(result)
        made[f"data/{name}.js"] = script.data(name, data.plain(result, work.records, lang))
    for name, result in work.results.items():
        plain = made[f"data/{name}.csv"] = csv.table(result)
        made[f"data/{name}.xlsx"] = workbooks.of(name, result, plain)
    workbooks.kept.forget()
    return made


class Workbooks:
    """The workbooks of a run in a language, kept under the hash of what they are made of: zipping is most work."""

    def __init__(self, work: Run, lang: str) -> None:
        from sitegen.pages.setting import AUDIENCE_NAMES

        self.lang = lang
        self.currency = getattr(work.records.organisation, "currency", None) or ""
        viewer = messages.translate(lang, AUDIENCE_NAMES[work.audience])
        self.about = {"Computed for": work.as_of.isoformat(), "Audience": viewer}
        self.kept = _Kept((work.cache or cache_of(work.home)) / "xlsx")
        words = inputs.stamp(inputs.PACKAGE / "messages" / lang)
        said = repr((lang, self.currency, self.about, [(name, time) for name, time, _ in words]))
        self._shared = hashlib.sha256(Path(xlsx.__file__).read_bytes() + said.encode()).digest()

    def of(self, name: str, result: Result, plain: bytes | None = None) -> bytes:
        """The workbook of the result `<report>.<table>`; `plain` is the same as CSV, where that is made already."""
        shape = repr((name, result.columns, dict(result.left_out))).encode()
        key = hashlib.sha256(self._shared + shape + (plain or csv.table(result))).hexdigest()
        return self.kept.get(key, lambda: self._made(result))

    def _made(self, result: Result) -> bytes:
        return xlsx.workbook(result, translate=self._say, about=self.about, currency=self.currency)

    def book(self, title: str, results: Sequence[Result]) -> bytes:
        """One workbook of several results."""
        return xlsx.book(title, results, translate=self._say, about=self.about, currency=self.currency)

    def _say(self, msgid: str) -> str:
        return messages.template(self.lang, msgid)


class _Kept:
    """Files that are costly to make, kept under a key; `forget` drops those that nobody asked for in a while."""

    def __init__(self, folder: Path, most: int = 600) -> None:
        self.folder, self.most = folder, most
        folder.mkdir(parents=True, exist_ok=True)

    def get(self, key: str, make: Callable[[], bytes]) -> bytes:
        path = self.folder / key
        try:
            content = path.read_bytes()
            os.utime(path)
        except FileNotFoundError:
            content = make()
            fresh = path.with_suffix(f".{os.getpid()}")
            fresh.write_bytes(content)
            fresh.rename(path)
        return content

    def forget(self) -> None:
        used = []
        for path in self.folder.iterdir():
            with suppress(FileNotFoundError):  # another build may just have dropped it
                used.append((path.stat().st_mtime_ns, path))
        for _, path in sorted(used)[: -self.most]:
            path.unlink(missing_ok=True)


def _made_assets(cache: Path) -> dict[str, bytes]:
    """Files of the site that a library makes: the chart bundle that interactive charts load, kept since it takes 2
    s to make.
    """
    import importlib.metadata

    from sitegen import theme

    source = hashlib.sha256(Path(theme.__file__).read_bytes()).hexdigest()[:8]
    key = f"vega-{importlib.metadata.version('vl-convert-python')}-{source}.js"
    return {"assets/vega.js": _Kept(cache / "vega", 2).get(key, lambda: theme.bundle().encode())}


def tell(stopped: Stopped, work: Run, langs: tuple[str, ...] = (), *, builds: bool = True) -> int:
    """Says which errors stopped the build (or what else it was), the first of them in full; gives the exit code."""
    lang = languages_of(work, langs)[0]
    sys.stderr.write("".join(f"{line}\n" for line in lines(stopped, work, lang)[:MOST_SHOWN]))
    number = len(stopped.problems) + stopped.hidden
    counted = messages.ntranslate(lang, "%(n)s error", "%(n)s errors", number)
    msgid = (
        "nothing was built; `%(command)s` shows all mistakes"
        if builds
        else "nothing was written; `%(command)s` shows all mistakes"
    )
    said = messages.translate(lang, msgid, {"command": f"sitegen validate {work.root}"})
    sys.stderr.write(f"sitegen: {counted}; {said}\n")
    return 1


def lines(stopped: Stopped, work: Run, lang: str) -> list[str]:
    """One line an error: place, code, sentence, hint; as safe for a terminal and an audience as what validate says."""
    from sitegen.commands.telling.verdict import Teller, shown

    teller = Teller(work.root, lang, work.audience)
    found = []
    for problem in stopped.problems:
        place = shown(str(problem.place)) if problem.place.file == "mkdocs.yml" else teller.where(problem.place)
        hint = teller.hint(problem)
        found.append(f"{place}: {problem.code} {teller.sentence(problem)}{f' – {hint}' if hint else ''}")
    return found


class _progress:
    """Shows the stage at work on a terminal; says nothing where nobody watches."""

    _status: Status | None = None

    def __enter__(self) -> Callable[[str], None]:
        """What takes the name of a stage."""
        if not sys.stderr.isatty():
            return lambda stage: None
        from rich.console import Console

        self._status = status = Console(stderr=True).status("…")
        status.start()
        return lambda stage: status.update(f"{stage} …")

    def __exit__(self, *fault: object) -> None:
        if self._status is not None:
            self._status.stop()
