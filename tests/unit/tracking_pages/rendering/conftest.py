import pytest


@pytest.fixture(autouse=True)
def cloud() -> None:
    """None: a page is made from a view alone, so the account every other test gets would only cost time."""
