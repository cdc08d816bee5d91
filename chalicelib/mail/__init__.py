"""E-mails to customers in the organization's name: from an event to the mail queue, from the queue to SES."""
