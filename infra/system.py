"""The functions and queues of the system. Alarms, roles, event source mappings and limits are generated from it."""

from dataclasses import dataclass

from infra.spending import RunSpending

DAY = 24 * 3600


@dataclass(frozen=True)
class Queue:
    """A standard queue, its dead-letter queue, and how its function receives messages from it."""

    name: str
    batch_size: int
    max_concurrency: int
    oldest_message_alarm_seconds: int
    batching_window_seconds: int = 0
    max_receive_count: int = 5

    @property
    def logical_id(self) -> str:
        return logical_id_of(self.name)


def logical_id_of(queue_name: str) -> str:
    return f"{queue_name.title().replace('_', '')}Queue"


@dataclass(frozen=True)
class Job:
    """A type of due work that a scheduled function does. `name` is its name in the due index."""

    name: str
    every_seconds: int
    lag_alarm_seconds: int

    @property
    def logical_id(self) -> str:
        return f"{self.name.title().replace('_', '')}Due"


@dataclass(frozen=True)
class Function:
    """A Lambda function. `name` is its name in app.py; `grants` are permissions beside its queues and its log."""

    name: str
    timeout_seconds: int
    memory_mb: int
    grants: tuple[str, ...]
    spends: RunSpending | None
    """None for the API: each of its routes has a bound of its own."""
    queue: Queue | None = None
    sends_to: tuple[str, ...] = ()
    reads_stream: bool = False
    jobs: tuple[Job, ...] = ()
    fans_out: bool = False
    """Whether each shard of the due index has a run of its own."""
    invokes: tuple[str, ...] = ()
    """Functions that it invokes synchronously."""

    @property
    def logical_id(self) -> str:
        if self.name == "api_handler":
            return "APIHandler"
        return self.name.title().replace("_", "")

    @property
    def scheduled(self) -> bool:
        return bool(self.jobs)

    @property
    def dead_letters(self) -> str | None:
        """The logical id of the dead-letter queue; None for functions whose caller waits and sees the error."""
        if self.queue:
            return f"{self.queue.logical_id}DeadLetters"
        if self.reads_stream or self.scheduled:
            return f"{self.logical_id}DeadLetters"
        return None


EVENTS = Queue("events", batch_size=10, max_concurrency=20, oldest_message_alarm_seconds=300)
# A slow receiver can occupy a function for up to a minute, and up to this many functions at once.
DELIVERIES = Queue("deliveries", batch_size=10, max_concurrency=50, oldest_message_alarm_seconds=900)
# Deliveries to receivers that took long recently, deferred ones, and replays (chalicelib/webhooks/lanes.py). Most take
# ten seconds anyway: a few more, in which a batch fills up, delay nobody noticeably and save most of what Lambda costs.
SLOW_DELIVERIES = Queue(
    "slow_deliveries",
    batch_size=10,
    max_concurrency=20,
    oldest_message_alarm_seconds=1800,
    batching_window_seconds=5,
)
ALERTS = Queue("alerts", batch_size=10, max_concurrency=10, oldest_message_alarm_seconds=300)
MAIL = Queue("mail", batch_size=10, max_concurrency=5, oldest_message_alarm_seconds=300)
CLEANUP = Queue("cleanup", batch_size=1, max_concurrency=5, oldest_message_alarm_seconds=3600)
# A shop can occupy a function for five minutes, and up to this many functions at once.
BRIDGE_WORK = Queue("bridges", batch_size=1, max_concurrency=50, oldest_message_alarm_seconds=900)
# Five calls of 20 s at most.
TRACKING = Queue("tracking", batch_size=5, max_concurrency=10, oldest_message_alarm_seconds=900)
# Many events share a day's counters, and many changes an end user, so they are counted together. The window is how far
# the overview may be behind.
FIGURES = Queue(
    "figures", batch_size=100, max_concurrency=5, oldest_message_alarm_seconds=900, batching_window_seconds=5
)
QUEUES = (EVENTS, DELIVERIES, SLOW_DELIVERIES, ALERTS, MAIL, CLEANUP, BRIDGE_WORK, TRACKING, FIGURES)

EVERY_MINUTE, EVERY_FIVE, HOURLY = 60, 300, 3600
RETRIES = (Job("delivery", EVERY_MINUTE, 300), Job("webhook", EVERY_MINUTE, 300))
REQUESTS = (Job("action_request", EVERY_FIVE, 900),)
PAGES = (Job("tracking_page", EVERY_FIVE, 900),)
BRIDGES = (Job("pending_bridge", HOURLY, 7200),)

WORK = (Job("bridge_work", EVERY_MINUTE, 900),)

SHIPMENTS = (
    Job("shipment", EVERY_MINUTE, 900),
    Job("carrier_report", EVERY_MINUTE, 300),
    Job("tracker", EVERY_MINUTE, 900),
)

DISPATCHED = ("deliveries", "slow_deliveries", "alerts", "mail", "cleanup", "bridges", "tracking", "figures")
ALL_CHANGES = ("table_read", "table_write", "table_delete")
CHANGING_DELIVERIES = ("delivery_read", "index_read", "delivery_write", "counters_update")
DELIVERING = (*CHANGING_DELIVERIES, "attempt_batch_write", "kms_decrypt_webhooks")
ALERTING = ("alert_read", "alert_write", "notification_delete", "counters_update")
COUNTING = ("sums_read", "sums_write", "figures_update")
MAILING = ("mail_read", "mail_write", "kms_decrypt_server_key", "mail_send")
BOTH_LANES = ("deliveries", "slow_deliveries")

# What runs spend at most, by unit of work. docs/spending.md explains the numbers.
SUBSCRIPTIONS = "the subscriptions of an end user, 100 items of 5 KB"
RELAYED = RunSpending(of="change", most=100, reads=0, writes=0, messages=1)
MATCHED = RunSpending(of="event", most=10, reads=150, writes=0, messages=10, why=SUBSCRIPTIONS)
DELIVERED = RunSpending(
    of="delivery",
    most=40_000,
    reads=110,
    writes=60,
    messages=1,
    calls="one, 10 s",
    why="a message may ask for 4,000 deliveries that wait; begun within 40 s; a retry reads its event, 400 KB",
)
TESTED = RunSpending(of="test", most=1, reads=4, writes=4, calls="one, 10 s")
VISITED = RunSpending(
    of="page of a shop's records",
    most=300,
    reads=12_000,
    writes=12_000,
    messages=2,
    calls="to one shop, 30 s each, begun within 270 s",
    why="a batch of the Sync API",
)
STARTED = RunSpending(of="bridge", most=50_000, reads=4, writes=6, messages=1, why="40 s")
EVALUATED = RunSpending(
    of="message", most=10, reads=100, writes=2_800, messages=1, why="five rules, each with an event of 256 KB"
)
MAILED = RunSpending(
    of="message", most=10, reads=4_600, writes=30, letters=1, why="an order with all that belongs to it"
)
CLEANED = RunSpending(
    of="record", most=401, reads=260, writes=1_800, messages=1, why="two items of 400 KB, removed or moved"
)
REGISTERED = RunSpending(of="shipment", most=5, reads=10, writes=12, calls="one, 20 s")
COUNTED = RunSpending(of="message", most=100, reads=8, writes=510, why="an event of 256 KB, and two counters")
WATCHED = RunSpending(of="shipment", most=70_000, reads=420, writes=1_700, messages=1, why="a shipment of 400 KB; 70 s")
RETRIED = RunSpending(of="delivery", most=40_000, reads=8, writes=10, messages=1, why="36 s")
REQUEST_EXPIRED = RunSpending(of="request", most=50_000, reads=4, writes=60, why="180 s")
PAGE_EXPIRED = RunSpending(of="page", most=50_000, reads=4, writes=6, why="180 s")
BRIDGE_SWEPT = RunSpending(of="bridge", most=50_000, reads=8, writes=40, why="180 s")

FUNCTIONS = (
    # API Gateway times out after 29 s. From 1,769 MB on, a function has a whole vCPU.
    # It sends to a queue only when a person requests a retry or replay of deliveries, or a platform posts a webhook.
    Function(
        "api_handler",
        29,
        1769,
        (*ALL_CHANGES, "table_batch_write", "kms_both", "credentials_read"),
        None,
        sends_to=("deliveries", "slow_deliveries", "bridges"),
        invokes=("send_webhook_tests", "work_on_bridges"),
    ),
    Function("relay_events", 60, 512, ("stream_read",), RELAYED, sends_to=("events", "figures"), reads_stream=True),
    Function("dispatch_events", 60, 1024, ("subscription_read",), MATCHED, EVENTS, sends_to=DISPATCHED),
    Function("deliver_webhooks", 60, 1024, DELIVERING, DELIVERED, DELIVERIES, sends_to=BOTH_LANES),
    Function("deliver_slow_webhooks", 60, 1024, DELIVERING, DELIVERED, SLOW_DELIVERIES, sends_to=BOTH_LANES),
    # An attempt takes 10 s at most. The API waits up to 26 s for the function (chalicelib/kit/aws.py).
    Function("send_webhook_tests", 20, 512, ("webhook_read", "attempt_write", "kms_decrypt_webhooks"), TESTED),
    # A task has 270 s to begin its last call (chalicelib/connectors/worker.py), which takes 30 s at most.
    Function(
        "work_on_bridges",
        330,
        1024,
        (*ALL_CHANGES, "table_batch_write", "kms_bridges", "credentials_read"),
        VISITED,
        BRIDGE_WORK,
        ("bridges",),
    ),
    Function(
        "register_trackers", 120, 512, ("tracker_read", "tracker_write", "kms_decrypt_tracking"), REGISTERED, TRACKING
    ),
    Function("count_figures", 60, 512, COUNTING, COUNTED, FIGURES),
    Function(
        "watch_shipments", 100, 512, ("table_read", "report_write"), WATCHED, sends_to=("tracking",), jobs=SHIPMENTS
    ),
    Function("start_due_work", 50, 512, ("table_read", "work_update"), STARTED, sends_to=("bridges",), jobs=WORK),
    Function("evaluate_alerts", 60, 1024, ALERTING, EVALUATED, ALERTS, sends_to=("alerts",)),
    Function("send_mail", 60, 512, MAILING, MAILED, MAIL),
    Function(
        "clean_up",
        300,
        1024,
        ("table_read", "removal_write", "totals_update", "kms_decrypt_server_key"),
        CLEANED,
        CLEANUP,
        sends_to=("cleanup",),
    ),
    Function(
        "retry_deliveries", 50, 512, CHANGING_DELIVERIES, RETRIED, sends_to=BOTH_LANES, jobs=RETRIES, fans_out=True
    ),
    Function(
        "expire_action_requests",
        240,
        512,
        ("table_read", "request_write", "totals_update"),
        REQUEST_EXPIRED,
        jobs=REQUESTS,
    ),
    Function("expire_tracking_pages", 240, 512, ("table_read", "page_write"), PAGE_EXPIRED, jobs=PAGES),
    Function(
        "sweep_pending_bridges",
        240,
        512,
        ("table_read", "bridge_delete", "event_put", "totals_update"),
        BRIDGE_SWEPT,
        jobs=BRIDGES,
    ),
)

# Routes that need no credential, or one that is public. The gateway throttles each of them by itself
# (`GuestRequestsPerSecond`) before a function runs; the function then limits requests per address.
GUEST_ROUTES = (
    *(
        (method, f"{prefix}{path}")
        for prefix in ("/api/v1/embed", "/api/embed")
        for method, path in (
            ("GET", "/config"),
            ("POST", "/sessions/auto"),
            ("GET", "/tracking-pages/view/{token}"),
        )
    ),
    *(
        (method, path)
        for method in ("GET", "HEAD")
        for path in (
            "/t/{token}",
            "/o/{organization}/{token}",
            "/client.js",
            "/client.d.ts",
            "/embed.js",
            "/assets/{asset}",
            "/portal",
            "/portal/gallery",
            "/console",
            "/console/tracking-preview",
            "/health",
            "/openapi.json",
            "/docs",
            "/docs/{asset}",
        )
    ),
    ("POST", "/o/{organization}/{token}/cancel"),
    ("POST", "/hooks/bridges/{bridge}"),
    ("POST", "/hooks/{type}"),
    ("POST", "/hooks/tracking/{token}"),
    ("GET", "/unsubscribe/{token}"),
    ("HEAD", "/unsubscribe/{token}"),
    ("POST", "/unsubscribe/{token}"),
    ("GET", "/connect/{type}/oauth/authorize"),
    ("POST", "/connect/{type}/oauth/authorize"),
    ("GET", "/connect/{type}/oauth/callback"),
    ("POST", "/connect/{type}/callback/{state}"),
    ("GET", "/connect/{type}/return/{state}"),
    ("GET", "/storefront/v1/orders/track/{token}"),
    ("POST", "/storefront/v1/orders/access/request"),
    ("POST", "/storefront/v1/orders/access/verify"),
    ("GET", "/storefront/v1/orders/access/detail"),
)
