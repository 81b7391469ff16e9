"""Says things to sessions as a client would that repeats what got no answer: with the same keys."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from reelscore.edges.jobs import jobs, queues, turns
from reelscore.edges.settings import read_settings
from reelscore.edges.storage.store import Store
from reelscore.values.command import Step


def main() -> None:
    """Arguments: account, file of [{"session", "key", "steps"} or {"session", "key", "render"}]."""
    account, script = sys.argv[1], json.loads(Path(sys.argv[2]).read_text(encoding="utf-8"))
    store = Store(read_settings())
    queues.prepare(store.database)
    for line in script:
        if "render" in line:
            with store.database.write() as tx:
                params = {"target": line["render"]}
                jobs.start(tx, account, line["session"], "render", params, client_id=line["key"])
        else:
            steps = [Step(name, tuple(args.items())) for name, args in line["steps"]]
            turns.edit(store, account, line["session"], steps, key=line["key"])


if __name__ == "__main__":
    main()
