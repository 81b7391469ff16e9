"""Commands for hosts: look after people's accounts, and take a service to another place."""

from __future__ import annotations

import json
import tempfile
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from reelscore.edges.cli.display import watching
from reelscore.edges.cli.options import Json, Quiet
from reelscore.edges.cli.service import BlobsUrl, Data, DatabaseUrl
from reelscore.errors import DataError

if TYPE_CHECKING:
    from reelscore.edges.accounts.keeping import Kept
    from reelscore.edges.settings import Settings
    from reelscore.edges.storage.store import Store

Who = Annotated[str, typer.Argument(help="An account: its id or its email.")]

accounts = typer.Typer(
    name="accounts",
    help="People's accounts on a server with --accounts: list them, change a plan, give credits, close one.",
    no_args_is_help=True,
)


@accounts.command("list")
def list_accounts(
    search: Annotated[str, typer.Argument(help="Part of an id, an email or a plan's name.")] = "",
    limit: Annotated[int, typer.Option(min=1, max=10_000, help="How many at most, the latest first.")] = 50,
    data: Data = None,
    database: DatabaseUrl = None,
    as_json: Json = False,
) -> None:
    """Show accounts with their plans and credits, the latest first.

    Example: [bold]reelscore accounts list example.org --data ~/films[/bold]
    """
    from reelscore.edges.accounts.keeping import listed

    with _Opened(data, database) as (store, _):
        found = listed(store, search, limit)
    if as_json:
        typer.echo(json.dumps([asdict(one) for one in found], ensure_ascii=False, indent=1))
        return
    for one in found:
        typer.echo(_line(one))
    if not found:
        typer.echo("No accounts.", err=True)


@accounts.command()
def plan(
    who: Who,
    name: Annotated[str, typer.Argument(help="A plan of the server's file of plans.")],
    data: Data = None,
    database: DatabaseUrl = None,
) -> None:
    """Put an account on another plan. Its credits stay as they are.

    Example: [bold]reelscore accounts plan ana@example.org free[/bold]
    """
    from reelscore.edges.accounts.keeping import set_plan

    with _Opened(data, database) as (store, settings):
        typer.echo(_line(set_plan(store, settings, who, name)))


@accounts.command()
def credit(
    who: Who,
    amount: Annotated[int, typer.Argument(min=1, help="How many credits are added.")],
    reason: Annotated[str, typer.Option(help="What the person reads in the history of credits.")] = "top-up",
    once: Annotated[str, typer.Option(help="A name, such as an invoice's: it gives credits one time only.")] = "",
    data: Data = None,
    database: DatabaseUrl = None,
) -> None:
    """Give an account credits, as a movement of the ledger.

    Example: [bold]reelscore accounts credit ana@example.org 500 --once invoice-17[/bold]
    """
    from reelscore.edges.accounts.keeping import give

    with _Opened(data, database) as (store, _):
        now, given = give(store, who, amount, reason, once)
    if not given:
        typer.echo(f"{once} was given before; nothing was added.", err=True)
    typer.echo(_line(now))


@accounts.command()
def close(
    who: Who,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
    data: Data = None,
    database: DatabaseUrl = None,
) -> None:
    """Close an account for good: its work is stopped and removed, its tokens end, its email is forgotten.

    Example: [bold]reelscore accounts close ana@example.org --yes[/bold]
    """
    from reelscore.edges.accounts.keeping import close_account, found

    with _Opened(data, database) as (store, _):
        typer.echo(_line(found(store, who)))
        if not yes and not typer.confirm("Close this account for good?", err=True):
            raise typer.Exit(2)
        close_account(store, who)
        typer.echo("Closed.")


def move(
    to: Annotated[str, typer.Option(help="A new database (postgresql://USER@HOST/NAME), or a new folder.")],
    to_blobs: Annotated[
        str | None, typer.Option(help="Where its blobs go: s3://BUCKET/PREFIX, file:///FOLDER; a folder has its own.")
    ] = None,
    data: Data = None,
    database: DatabaseUrl = None,
    blobs: BlobsUrl = None,
    quiet: Quiet = False,
) -> None:
    """Copy a stopped service to another place: from a folder to PostgreSQL and S3, or back. The old one is only read.

    It may be stopped and run again: what was copied is not copied twice, and rows come last and all at once.

    Example: [bold]reelscore move --data ~/films --to postgresql://reelscore@db/reelscore --to-blobs s3://films[/bold]
    """
    from reelscore.edges.settings import Settings, read_settings
    from reelscore.edges.storage.moving import move as copied

    source = read_settings(data=data, database=database, blobs=blobs)
    if not source.database and not (source.data / "reelscore.db").is_file():
        raise DataError(f"There is no service in {source.data}.", "Say where it is: --data FOLDER.")
    if "://" in to and to_blobs is None:
        raise DataError("Nothing says where the blobs go.", "Add --to-blobs s3://BUCKET/PREFIX or file:///FOLDER.")
    with tempfile.TemporaryDirectory(prefix="reelscore-move-") as scratch, watching(quiet) as watch:
        target = (
            Settings(data=Path(scratch), database=to, blobs=to_blobs or "")
            if "://" in to
            else Settings(data=Path(to).expanduser(), blobs=to_blobs or "")
        )
        done = copied(source, target, watch)
    typer.echo(f"Copied {done.rows} rows and {done.blobs} blobs ({done.size / 1e6:.1f} MB).")


class _Opened:
    """The store of a service that is there already, and its settings."""

    def __init__(self, data: Path | None, database: str | None) -> None:
        from reelscore.edges.settings import read_settings

        self.settings: Settings = read_settings(data=data, database=database)
        if not self.settings.database and not (self.settings.data / "reelscore.db").is_file():
            raise DataError(f"There is no service in {self.settings.data}.", "Say where it is: --data, or --database.")

    def __enter__(self) -> tuple[Store, Settings]:
        from reelscore.edges.storage.store import Store, migrate

        migrate(self.settings.database_url)
        self.store = Store(self.settings)
        return self.store, self.settings

    def __exit__(self, *_: object) -> None:
        self.store.close()


def _line(one: Kept) -> str:
    frozen = f" (+{one.frozen} at work)" if one.frozen else ""
    name = one.email or one.kind
    return f"{one.id}  {name}  plan {one.plan}  {one.available} credits{frozen}  {one.sessions} sessions"


COMMANDS = (move,)
