"""Headers that keep an answer from being taken for what it is not. On every one, the gateway's own included."""

SECURITY_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "no-store",
    "Strict-Transport-Security": "max-age=31536000; includeSubDomains",
    "Referrer-Policy": "no-referrer",
    # An answer that is opened as a page may load nothing and stand in no frame. Pages bring their own policy.
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
}
