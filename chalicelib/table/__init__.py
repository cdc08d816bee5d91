"""The single table: keys, reads and transactions. No other package contains key text or calls DynamoDB."""
