"""Clock, ids, JSON, errors, log, metrics, queues and settings. Knows nothing of this project."""
