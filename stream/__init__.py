"""Dideban: real-time alerting for Persian newsrooms.

    bytes ─▶ read ─▶ normalise ─▶ tag ─▶ detect ─▶ [mentions] ─▶ correlate ─▶ decide ─▶ [alerts]
               │                                                      │
               └▶ [articles.rejected]                                 └▶ Hold(reason)

core/      computes: no clock, file, socket or broker       rulebook/  data an editor can change
service/   alone knows Faust, Kafka and metrics             commands/  what `dideban` does, one file a verb
broker/    Apache Kafka from Python packages                demo/      sample articles
"""

__version__ = "0.1.0"
