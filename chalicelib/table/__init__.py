"""The single table: keys, reads, transactions. The only package that knows key text and talks to DynamoDB."""
