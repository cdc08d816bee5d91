"""The event of a bounced e-mail that SES puts on the default event bus, in the form of its documentation."""

from typing import Any

from chalicelib.kit import clock, ids


def bounce(
    tags: list[dict[str, str]], configuration_set: str, to: str, ses_message_id: str | None = None
) -> dict[str, Any]:
    """The event for an e-mail that was sent with `tags`."""
    at, message_id = clock.timestamp(), ses_message_id or f"0100-{ids.new_id()}-000000"
    headers = [{"name": "To", "value": to}, {"name": "Subject", "value": "Your order"}]
    return {
        "version": "0",
        "id": ids.new_id(),
        "detail-type": "Email Bounced",
        "source": "aws.ses",
        "account": "000000000000",
        "time": at,
        "region": "us-east-1",
        "resources": [f"arn:aws:ses:us-east-1:000000000000:configuration-set/{configuration_set}"],
        "detail": {
            "eventType": "Bounce",
            "bounce": {
                "bounceType": "Permanent",
                "bounceSubType": "General",
                "bouncedRecipients": [{"emailAddress": to, "action": "failed", "status": "5.1.1"}],
                "timestamp": at,
                "feedbackId": f"0100-{ids.new_id()}-000000",
                "reportingMTA": "dns; a0-0.smtp-out.amazonses.com",
            },
            "mail": {
                "timestamp": at,
                "source": "Acme <orders@example.com>",
                "sendingAccountId": "000000000000",
                "messageId": message_id,
                "destination": [to],
                "headersTruncated": False,
                "headers": headers,
                "commonHeaders": {"to": [to], "messageId": message_id, "subject": "Your order"},
                "tags": {
                    "ses:operation": ["SendEmail"],
                    "ses:configuration-set": [configuration_set],
                    "ses:recipient-isp": ["UNKNOWN_ISP"],
                    "ses:source-ip": ["192.0.2.1"],
                    "ses:from-domain": ["example.com"],
                    "ses:caller-identity": ["send-mail"],
                    **{tag["Name"]: [tag["Value"]] for tag in tags},
                },
            },
        },
    }
