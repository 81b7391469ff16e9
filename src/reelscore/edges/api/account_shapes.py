"""What travels in the calls about accounts, tokens and credits."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, Field

from reelscore.edges.api.shapes import Line, Sent

_Secret = Annotated[str, Field(max_length=1000)]
_ACCOUNT = ["user_k3v9wz7m2q5x8r4t"]
_AT = [1795251029310]


class Entry(Sent):
    """Who signs up or logs in. `bind`: a guest's id (anon_...); `proof`: that guest's token, or a claim it made."""

    email: Annotated[Line, Field(examples=["ana@example.org"])]
    password: Annotated[_Secret, Field(examples=["several words are good"])]
    bind: Annotated[Line, Field(examples=[""])] = ""
    proof: Annotated[Line, Field(examples=[""])] = ""


class Binding(Sent):
    """The guest, and its token or a claim it made."""

    guest: Annotated[Line, Field(examples=["anon_k3v9wz7m2q5x8r4t"])]
    proof: Annotated[Line, Field(examples=["clm_..."])]


class NewPassword(Sent):
    old: Annotated[_Secret, Field(examples=["several words are good"])]
    new: Annotated[_Secret, Field(examples=["other words are better"])]


class Leaving(Sent):
    password: Annotated[_Secret, Field(examples=["several words are good"])]


class NewToken(Sent):
    """What a token is for and may do."""

    name: Annotated[Line, Field(examples=["my program"])] = "token"
    scopes: Annotated[list[Line], Field(max_length=10, examples=[["read", "write"]])] = ["*"]  # noqa: RUF012
    expires_in_days: Annotated[int | None, Field(ge=1, le=3650, examples=[90])] = None


class WantedClaim(Sent):
    session: Annotated[Line, Field(examples=["5529798706024415232"])]


class TokenShape(BaseModel):
    """A token as it is seen again: by its first letters. Times are milliseconds since 1970."""

    id: Annotated[str, Field(examples=["tok_k3v9wz7m2q5x8r4t"])]
    name: Annotated[str, Field(examples=["my program"])]
    prefix: Annotated[str, Field(examples=["nmv_usr_Xr-J"])]
    scopes: Annotated[list[str], Field(examples=[["read", "write"]])]
    created_at: Annotated[int, Field(examples=_AT)]
    expires_at: Annotated[int | None, Field(examples=[None])]
    revoked_at: Annotated[int | None, Field(examples=[None])]
    used_at: Annotated[int | None, Field(examples=[None], description="To the hour.")]


class NewTokenShape(TokenShape):
    """A new token, the only time it is shown, and whose it is."""

    token: Annotated[str, Field(examples=["nmv_usr_..."])]
    account: Annotated[str, Field(examples=_ACCOUNT)]


class TokenList(BaseModel):
    """Tokens, latest first."""

    items: list[TokenShape]


class Revoked(BaseModel):
    """How many tokens count no more."""

    revoked: Annotated[int, Field(examples=[2])]


class GuestShape(BaseModel):
    """A guest's account."""

    token: Annotated[str, Field(examples=["nmv_usr_..."])]
    account: Annotated[str, Field(examples=["anon_k3v9wz7m2q5x8r4t"])]
    expires_at: Annotated[int | None, Field(examples=_AT)]
    credits: Annotated[int, Field(examples=[100])]


class BoundShape(BaseModel):
    """What moved to the account."""

    sessions: Annotated[int, Field(examples=[2])]
    jobs: Annotated[int, Field(examples=[3])]
    credits: Annotated[int, Field(examples=[80])]


class ClaimShape(BaseModel):
    """A token that names a session in a link and opens nothing."""

    claim: Annotated[str, Field(examples=["clm_..."])]
    expires_in: Annotated[int, Field(examples=[604_800], description="Seconds.")]


class PlanShape(BaseModel):
    """What the account may do."""

    name: Annotated[str, Field(examples=["free"])]
    title: Annotated[str, Field(examples=["Free"])]
    upload_bytes: Annotated[int, Field(examples=[500_000_000])]
    storage_bytes: Annotated[int, Field(examples=[20_000_000_000])]
    sessions: Annotated[int, Field(examples=[500])]
    jobs: Annotated[int, Field(examples=[4])]
    render_side: Annotated[int, Field(examples=[1920])]
    duration_s: Annotated[int, Field(examples=[1800])]
    webhooks: Annotated[int, Field(examples=[3])]


class CreditsShape(BaseModel):
    """Credits: available for work, frozen for work under way, both together. `prices`: of each piece of work by kind;
    edits and exports are free."""

    available: Annotated[int, Field(examples=[470])]
    frozen: Annotated[int, Field(examples=[10])]
    total: Annotated[int, Field(examples=[480])]
    granted: Annotated[int, Field(examples=[500])]
    consumed: Annotated[int, Field(examples=[20])]
    prices: Annotated[dict[str, int], Field(examples=[{"music": 10}])]


class AccountShape(BaseModel):
    """Whose token this is."""

    id: Annotated[str, Field(examples=_ACCOUNT)]
    kind: Annotated[str, Field(examples=["registered"])]
    email: Annotated[str, Field(examples=["ana@example.org"])]
    scopes: Annotated[list[str], Field(examples=[["*"]])]
    plan: PlanShape
    credits: CreditsShape


class MovementShape(BaseModel):
    """One change of the total. `kind`: grant, settle (work), expire, transfer; `subject`: the job, or the reason."""

    id: Annotated[str, Field(examples=["end:job_k3v9wz7m2q5x8r4t"])]
    kind: Annotated[str, Field(examples=["settle"])]
    amount: Annotated[int, Field(examples=[-10])]
    subject: Annotated[str, Field(examples=["job_k3v9wz7m2q5x8r4t"])]
    created_at: Annotated[int, Field(examples=_AT)]


class MovementsPage(BaseModel):
    """A page of the history, latest first."""

    items: list[MovementShape]
    page: Annotated[int, Field(examples=[1])]
    total: Annotated[int, Field(examples=[12])]
    has_next: bool
