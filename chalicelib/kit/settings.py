"""Environment variables of the functions, typed and read once."""

import os
from dataclasses import dataclass
from functools import cache


@dataclass(frozen=True, slots=True)
class Settings:
    stage: str
    function: str
    table_name: str
    kms_key_id: str
    events_queue_url: str
    deliveries_queue_url: str
    slow_deliveries_queue_url: str
    alerts_queue_url: str
    mail_queue_url: str
    cleanup_queue_url: str
    bridges_queue_url: str
    tracking_queue_url: str
    figures_queue_url: str
    send_webhook_tests_function: str
    work_on_bridges_function: str
    mail_from: str
    mail_configuration_set: str
    public_base_url: str
    allow_loopback: bool
    """Allow loopback receivers over plain http. Only the stage `local` may set it."""
    platform_credentials: str
    """The SSM parameter with the deployment's own credentials at platforms; empty if it has none."""
    platform_hosts: tuple[tuple[str, str], ...]
    """Hosts of platforms (`*.` for any below) and the local servers that stand in for them. Only the stage `local` may
    have any."""


class LoopbackNotAllowed(RuntimeError):
    """ALLOW_LOOPBACK or PLATFORM_HOSTS is set on a deployed stage, where it would let webhooks reach the function's own
    host, or send credentials elsewhere than to their platform."""


@cache
def settings() -> Settings:
    env = os.environ.get
    stage = env("STAGE", "")
    allow_loopback = env("ALLOW_LOOPBACK", "") == "1"
    if allow_loopback and stage != "local":
        raise LoopbackNotAllowed(f"ALLOW_LOOPBACK is set on stage {stage!r}; only the stage 'local' may set it")
    platform_hosts = env("PLATFORM_HOSTS", "")
    if platform_hosts and stage != "local":
        raise LoopbackNotAllowed(f"PLATFORM_HOSTS is set on stage {stage!r}; only the stage 'local' may set it")
    return Settings(
        stage=stage,
        function=env("FUNCTION", ""),
        table_name=env("TABLE_NAME", "orderly-embed"),
        kms_key_id=env("KMS_KEY_ID", ""),
        events_queue_url=env("EVENTS_QUEUE_URL", ""),
        deliveries_queue_url=env("DELIVERIES_QUEUE_URL", ""),
        slow_deliveries_queue_url=env("SLOW_DELIVERIES_QUEUE_URL", ""),
        alerts_queue_url=env("ALERTS_QUEUE_URL", ""),
        mail_queue_url=env("MAIL_QUEUE_URL", ""),
        cleanup_queue_url=env("CLEANUP_QUEUE_URL", ""),
        bridges_queue_url=env("BRIDGES_QUEUE_URL", ""),
        tracking_queue_url=env("TRACKING_QUEUE_URL", ""),
        figures_queue_url=env("FIGURES_QUEUE_URL", ""),
        send_webhook_tests_function=env("SEND_WEBHOOK_TESTS_FUNCTION", ""),
        work_on_bridges_function=env("WORK_ON_BRIDGES_FUNCTION", ""),
        mail_from=env("MAIL_FROM", ""),
        mail_configuration_set=env("MAIL_CONFIGURATION_SET", ""),
        public_base_url=env("PUBLIC_BASE_URL", "").rstrip("/"),
        allow_loopback=allow_loopback,
        platform_credentials=env("PLATFORM_CREDENTIALS", ""),
        platform_hosts=tuple(_pair(each) for each in platform_hosts.split(",") if each.strip()),
    )


def _pair(text: str) -> tuple[str, str]:
    host, _, address = text.partition("=")
    return host.strip().lower(), address.strip().rstrip("/")
