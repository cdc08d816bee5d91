"""Webhooks: where they may point, how one attempt is made and signed, when the next one is."""
