"""Clock, ids, JSON, errors, log, metrics, queues, AWS clients and settings. Imports nothing else of this project."""
