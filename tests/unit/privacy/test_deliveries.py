"""Who signed for a delivery is hidden, in whatever language the carrier reports it."""

import time
from typing import Any, ClassVar

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.privacy.deliveries import DELIVERED, FIXED_WORDS, says_delivered, without_signers
from chalicelib.shipments.schemas import ShipmentStatus

REPORTED = [
    "delivered",
    "Delivered",
    "DELIVERED, FRONT DOOR",
    "Shipment delivered",
    "Delivered to neighbour",
    "Delivered to household of J HALVORSEN",
    "Package has been delivered",
    "Delivery completed",
    "Proof of delivery available",
    "Signed for by J HALVORSEN",
    "Signed by: J. HALVORSEN",
    "Signature: J HALVORSEN",
    "Received by customer J HALVORSEN",
    "Picked up by recipient",
    "Left with neighbor",
    "Left at front door",
    "Handed to resident",
    "Order No 5 delivered",
    "Customer not home, delivered to neighbour J HALVORSEN",
    "Nicht angetroffen - beim Nachbarn abgegeben",
    "Zugestellt",
    "Die Sendung wurde zugestellt",
    "Sendung an J HALVORSEN zugestellt",
    "An Nachbarn übergeben",
    "Dem Empfänger ausgehändigt",
    "Vom EMPFAENGER quittiert",
    "Zustellung erfolgreich",
    "Abgeholt durch den Empfänger",
    "Am gewünschten Ablageort abgelegt",
    "Entregado",
    "El envío ha sido entregado a J HALVORSEN",
    "Entrega realizada",
    "Firmado por J HALVORSEN",
    "Recibido por el destinatario",
    "Livré",
    "LIVREE",
    "Votre colis a été livré",
    "Livraison effectuée",
    "Distribué",
    "Remis au gardien",
    "Remis en boîte aux lettres",
    "Remis contre signature",
    "Retiré par le destinataire",
    "Entregue",
    "Objeto entregue ao destinatário",
    "Recebido pelo porteiro J HALVORSEN",
    "Entrega efetuada",
    "Assinado por J HALVORSEN",
    "Votre colis a e\u0301te\u0301 livre\u0301",
    "Delivered - Left at door",
    "Your item was delivered in or at the mailbox at 1:05 pm",
    "Delivered, In/At Mailbox",
    "Delivered, Left with Individual",
    "Left with individual",
    "Delivered to an access point",
    "Parcel collected by customer",
    "Item delivered. Signed by: HALVORSEN",
    "Recipient signed",
    "Delivery complete",
    "Consignment delivered",
    "Die Sendung wurde erfolgreich zugestellt.",
    "Das Paket wurde dem Empfänger persönlich übergeben",
    "Die Sendung wurde von J Halvorsen entgegengenommen",
    "Die Sendung wurde im Briefkasten zugestellt",
    "Empfänger hat unterschrieben",
    "Zustellung an Nachbarn",
    "Paket im Briefkasten eingeworfen",
    "Entregado al destinatario",
    "Entrega efectuada en buzón",
    "El destinatario ha recogido el envío",
    "Recogido en oficina por el cliente",
    "Votre colis a été remis à un voisin",
    "Colis remis au destinataire",
    "Votre envoi est distribué dans la boîte aux lettres",
    "Colis livré au destinataire",
    "Retiré au point relais",
    "Le destinataire a récupéré son colis",
    "O destinatário retirou",
    "Entregue ao porteiro",
    "Encomenda entregue",
    "Envio entregue",
    "Entrega conseguida",
    "Delivered to PO Box",
    "POD signed J HALVORSEN",
    "Accepted by J HALVORSEN",
    "Received by: J HALVORSEN",
    "Quittiert von: J HALVORSEN",
    "Recibido por: J HALVORSEN",
    "Reçu par J HALVORSEN",
    "Recebido por J HALVORSEN",
    "Übergeben an J HALVORSEN",
    "Remis à J HALVORSEN",
    "Handed over to J HALVORSEN",
    "Zustellung erfolgt",
]
NOT_REPORTED = [
    "",
    "In transit",
    "Out for delivery",
    "Delivery attempted",
    "Delivery attempt failed",
    "Not delivered",
    "Undelivered",
    "Could not be delivered",
    "We couldn't deliver your parcel",
    "Will be delivered tomorrow",
    "To be delivered by 8 pm",
    "Estimated to be delivered on Monday",
    "Scheduled for delivery",
    "Signature required",
    "Accepted at USPS origin facility",
    "Picked up by the carrier",
    "Received by carrier",
    "Left the sorting centre",
    "Delivery exception",
    "In Zustellung",
    "Wird heute zugestellt",
    "Konnte nicht zugestellt werden",
    "Zustellversuch nicht erfolgreich",
    "Zustellung nicht erfolgreich",
    "Abgeholt von DHL",
    "Unterschrift erforderlich",
    "En reparto",
    "No entregado",
    "No ha podido ser entregado",
    "Será entregado mañana",
    "Entrega fallida",
    "Recogido por el transportista",
    "En cours de livraison",
    "Sera livré demain",
    "N'a pas pu être livré",
    "Non livré",
    "Remis au transporteur",
    "Prise en charge par le transporteur",
    "Saiu para entrega",
    "Não entregue",
    "Será entregue amanhã",
    "Entrega prevista para hoje",
    "Retirado pelo transportador",
    "Delivered to courier for delivery tomorrow",
    "Arrived at delivery facility",
    "On vehicle for delivery",
    "Delivery rescheduled",
    "Notice left (no authorized recipient available)",
    "Available for pickup",
    "Held at post office, at customer request",
    "Accepted at origin",
    "Package accepted by carrier",
    "Accepted by USPS",
    "Received by our delivery partner",
    "Received by DHL eCommerce",
    "Received at facility",
    "Received by Royal Mail",
    "Handed over to carrier",
    "Handed over to local delivery partner",
    "Delivery to neighbour requested",
    "Customer requested delivery to neighbour",
    "Die Sendung wurde in das Zustellfahrzeug geladen",
    "Übergeben an den Zusteller",
    "Zustellung heute geplant",
    "Die Zustellung erfolgt morgen",
    "Voraussichtliche Zustellung",
    "Abholbereit",
    "Vom Absender abgeholt",
    "En tránsito",
    "Programado para entrega",
    "Llegada a delegación de entrega",
    "Recogido por la mensajería",
    "Entregado a Correos",
    "Votre colis est en cours de livraison",
    "Avis de passage",
    "Livraison prévue",
    "Livraison impossible",
    "Prêt à être livré",
    "Remis à La Poste",
    "Reçu par le centre de tri",
    "Objeto saiu para entrega ao destinatário",
    "Tentativa de entrega não efetuada",
    "Aguardando retirada",
    "Entrega não realizada",
    "A entrega não foi efetuada",
    "Recebido pela unidade dos Correios",
    "Redelivery arranged",
    "Signature confirmation",
    "Delivery failed - not delivered",
]


def checkpoint(status: str, hour: int, **more: Any) -> dict[str, Any]:
    return {"status": status, "checkpoint_time": f"2026-01-16T{hour:02}:00:00.000Z", **more}


class TestWords:
    @pytest.mark.parametrize("words", REPORTED)
    def test_that_report_a_delivery(self, words: str) -> None:
        assert says_delivered({"status": words})
        assert says_delivered({"status": "info", "status_detail": words})

    @pytest.mark.parametrize("words", NOT_REPORTED)
    def test_that_do_not(self, words: str) -> None:
        assert not says_delivered({"status": words})
        assert not says_delivered({"status": "info", "status_detail": words})

    @pytest.mark.parametrize("status", [status for status in ShipmentStatus.__args__ if status != DELIVERED])  # type: ignore[attr-defined]
    def test_our_own_statuses_mean_what_they_say(self, status: str) -> None:
        assert not says_delivered({"status": status})

    def test_of_any_length_are_read_fast(self) -> None:
        # Two hundred checkpoints of one shipment at their longest.
        for words in ("the " * 1250, "handed to the " * 350, "signed, " * 600, "not delivered " * 350):
            begin = time.process_time()
            for _ in range(20):
                says_delivered({"status": words[:200], "status_detail": words})
            assert time.process_time() - begin < 1


class TestHiding:
    SIGNED: ClassVar[dict[str, Any]] = {
        "status_detail": "J HALVORSEN",
        "location": "12 Elm St, J HALVORSEN",
        "city": "Reno",
        "country": "US",
        "postal_code": "89501",
        "latitude": 1,
        "longitude": 2,
        "carrier_status_code": "HALVORSEN",
    }
    PLACE: ClassVar[dict[str, Any]] = {"city": "Reno", "country": "US"}

    @pytest.mark.parametrize("words", REPORTED)
    def test_nothing_of_the_signer_is_left_from_the_delivery_on(self, words: str) -> None:
        before = checkpoint("in_transit", 8, status_detail="Left the depot", location="Depot")
        signed = checkpoint(f"{words} (J HALVORSEN)", 9, **self.SIGNED)
        after = checkpoint("Signature captured for J HALVORSEN", 10, **self.SIGNED)
        returned = checkpoint("returned", 11, **self.SIGNED)
        shown = without_signers("in_transit", [before, signed, after, returned], words=FIXED_WORDS)
        fixed = {"status": DELIVERED, "status_detail": FIXED_WORDS, **self.PLACE}
        assert shown == [
            before,
            {**fixed, "checkpoint_time": signed["checkpoint_time"]},
            {**fixed, "checkpoint_time": after["checkpoint_time"]},
            {"status": "returned", "checkpoint_time": returned["checkpoint_time"], **self.PLACE},
        ]

    def test_where_no_checkpoint_reports_the_delivery_it_is_the_newest(self) -> None:
        depot, door = checkpoint("in_transit", 8, status_detail="Depot"), checkpoint("J HALVORSEN", 9, **self.SIGNED)
        shown = without_signers(DELIVERED, [depot, door], words=FIXED_WORDS)
        assert shown[0] == depot
        assert shown[1] == {**checkpoint(DELIVERED, 9), "status_detail": FIXED_WORDS, **self.PLACE}

    def test_a_shipment_on_its_way_shows_everything(self) -> None:
        points = [checkpoint("Out for delivery", 8, **self.SIGNED)]
        assert without_signers("out_for_delivery", points) == points

    def test_a_shipment_without_checkpoints_has_nothing_to_hide(self) -> None:
        assert without_signers(DELIVERED, []) == []

    @given(st.sampled_from(REPORTED), st.text(min_size=1, max_size=20).filter(str.strip), st.booleans())
    def test_any_name_beside_the_words_is_hidden(self, words: str, name: str, in_status: bool) -> None:
        fields = (
            {"status": f"{words}: {name}"} if in_status else {"status": "info", "status_detail": f"{words}: {name}"}
        )
        shown = without_signers("in_transit", [{"checkpoint_time": "2026-01-16T10:00:00.000Z", **fields}])
        assert shown == [{"status": DELIVERED, "checkpoint_time": "2026-01-16T10:00:00.000Z"}]

    def test_a_part_of_the_checkpoints_is_hidden_by_when_the_whole_was_delivered(self) -> None:
        late = checkpoint("J HALVORSEN", 10, **self.SIGNED)
        assert without_signers("in_transit", [late]) == [late]
        assert without_signers("in_transit", [late], since=checkpoint(DELIVERED, 9)["checkpoint_time"]) == [
            {**checkpoint(DELIVERED, 10), **self.PLACE}
        ]
