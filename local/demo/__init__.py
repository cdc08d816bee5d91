"""What a newcomer sees beside the API: somebody who receives webhooks, and a bridge service."""
