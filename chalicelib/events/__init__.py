"""The event log, which is also the outbox: every change writes its event in its own transaction."""
