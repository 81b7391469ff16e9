"""What a message asks of the service rather than of the timeline: export, stop, credits, status, uploads.

Everything happens in the transaction that answers the message. An export is a job that goes on behind the answer.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from sqlalchemy import Connection

from reelscore import conversing
from reelscore.conversing import Turn
from reelscore.edges.accounts import ledger
from reelscore.edges.jobs import jobs
from reelscore.edges.jobs.allowed import check_export
from reelscore.edges.jobs.faults import error_of
from reelscore.editing import to_draft
from reelscore.errors import NotAllowedError, ReelscoreError
from reelscore.values.command import Plain, Said
from reelscore.values.message import Action, Meaning
from reelscore.values.timeline import Timeline

if TYPE_CHECKING:
    from reelscore.edges.jobs.jobs import Job
    from reelscore.edges.jobs.messages import Message
    from reelscore.edges.storage.sessions import Session
    from reelscore.edges.storage.store import Store

_LATEST = 20  # readings, among which the latest fetched file is looked for
PRESSING = (
    "cancel",
    "status",
    "credits",
    "help",
    "greet",
    "note",
    "thank",
    "genres",
    "moods",
    "instruments",
    "versions",
)


def pressing(meaning: Meaning) -> bool:
    """Does it ask about the work under way, or stop it, and nothing else? Then it does not wait for that work."""
    return bool(meaning.steps) and all(isinstance(a, Action) and a.name in PRESSING for a in meaning.steps)


def act(
    tx: Connection, store: Store, session: Session, message: Message, turn: Turn
) -> tuple[Turn, dict[int, Said | str]]:
    """Do what is pending. The turn, what was refused told as not done; and what came of the rest, by its place."""
    results: list[Said | str | None] = []
    why: dict[int, Said] = {}
    for n, action in enumerate(turn.pending):
        early = turn.early[n] if n < len(turn.early) else None
        try:
            with tx.begin_nested():
                said = _one(tx, store, session, message, turn, action, early)
        except ReelscoreError as refused:
            why[n] = conversing.said_of(refused)
        else:
            results.append(said)
    turn = conversing.refused_by_edge(turn, why) if why else turn
    return turn, {n: said for n, said in enumerate(results) if said is not None}


def _one(
    tx: Connection,
    store: Store,
    session: Session,
    message: Message,
    turn: Turn,
    action: Action,
    early: Timeline | None,
) -> Said | str | None:
    args = dict(action.args)
    if action.name == "export":
        _check_scope(message, "render")
        return _export(tx, store, session, message, turn, args, early)
    if action.name == "cancel":
        return _cancel(tx, store, session, turn.language)
    if action.name == "credits":
        return _credits(tx, session) if store.settings.accounts else conversing.frame("free", turn.language)
    if action.name == "status":
        return _status(tx, session, turn.language)
    if action.name == "upload" and args.get("url"):
        _check_scope(message, "upload")
        return _fetch(tx, session, message, str(args["url"]))
    if action.name == "upload":
        return Said(
            "Send the file to this session (upload, or a link to it), and it is part of the film.",
            "请把文件（或它的链接）上传到本会话，它就会加入影片。",
        )
    return None


def _check_scope(message: Message, scope: str) -> None:
    """Raises NotAllowedError where whoever said this could not ask for it in a call of its own either."""
    if scope in message.lacking:
        raise NotAllowedError(f'This needs a token with the scope "{scope}".', "Use one that has it.")


def _export(
    tx: Connection,
    store: Store,
    session: Session,
    message: Message,
    turn: Turn,
    args: Mapping[str, Plain],
    early: Timeline | None,
) -> Said:
    """`early`: the timeline as it was when it was said, before edits that came after it in the same message."""
    target = {name: value for name, value in args.items() if value is not None}
    as_it_was = early is not None and not early.requests
    wanted = {"draft": to_draft(early)} if as_it_was and early else {"version": turn.history.current}
    params = {**wanted, "target": target}
    shown = early if as_it_was and early else turn.history.timeline
    most = check_export(tx, store, session.account, target, shown).jobs
    job = jobs.start(tx, session.account, session.id, "render", params, message=message.id, most=most)
    return Said(
        f"The export is being rendered (job {job.id}); you will hear when the file is ready.",
        f"正在渲染导出（任务 {job.id}），文件完成时会通知您。",
    )


def _fetch(tx: Connection, session: Session, message: Message, url: str) -> Said:
    params = {"urls": [url]}
    jobs.start(tx, session.account, session.id, "understand", params, message=message.id)
    shown = url if len(url) <= 80 else f"{url[:77]}..."
    return Said(f"Fetching {shown}; what is said next waits for it.", f"正在获取 {shown}，之后的消息会等它完成。")


def _cancel(tx: Connection, store: Store, session: Session, language: str) -> Said | str:
    from reelscore.edges.jobs.endings import cancelled_in

    stopped = [job for job in _under_way(tx, session) if job.kind != "understand" and cancelled_in(tx, store, job)]
    if not stopped:
        return conversing.frame("idle", language)
    names = ", ".join(job.kind for job in stopped)
    kinds = "、".join(_CHINESE.get(job.kind, job.kind) for job in stopped)
    return Said(f"Stopped: {names}. Nothing of it was kept, and it cost nothing.", f"已停止：{kinds}。未扣除积分。")


def _credits(tx: Connection, session: Session) -> Said:
    held = ledger.balance(tx, session.account)
    frozen = f", {held.frozen} of them set aside for work under way" if held.frozen else ""
    kept = f"，其中 {held.frozen} 已为进行中的任务预留" if held.frozen else ""
    return Said(f"You have {held.total} credits{frozen}.", f"您有 {held.total} 积分{kept}。")


def _status(tx: Connection, session: Session, language: str) -> str:
    """What is under way, and what became of what was said to go on behind an answer: an export, a fetched file."""
    found = _under_way(tx, session)
    lines = ", ".join(f"{job.kind} {job.progress:.0%}" for job in found)
    zh = "、".join(f"{_CHINESE.get(job.kind, job.kind)} {job.progress:.0%}" for job in found)
    under_way = Said(f"Under way: {lines}.", f"进行中：{zh}。").in_language(language)
    told = [under_way if found else conversing.frame("idle", language)]
    told += [said.in_language(language) for said in _came_of(tx, session)]
    return ("" if language == "zh" else " ").join(told)


def _came_of(tx: Connection, session: Session) -> list[Said]:
    """How the session's latest export ended, and that its latest file could not be fetched."""
    said = []
    for job in jobs.listed(tx, session=session.id, kind="render", limit=1):
        if job.result is not None:
            name = job.result["filename"]
            said.append(Said(f"The last export is ready: {name}.", f"最近的导出已完成：{name}。"))
        elif job.state == "failed":
            why = _why(job)
            said.append(Said(f"The last export failed: {why.en}", f"最近的导出失败：{why.zh}"))
    readings = jobs.listed(tx, session=session.id, kind="understand", limit=_LATEST)
    fetched = next((job for job in readings if job.params.get("urls")), None)
    if fetched is not None and fetched.state == "failed":
        url, why = str(fetched.params["urls"][0])[:80], _why(fetched)
        said.append(Said(f"{url} was not fetched: {why.en}", f"未能获取 {url}：{why.zh}"))
    return said


def _why(job: Job) -> Said:
    return conversing.said_of(error_of(dict(job.error or {})))


def _under_way(tx: Connection, session: Session) -> list[Job]:
    return jobs.listed(tx, session=session.id, states=jobs.OPEN)


_CHINESE = {"music": "音乐", "render": "导出", "understand": "分析", "batch": "批处理"}
