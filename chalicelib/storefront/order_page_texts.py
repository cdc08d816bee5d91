"""The words of the order page, in the languages that the tracking page has."""

from collections.abc import Mapping
from typing import Final, NamedTuple

from chalicelib.tracking_pages.texts import Words


class Texts(NamedTuple):
    statuses: Mapping[str, Words]
    items: str
    order: str
    number: str
    ordered: str
    total: str
    to: str
    unknown: Words
    unknown_advice: str


TEXTS: Final[dict[str, Texts]] = {
    "en": Texts(
        statuses={
            "PENDING": Words("Awaiting payment", "Your order is placed. The shop is waiting for the payment."),
            "CONFIRMED": Words("Order confirmed", "The shop has your order and your payment."),
            "PROCESSING": Words("Being prepared", "The shop is getting your order ready."),
            "SHIPPED": Words("On its way", "Your order has left the shop."),
            "DELIVERED": Words("Delivered", "Your order has arrived."),
            "CANCELLED": Words("Cancelled", "This order was cancelled."),
            "REFUNDED": Words("Refunded", "The payment for this order was returned."),
        },
        items="Items",
        order="Order",
        number="Order number",
        ordered="Ordered",
        total="Total",
        to="Ships to",
        unknown=Words("No such order", "This link leads to no order, or not any more."),
        unknown_advice="Check that the link is complete, or ask the shop.",
    ),
    "de": Texts(
        statuses={
            "PENDING": Words("Wartet auf Zahlung", "Ihre Bestellung ist eingegangen, die Zahlung noch nicht."),
            "CONFIRMED": Words("Bestellung bestätigt", "Der Shop hat Ihre Bestellung und Ihre Zahlung."),
            "PROCESSING": Words("In Vorbereitung", "Der Shop macht Ihre Bestellung fertig."),
            "SHIPPED": Words("Unterwegs", "Ihre Bestellung hat den Shop verlassen."),
            "DELIVERED": Words("Zugestellt", "Ihre Bestellung ist angekommen."),
            "CANCELLED": Words("Storniert", "Diese Bestellung wurde storniert."),
            "REFUNDED": Words("Erstattet", "Die Zahlung dieser Bestellung wurde erstattet."),
        },
        items="Artikel",
        order="Bestellung",
        number="Bestellnummer",
        ordered="Bestellt",
        total="Summe",
        to="Lieferung nach",
        unknown=Words("Keine solche Bestellung", "Dieser Link führt zu keiner Bestellung, oder nicht mehr."),
        unknown_advice="Prüfen Sie, ob der Link vollständig ist, oder fragen Sie den Shop.",
    ),
    "es": Texts(
        statuses={
            "PENDING": Words("Pendiente de pago", "Tu pedido está registrado. La tienda espera el pago."),
            "CONFIRMED": Words("Pedido confirmado", "La tienda tiene tu pedido y tu pago."),
            "PROCESSING": Words("En preparación", "La tienda está preparando tu pedido."),
            "SHIPPED": Words("En camino", "Tu pedido ha salido de la tienda."),
            "DELIVERED": Words("Entregado", "Tu pedido ha llegado."),
            "CANCELLED": Words("Cancelado", "Este pedido se canceló."),
            "REFUNDED": Words("Reembolsado", "Se devolvió el pago de este pedido."),
        },
        items="Artículos",
        order="Pedido",
        number="Número de pedido",
        ordered="Fecha del pedido",
        total="Total",
        to="Se envía a",
        unknown=Words("No hay tal pedido", "Este enlace no lleva a ningún pedido, o ya no."),
        unknown_advice="Comprueba que el enlace esté completo o pregunta a la tienda.",
    ),
    "fr": Texts(
        statuses={
            "PENDING": Words("En attente de paiement", "Votre commande est passée. La boutique attend le paiement."),
            "CONFIRMED": Words("Commande confirmée", "La boutique a votre commande et votre paiement."),
            "PROCESSING": Words("En préparation", "La boutique prépare votre commande."),
            "SHIPPED": Words("En route", "Votre commande a quitté la boutique."),
            "DELIVERED": Words("Livrée", "Votre commande est arrivée."),
            "CANCELLED": Words("Annulée", "Cette commande a été annulée."),
            "REFUNDED": Words("Remboursée", "Le paiement de cette commande a été remboursé."),
        },
        items="Articles",
        order="Commande",
        number="Numéro de commande",
        ordered="Commandée",
        total="Total",
        to="Livraison à",
        unknown=Words("Commande introuvable", "Ce lien ne mène à aucune commande, ou n’y mène plus."),
        unknown_advice="Vérifiez que le lien est complet ou demandez à la boutique.",
    ),
    "pt": Texts(
        statuses={
            "PENDING": Words("Aguardando pagamento", "Seu pedido foi feito. A loja aguarda o pagamento."),
            "CONFIRMED": Words("Pedido confirmado", "A loja tem seu pedido e seu pagamento."),
            "PROCESSING": Words("Em preparação", "A loja está preparando seu pedido."),
            "SHIPPED": Words("A caminho", "Seu pedido saiu da loja."),
            "DELIVERED": Words("Entregue", "Seu pedido chegou."),
            "CANCELLED": Words("Cancelado", "Este pedido foi cancelado."),
            "REFUNDED": Words("Reembolsado", "O pagamento deste pedido foi devolvido."),
        },
        items="Itens",
        order="Pedido",
        number="Número do pedido",
        ordered="Data do pedido",
        total="Total",
        to="Entrega em",
        unknown=Words("Pedido não encontrado", "Este link não leva a nenhum pedido, ou já não leva."),
        unknown_advice="Veja se o link está completo ou pergunte à loja.",
    ),
}
