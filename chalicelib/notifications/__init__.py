"""What an end user was notified of, and what they have read or dismissed."""
