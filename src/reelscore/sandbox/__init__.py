"""Runs work on untrusted files in a child process that can be limited, watched and killed.

The child is a fresh interpreter in its own process group. It gets a function's name and JSON arguments on its standard
input and answers on its standard output, one JSON object a line: progress, then a result or an error. Native libraries'
own output is thrown away. Whatever happens to the child (crash, no memory, too much CPU time), the caller gets one
readable MediaError; when the caller stops or dies, the child is gone.

* Address space, CPU time, file size and core dumps are limited by the system where it can (`resource`); resident
  memory is watched by the child itself, since no limit exists for it.
* The child lives as long as its standard input is open: the system closes it when the parent ends, however it ends.
* One that stays (`Standing`) does small jobs one after the other, since starting it costs more than they do.
* One that is started ahead (`start_ahead`) loads what its job will need while the caller still gets ready.

`jobs` is the side of the caller, `child` what runs in the child.
"""
