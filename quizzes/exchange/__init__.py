"""Questions in and out: files of other systems and of our own template.

A file goes one way: `reading` tells what it is, a reader (`gift`, `moodle`, `template`) makes `Found` questions of it,
`checking` holds them against the rules of their kinds, `planning` against what is there. Nothing is written before
somebody has seen all of that; see `quizzes.actions.importing`.
"""
