"""The `yearbook` command. Only this module prints, and only it turns an error into an exit status."""

import importlib.util
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import click

from yearbook import __version__
from yearbook.errors import UsageError, YearbookError, as_mendable, as_sentence, report_problems
from yearbook.formatting import plural
from yearbook.upkeep import at_work, put_right
from yearbook.years import FinancialYear

PROJECT_FILE = "mkdocs.yml"

INTERRUPTED = 130
"""The exit status of a command that Ctrl-C stopped, as shells have it."""

NO_ADDRESS = (
    "The site has no address yet, so links to share, the pictures they show and the sitemap are left out. "
    "Once it has one, name it: --site-url https://example.org/, or site_url in mkdocs.yml."
)


def find_project(start: Path) -> Path:
    """The nearest folder at or above `start` that holds mkdocs.yml. Raises UsageError if none does."""
    for folder in (start, *start.parents):
        if (folder / PROJECT_FILE).is_file():
            return folder
    remedy = "Run the command in the project's folder, or name it with --project."
    raise UsageError(f"There is no {PROJECT_FILE} in {start} or above it. {remedy}")


class _Group(click.Group):
    """Prints a user's error without a traceback, with its own exit status."""

    def invoke(self, ctx: click.Context) -> object:
        interrupted = False
        try:
            return super().invoke(ctx)
        except YearbookError as error:
            click.echo(str(error), err=True)
            ctx.exit(error.exit_code)
        except OSError as error:
            mendable = as_mendable(error)
            if mendable is None:
                raise
            click.echo(str(mendable), err=True)
            ctx.exit(mendable.exit_code)
        except KeyboardInterrupt:
            interrupted = True
        # Only here, where nothing holds the interrupted work any more, has it wound up: its workers have ended.
        if interrupted:
            _tell("Stopped. Nothing is half done: site/ and data/ are whole. Run the command again to finish.")
            ctx.exit(INTERRUPTED)
        return None


@click.group(cls=_Group, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="yearbook")
@click.option(
    "--project",
    type=click.Path(file_okay=False, exists=True, path_type=Path),
    help="The project's folder. Default: the nearest one at or above this that holds mkdocs.yml.",
)
@click.pass_context
def main(ctx: click.Context, project: Path | None) -> None:
    """Make The Talking Therapies Yearbook from the published annual statistics.

    \b
    Most days:
      yearbook serve                      write, and see it at once
      yearbook check                      every problem, with file and line
      yearbook build                      the whole site, into site/
      yearbook compare OLD                what changed since an older site, figure by figure
    \b
    Once a year:
      yearbook add 2024-25 FILE.zip       import a release, and be told what changed
      yearbook draft 2024-25 --out FILE   its report, drafted from the figures for you to cut
      yearbook stale 2024-25              the sentences of other pages that it makes false or dates
      yearbook geography FOLDER           where areas lie and which became which

    Exit status: 0 all is well; 2 the command was used wrongly; 3 a problem in data; 4 a problem in
    content or templates; 130 it was stopped with Ctrl-C; 1 anything else.
    """
    ctx.obj = project.resolve() if project else None


def _project(ctx: click.Context) -> Path:
    named: Path | None = ctx.obj
    if named and not (named / PROJECT_FILE).is_file():
        raise UsageError(f"There is no {PROJECT_FILE} in {named}, so it is not the folder of a project.")
    project = named or find_project(Path.cwd())
    put_right(project, _tell)
    return project


def _tell(words: str) -> None:
    click.echo(words, err=True)


def _below(project: Path, file: str) -> str:
    """The file as messages name it, from the project's folder, however it was named on the command line."""
    path = Path(file) if Path(file).exists() else project / file
    return (
        path.resolve().relative_to(project.resolve()).as_posix()
        if path.resolve().is_relative_to(project.resolve())
        else file
    )


@main.command()
@click.option("--quiet", is_flag=True, help="Say nothing unless something is wrong.")
@click.option("--force", is_flag=True, help="Build even if nothing has changed since the last time.")
@click.option("--compressed", is_flag=True, help="Write compressed copies too, for a host that serves them (.gz).")
@click.option(
    "--workers", type=click.IntRange(min=1), help="How many processes work. Default: one a core. The site is the same."
)
@click.option(
    "--site-url",
    envvar="YEARBOOK_SITE_URL",
    show_envvar=True,
    default="",
    help="The address the site will have, as https://example.org/. Default: site_url in mkdocs.yml.",
)
@click.pass_context
def build(
    ctx: click.Context, quiet: bool, force: bool, compressed: bool, workers: int | None, site_url: str
) -> None:  # fmt: skip
    """Build the whole site into site/.

    Reads and checks data/ and content/, computes, draws, writes up and prints with MkDocs. The site in
    place is replaced only when the new one is whole. Drawings are kept in .cache/. When nothing has changed since
    the site in place was built, it is left as it is.

    The same inputs give the same bytes. site/build.json lists both with their checksums.

    A site works at any address. What needs to name its own, the picture that a shared link shows above all, is left
    out until it has one.
    """
    from yearbook.provenance import changed_inputs, note_site, read_recipe, unchanged_pages
    from yearbook.settings import parse_site_url, read_settings

    project, begun = _project(ctx), time.perf_counter()

    def say(words: str) -> None:
        if not quiet:
            click.echo(f"{time.perf_counter() - begun:5.1f} s  {words}")

    site_url = parse_site_url(site_url)
    recipe = read_recipe(project, read_settings(project, site_url).url, compressed)
    pages = None if force else unchanged_pages(project, recipe)
    if pages is not None:
        say(f"Nothing has changed since site/ was built: {pages:,} {plural(pages, 'page')}.")
        return

    ctx.with_resource(at_work(project, "build", _tell))
    from yearbook.pipeline import build_site
    from yearbook.staging import publish, write_staging

    site = build_site(project, say, site_url=site_url, workers=workers)
    staged = write_staging(site.files, project / "staging")
    say(f"Printing {site.pages} pages with MkDocs ({staged.written} staged files changed)")
    files = publish(project, site_url, compressed=compressed, recipe=recipe)
    say(f"Done: {site.pages} pages, {site.drawn} images drawn and {site.cached} from the cache, {files} files in site/")
    if not site.url:
        say(NO_ADDRESS)
    if changed := changed_inputs(recipe, read_recipe(project)):
        more = f" and {len(changed) - 1} more" if len(changed) > 1 else ""
        say(f"{changed[0]}{more} changed while the site was being built. Build again, so that it holds the change.")
    else:
        note_site(project, recipe, site.pages)


@main.command()
@click.argument("old", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.argument("new", required=False, type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print it as JSON, every figure among it.")
@click.option("--exit-code", is_flag=True, help="End with status 1 if anything differs.")
@click.pass_context
def compare(ctx: click.Context, old: Path, new: Path | None, as_json: bool, exit_code: bool) -> None:
    """Say what changed from the built site OLD to NEW, by default the project's site/.

    In figures first, by year and area, each with what it was and why it changed as far as can be known: a revised
    release, another definition, another source. Then in pages, words, drawings and files for programs. Keep a copy of
    site/ before you build, or fetch the published one, and compare with it. Exit status 0 whether or not they differ.
    """
    from yearbook.differences import compare_sites, tell, to_json

    differences = compare_sites(old, new or _project(ctx) / "site")
    click.echo(to_json(differences) if as_json else tell(differences))
    if exit_code and differences.any:
        ctx.exit(1)


@main.command()
@click.option("--address", default="127.0.0.1:8000", show_default=True, help="Where to listen.")
@click.option("--open", "open_browser", is_flag=True, help="Open it in the browser.")
@click.pass_context
def serve(ctx: click.Context, address: str, open_browser: bool) -> None:
    """Preview the site; a save in content/, data/ or templates/ shows in the browser.

    A save of your words, or of a style sheet or script, shows at once; any other makes the whole site again. A claim
    that fails is shown on its page, beside the sentence, with the mend; any other problem of your words at the top of
    their page, and one of the data at the top of every page, until it is mended. All are printed here too. The search,
    the feed and the files to take away are those of the last whole site. Stop it with Ctrl-C.
    """
    from yearbook.preview import serve as serve_site

    begun = time.perf_counter()
    serve_site(
        _project(ctx), address, open_browser, lambda words: click.echo(f"{time.perf_counter() - begun:6.1f} s  {words}")
    )


@main.command()
@click.option(
    "--explain", "place", metavar="FILE:LINE", help="Say what the numbers on a line of an editor's file rest on."
)
@click.pass_context
def check(ctx: click.Context, place: str | None) -> None:
    """Report every problem in data/ and content/, and write nothing.

    Every number and quantity in an editor's words must be live, held to the data or cited. All problems are printed at
    once, each with its file, its line and how to mend it.
    """
    from yearbook.pipeline import check_project, explain

    if place is not None:
        file, _, line = place.rpartition(":")
        if not (file and line.isdigit()):
            raise UsageError(f'"{place}" is no place: write it as content/reports/2019-20.md:12.')
        click.echo(explain(_project(ctx), _below(_project(ctx), file), int(line)))
        return

    problems = check_project(_project(ctx))
    click.echo(report_problems(problems))


@main.command()
@click.argument("year")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--title", default="", help="The release's title. Default: the publication's usual title for the year.")
@click.option("--page", default="", help="The address of the release's page.")
@click.option("--published", default="", help="The day it was published, as 2020-07-30.")
@click.option("--provenance", default="", help="How the file reached you, if not from the publisher's page.")
@click.option("--note", "notes", multiple=True, help="A note to keep with the release. May be repeated.")
@click.option(
    "--cite", multiple=True, metavar="OLD=NEW", help="Cite a supplement's source OLD as NEW. May be repeated."
)
@click.option("--dry-run", is_flag=True, help="Say what would change, and write nothing.")
@click.pass_context
def add(
    ctx: click.Context, year: str, file: Path, title: str, page: str, published: str, provenance: str,
    notes: Sequence[str], cite: Sequence[str], dry_run: bool,
) -> None:  # fmt: skip
    """Import a release FILE (zip or CSV) for YEAR, such as 2024-25, into data/.

    Prints a drift report: columns, categories and organisations that are new, gone or renamed; hidden
    cells; implausible rows; and, for a year imported before, every figure that was revised. YEAR is
    `all` for the tidy England file and for a supplement, which hold several years.

    Nothing is written unless the whole file is good. Adding the same file twice changes nothing.
    """
    from yearbook.importing import AddOptions, add_release

    pairs = [pair.partition("=") for pair in cite]
    if any(not mark for _, mark, _ in pairs):
        raise UsageError("Write --cite as OLD=NEW, the source as the file has it and as readers should see it.")
    options = AddOptions(
        title=title,
        page=page,
        published=published,
        provenance=provenance,
        notes=tuple(notes),
        dry_run=dry_run,
        rename_source={old: new for old, _, new in pairs},
    )
    project = _project(ctx)
    if not dry_run:
        ctx.with_resource(at_work(project, "add", _tell))
    addition = add_release(project, year, file, options)
    click.echo(addition.report())


@main.command()
@click.argument("year")
@click.option(
    "--out", type=click.Path(dir_okay=False, path_type=Path), help="Write it to this file, which must be new."
)
@click.option("--findings", is_flag=True, help="List the findings by news value, with its parts, instead.")
@click.pass_context
def draft(ctx: click.Context, year: str, out: Path | None, findings: bool) -> None:
    """Draft the report of YEAR, such as 2024-25, from its figures and those of the years before.

    Every number in it is a live expression, and its words follow from the findings, ranked by news value. It is for an
    editor to cut, and is printed unless --out names a file, such as content/reports/2024-25.md. No file is overwritten.
    """
    from yearbook.newyear import after_draft, draft_year, year_findings

    if out is not None and out.exists():
        remedy = "Name another file, or move that one away first."
        raise UsageError(f"{out} is there already, and a draft overwrites nothing. {remedy}")
    make = year_findings if findings else draft_year
    text = make(_project(ctx), _parse_year(year))
    if out is None:
        click.echo(text.rstrip("\n"))
        return
    if not out.parent.is_dir():
        raise UsageError(f"There is no folder {out.parent}. Make it, or name a file in another.")
    with out.open("x", encoding="utf-8", newline="\n") as file:
        try:
            file.write(text)
            file.flush()
        except BaseException:
            out.unlink()
            raise
    click.echo(f"Written: {out}\n\n{after_draft(_parse_year(year))}")


@main.command()
@click.argument("year")
@click.pass_context
def stale(ctx: click.Context, year: str) -> None:
    """List what YEAR, such as 2024-25, makes false or dates on pages other than its own, with file and line.

    False is an expression that fails, and a record that the new figures break: each is told with the figure that
    breaks it. Dated are words such as "latest" and "the only year", which somebody has to read again.
    """
    from yearbook.newyear import AFTER_STALE, stale_sentences

    click.echo(f"{stale_sentences(_project(ctx), _parse_year(year))}\n\n{AFTER_STALE}")


def _parse_year(text: str) -> FinancialYear:
    try:
        return FinancialYear.parse(text)
    except ValueError as error:
        raise UsageError(as_sentence(error)) from error


@main.command()
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.pass_context
def geography(ctx: click.Context, folder: Path) -> None:
    """Write lineage, councils, neighbours and hex maps into data/, from the public lookups in FOLDER.

    Reads the lookups and outlines of ONS and ODS by their file and column names, and data/crosswalks/ for what
    they do not tell. It takes about two minutes and needs the packages of `make test`. Run it when a release has new
    organisations; data/geography.yml registers what was read.
    """
    from yearbook.importing.geography import import_geography

    if importlib.util.find_spec("scipy") is None:
        remedy = "Install it with the other packages of make test."
        raise UsageError(f"Hex maps are laid out with scipy, which no build needs. {remedy}")
    project = _project(ctx)
    ctx.with_resource(at_work(project, "geography", _tell))
    click.echo(import_geography(project, folder, _tell))


if __name__ == "__main__":
    sys.exit(main())
