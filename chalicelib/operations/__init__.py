"""What operators do with whole organizations: list, export and delete them, and trace what happened to a record."""
