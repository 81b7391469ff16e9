"""A guest becomes somebody: sessions, jobs, media and credits move to another account, all or nothing.

The guest's id alone proves nothing, for it stands in links; so its token is needed, or a claim token that it issued.
The guest's tokens end: whoever made somebody follow a link with their own guest in it must not be let into that
person's account.
"""

from __future__ import annotations

import hmac
from dataclasses import dataclass

from sqlalchemy import Connection, exists, select, update

from reelscore.edges.accounts.ledger import transfer
from reelscore.edges.accounts.tokens import CLAIM_PREFIX, found, revoke_all, use_claim
from reelscore.edges.storage.tables import accounts, jobs, sessions, uploads, webhooks
from reelscore.errors import ConflictError, UnauthorisedError


@dataclass(frozen=True, slots=True)
class Bound:
    """What moved."""

    sessions: int
    jobs: int
    credits: int


def bind(tx: Connection, guest: str, proof: str, account: str) -> Bound:
    """Move everything of the guest to the account. `proof`: the guest's token, or a claim token it issued.

    Raises UnauthorisedError (proof), ConflictError (no guest, or bound before).
    """
    claim = proof.startswith(CLAIM_PREFIX)
    owner = use_claim(tx, proof).account if claim else str(found(tx, proof)._mapping["account"])
    if not hmac.compare_digest(owner.encode(), guest.encode("utf-8", "surrogatepass")):
        raise UnauthorisedError("That token does not belong to this guest.", "Send the guest's own token as proof.")
    row = tx.execute(select(accounts).where(accounts.c.id == guest).with_for_update(key_share=True)).first()
    if row is None or row.kind != "anonymous" or guest == account:
        raise ConflictError("Only a guest's work can be taken over.", "Bind an account whose id begins with anon_.")
    if row.merged_into is not None:
        raise ConflictError("This guest's work was taken over before.", "Log in to find it.")
    credits = transfer(tx, guest, account)
    moved = tx.execute(update(sessions).where(sessions.c.account == guest).values(account=account)).rowcount
    _keep_client_ids_apart(tx, guest, account)
    worked = tx.execute(update(jobs).where(jobs.c.account == guest).values(account=account)).rowcount
    for table in (uploads, webhooks):
        tx.execute(update(table).where(table.c.account == guest).values(account=account))
    revoke_all(tx, guest)
    tx.execute(update(accounts).where(accounts.c.id == guest).values(merged_into=account))
    return Bound(moved, worked, credits)


def _keep_client_ids_apart(tx: Connection, guest: str, account: str) -> None:
    """Both may have called a job "render_1": the guest's takes its own id there."""
    theirs = jobs.alias()
    same = exists().where(
        theirs.c.account == account, theirs.c.kind == jobs.c.kind, theirs.c.client_id == jobs.c.client_id
    )
    tx.execute(update(jobs).where(jobs.c.account == guest, same).values(client_id=jobs.c.id))
