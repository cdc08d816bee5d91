"""The texts of the order page, in the languages of the tracking page."""

from collections.abc import Mapping
from typing import Final, NamedTuple

from chalicelib.tracking_pages.texts import Words


class Texts(NamedTuple):
    statuses: Mapping[str, Words]
    """By the statuses of `order_page_view`."""
    status: str
    shipment_of: str  # with {number} and {total}
    ordered: str
    total: str
    to: str
    unknown: Words
    unknown_advice: str
    cancel: str
    cancel_question: str
    cancel_at_once: str
    cancel_by_request: str
    cancel_confirm: str
    cancel_requested: str


TEXTS: Final[dict[str, Texts]] = {
    "en": Texts(
        statuses={
            "PENDING": Words("Awaiting payment", "The shop has received your order and is waiting for your payment."),
            "CONFIRMED": Words("Order confirmed", "The shop has received your order and your payment."),
            "PROCESSING": Words("Being prepared", "The shop is preparing your order."),
            "SHIPPED": Words("On its way", "Your order has left the shop."),
            "DELIVERED": Words("Delivered", "Your order has arrived."),
            "CANCELLED": Words("Cancelled", "This order has been cancelled."),
            "REFUNDED": Words("Refunded", "Your payment for this order has been refunded."),
            "ON_HOLD": Words("On hold", "The shop has put your order on hold."),
            "PARTIALLY_SHIPPED": Words("Partially shipped", "Part of your order is on its way. The rest will follow."),
            "RETURNED": Words("Returned", "This order went back to the shop."),
        },
        status="Status",
        shipment_of="Shipment {number} of {total}",
        ordered="Ordered",
        total="Total",
        to="Ships to",
        unknown=Words("Order not found", "This link is not valid, or has expired."),
        unknown_advice="Check that you copied the whole link, or contact the shop.",
        cancel="Cancellation",
        cancel_question="Cancel this order?",
        cancel_at_once="The order has not been paid. It is cancelled at once.",
        cancel_by_request="The shop decides whether the order can still be cancelled.",
        cancel_confirm="Yes, cancel the order",
        cancel_requested="The shop has been asked to cancel this order.",
    ),
    "de": Texts(
        statuses={
            "PENDING": Words("Zahlung ausstehend", "Ihre Bestellung ist eingegangen. Die Zahlung steht noch aus."),
            "CONFIRMED": Words("Bestellung bestätigt", "Der Shop hat Ihre Bestellung und Ihre Zahlung erhalten."),
            "PROCESSING": Words("In Vorbereitung", "Der Shop bereitet Ihre Bestellung vor."),
            "SHIPPED": Words("Unterwegs", "Ihre Bestellung hat den Shop verlassen."),
            "DELIVERED": Words("Zugestellt", "Ihre Bestellung ist angekommen."),
            "CANCELLED": Words("Storniert", "Diese Bestellung wurde storniert."),
            "REFUNDED": Words("Erstattet", "Ihre Zahlung für diese Bestellung wurde erstattet."),
            "ON_HOLD": Words("Angehalten", "Der Shop hat Ihre Bestellung angehalten."),
            "PARTIALLY_SHIPPED": Words(
                "Teilweise versandt", "Ein Teil Ihrer Bestellung ist unterwegs. Der Rest folgt."
            ),
            "RETURNED": Words("Zurückgesendet", "Diese Bestellung ging an den Shop zurück."),
        },
        status="Status",
        shipment_of="Sendung {number} von {total}",
        ordered="Bestellt",
        total="Summe",
        to="Lieferung nach",
        unknown=Words("Bestellung nicht gefunden", "Dieser Link ist ungültig oder abgelaufen."),
        unknown_advice="Prüfen Sie, ob Sie den Link vollständig kopiert haben, oder wenden Sie sich an den Shop.",
        cancel="Stornierung",
        cancel_question="Bestellung stornieren?",
        cancel_at_once="Die Bestellung ist noch nicht bezahlt. Sie wird sofort storniert.",
        cancel_by_request="Der Shop entscheidet, ob die Bestellung noch storniert werden kann.",
        cancel_confirm="Ja, Bestellung stornieren",
        cancel_requested="Der Shop wurde gebeten, diese Bestellung zu stornieren.",
    ),
    "es": Texts(
        statuses={
            "PENDING": Words("Pendiente de pago", "La tienda ha recibido tu pedido y espera el pago."),
            "CONFIRMED": Words("Pedido confirmado", "La tienda ha recibido tu pedido y tu pago."),
            "PROCESSING": Words("En preparación", "La tienda está preparando tu pedido."),
            "SHIPPED": Words("En camino", "Tu pedido ha salido de la tienda."),
            "DELIVERED": Words("Entregado", "Tu pedido ha llegado."),
            "CANCELLED": Words("Cancelado", "Este pedido se ha cancelado."),
            "REFUNDED": Words("Reembolsado", "Se ha reembolsado el pago de este pedido."),
            "ON_HOLD": Words("En espera", "La tienda ha puesto tu pedido en espera."),
            "PARTIALLY_SHIPPED": Words(
                "Enviado parcialmente", "Una parte de tu pedido está en camino. El resto llegará después."
            ),
            "RETURNED": Words("Devuelto", "Este pedido se ha devuelto a la tienda."),
        },
        status="Estado",
        shipment_of="Envío {number} de {total}",
        ordered="Fecha del pedido",
        total="Total",
        to="Se envía a",
        unknown=Words("Pedido no encontrado", "Este enlace no es válido o ha caducado."),
        unknown_advice="Comprueba que has copiado el enlace entero o ponte en contacto con la tienda.",
        cancel="Cancelación",
        cancel_question="¿Cancelar este pedido?",
        cancel_at_once="El pedido no se ha pagado. Se cancela de inmediato.",
        cancel_by_request="La tienda decide si el pedido todavía se puede cancelar.",
        cancel_confirm="Sí, cancelar el pedido",
        cancel_requested="Se ha pedido a la tienda que cancele este pedido.",
    ),
    "fr": Texts(
        statuses={
            "PENDING": Words("En attente de paiement", "La boutique a reçu votre commande et attend votre paiement."),
            "CONFIRMED": Words("Commande confirmée", "La boutique a reçu votre commande et votre paiement."),
            "PROCESSING": Words("En préparation", "La boutique prépare votre commande."),
            "SHIPPED": Words("En route", "Votre commande a quitté la boutique."),
            "DELIVERED": Words("Livrée", "Votre commande est arrivée."),
            "CANCELLED": Words("Annulée", "Cette commande a été annulée."),
            "REFUNDED": Words("Remboursée", "Votre paiement pour cette commande a été remboursé."),
            "ON_HOLD": Words("En attente", "La boutique a mis votre commande en attente."),
            "PARTIALLY_SHIPPED": Words(
                "Partiellement expédiée", "Une partie de votre commande est en route. Le reste suivra."
            ),
            "RETURNED": Words("Retournée", "Cette commande a été renvoyée à la boutique."),
        },
        status="Statut",
        shipment_of="Colis {number} sur {total}",
        ordered="Commandée",
        total="Total",
        to="Livraison à",
        unknown=Words("Commande introuvable", "Ce lien n’est pas valide ou a expiré."),
        unknown_advice="Vérifiez que vous avez copié le lien en entier ou contactez la boutique.",
        cancel="Annulation",
        cancel_question="Annuler cette commande ?",
        cancel_at_once="La commande n’est pas payée. Elle est annulée immédiatement.",
        cancel_by_request="La boutique décide si la commande peut encore être annulée.",
        cancel_confirm="Oui, annuler la commande",
        cancel_requested="L’annulation de cette commande a été demandée à la boutique.",
    ),
    "pt": Texts(
        statuses={
            "PENDING": Words("Aguardando pagamento", "A loja recebeu seu pedido e aguarda o pagamento."),
            "CONFIRMED": Words("Pedido confirmado", "A loja recebeu seu pedido e seu pagamento."),
            "PROCESSING": Words("Em preparação", "A loja está preparando seu pedido."),
            "SHIPPED": Words("A caminho", "Seu pedido saiu da loja."),
            "DELIVERED": Words("Entregue", "Seu pedido chegou."),
            "CANCELLED": Words("Cancelado", "Este pedido foi cancelado."),
            "REFUNDED": Words("Reembolsado", "O pagamento deste pedido foi reembolsado."),
            "ON_HOLD": Words("Em espera", "A loja colocou seu pedido em espera."),
            "PARTIALLY_SHIPPED": Words(
                "Enviado parcialmente", "Parte do seu pedido está a caminho. O restante seguirá depois."
            ),
            "RETURNED": Words("Devolvido", "Este pedido foi devolvido à loja."),
        },
        status="Status",
        shipment_of="Envio {number} de {total}",
        ordered="Data do pedido",
        total="Total",
        to="Entrega em",
        unknown=Words("Pedido não encontrado", "Este link não é válido ou expirou."),
        unknown_advice="Verifique se copiou o link por inteiro ou fale com a loja.",
        cancel="Cancelamento",
        cancel_question="Cancelar este pedido?",
        cancel_at_once="O pedido não foi pago. Ele é cancelado imediatamente.",
        cancel_by_request="A loja decide se o pedido ainda pode ser cancelado.",
        cancel_confirm="Sim, cancelar o pedido",
        cancel_requested="O cancelamento deste pedido foi solicitado à loja.",
    ),
}
