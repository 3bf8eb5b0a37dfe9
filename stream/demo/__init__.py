"""What `dideban demo` shows and how: sample articles with what is expected of them, the worker as a child, the screen.

`articles.jsonl` holds an article a line, as `dideban replay` takes it (one line is broken on purpose); `.txt` and
`.html` files are one article each. The texts are written for this demo: the events are real and public, the wording is
ours and of no outlet. `expectations.json` names each line or file in the order of sending, with `alert:TYPE`,
`update:TYPE`, `cancel:TYPE`, or `quiet: why`.
"""
