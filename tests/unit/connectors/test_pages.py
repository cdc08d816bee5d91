"""The pages of the platforms show the tables that the code has."""

import re

from chalicelib.connectors.shipstation import mapping
from chalicelib.connectors.shopify import consent, documents, words
from local.places import ROOT


def rows(page: str, heading: str) -> dict[str, list[str]]:
    """The rows of the table that begins with this heading, by their first cell."""
    text = (ROOT / f"docs/connectors/{page}.md").read_text()
    table = text.partition(f"| {heading} |")[2].partition("\n\n")[0]
    cells = [[cell.strip() for cell in line.strip("|").split("|")] for line in table.splitlines()[2:]]
    return {row[0].strip("`"): [cell.strip("`") for cell in row[1:]] for row in cells}


class TestShopify:
    def test_statuses(self) -> None:
        assert rows("shopify", "`displayFinancialStatus`") == {key: [ours] for key, ours in words.PAYMENT.items()}
        assert rows("shopify", "a fulfilment's `displayStatus`") == {
            key: [ours] for key, ours in words.SHIPMENT.items()
        }
        assert rows("shopify", "`displayFulfillmentStatus`") == {
            key: [words.ORDER.get(key, ""), ours] for key, ours in words.FULFILLMENT.items()
        }

    def test_version_and_scopes(self) -> None:
        text = (ROOT / "docs/connectors/shopify.md").read_text()
        assert f"GraphQL Admin API, version {documents.API_VERSION}" in " ".join(text.split())
        assert ",".join(consent.SCOPES) in text


class TestShipStation:
    def test_carriers_and_movements(self) -> None:
        assert rows("shipstation", "ShipStation's carrier") == {key: [ours] for key, ours in mapping.CARRIERS.items()}
        shown = rows("shipstation", "`tracking_status` (V2)")
        assert shown.pop("other") == ["label_created"]
        assert shown == {key: [ours] for key, ours in mapping.MOVING.items()}

    def test_units(self) -> None:
        text = (ROOT / "docs/connectors/shipstation.md").read_text()
        [sentence] = re.findall(r"Units are shortened: .*", text)
        assert all(f"`{unit}`" in sentence for unit in mapping.UNITS.values())
