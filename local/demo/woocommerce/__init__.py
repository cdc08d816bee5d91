"""A shop that behaves like WooCommerce 11 as far as a connector can see, for `make run` and tests.

What it imitates was seen at a real shop: what lists leave out, times in whole seconds, answers to keys that may only
read, numbers that are text, webhooks that switch themselves off. It keeps a log of whatever was done to it.
"""
