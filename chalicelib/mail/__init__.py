"""Mail to customers, in the organization's name: from an event to a queue, from the queue to SES."""
