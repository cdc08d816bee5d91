"""The texts of letters about an order on its way, and of the page to unsubscribe from them."""

from typing import Final, NamedTuple


class LetterTexts(NamedTuple):
    """Names in braces are filled in: {number} of the order, {name} of whoever sends."""

    shipped_subject: str
    shipped_headline: str
    shipped_text: str
    delivered_subject: str
    delivered_headline: str
    delivered_text: str
    track: str
    track_button: str
    unsubscribe: str
    page_headline: str
    page_shipped: str  # with {name}
    page_delivered: str  # with {name}
    page_button: str
    done_headline: str
    done_text: str  # with {name}


TEXTS: Final[dict[str, LetterTexts]] = {
    "en": LetterTexts(
        shipped_subject="Your order {number} is on its way",
        shipped_headline="On its way",
        shipped_text="{name} has sent a parcel with your order {number}.",
        delivered_subject="Your order {number} has arrived",
        delivered_headline="Delivered",
        delivered_text="A parcel with your order {number} from {name} has been delivered.",
        track="Follow your order:",
        track_button="Follow your order",
        unsubscribe="Unsubscribe from these e-mails",
        page_headline="Unsubscribe?",
        page_shipped="{name} will no longer e-mail you when an order is sent.",
        page_delivered="{name} will no longer e-mail you when an order is delivered.",
        page_button="Unsubscribe",
        done_headline="You are unsubscribed",
        done_text="{name} will not send you such e-mails any more.",
    ),
    "de": LetterTexts(
        shipped_subject="Ihre Bestellung {number} ist unterwegs",
        shipped_headline="Unterwegs",
        shipped_text="{name} hat ein Paket mit Ihrer Bestellung {number} verschickt.",
        delivered_subject="Ihre Bestellung {number} ist angekommen",
        delivered_headline="Zugestellt",
        delivered_text="Ein Paket mit Ihrer Bestellung {number} von {name} wurde zugestellt.",
        track="Verfolgen Sie Ihre Bestellung:",
        track_button="Bestellung verfolgen",
        unsubscribe="Diese E-Mails abbestellen",
        page_headline="Abbestellen?",
        page_shipped="{name} schreibt Ihnen dann nicht mehr, wenn eine Bestellung verschickt wird.",
        page_delivered="{name} schreibt Ihnen dann nicht mehr, wenn eine Bestellung zugestellt wird.",
        page_button="Abbestellen",
        done_headline="Sie haben die E-Mails abbestellt",
        done_text="{name} schickt Ihnen keine solchen E-Mails mehr.",
    ),
    "es": LetterTexts(
        shipped_subject="Tu pedido {number} está en camino",
        shipped_headline="En camino",
        shipped_text="{name} ha enviado un paquete con tu pedido {number}.",
        delivered_subject="Tu pedido {number} ha llegado",
        delivered_headline="Entregado",
        delivered_text="Se ha entregado un paquete con tu pedido {number} de {name}.",
        track="Sigue tu pedido:",
        track_button="Seguir el pedido",
        unsubscribe="Dejar de recibir estos correos",
        page_headline="¿Dejar de recibir estos correos?",
        page_shipped="{name} ya no te escribirá cuando envíe un pedido.",
        page_delivered="{name} ya no te escribirá cuando se entregue un pedido.",
        page_button="Dejar de recibirlos",
        done_headline="Ya no recibirás estos correos",
        done_text="{name} no te enviará más correos de este tipo.",
    ),
    "fr": LetterTexts(
        shipped_subject="Votre commande {number} est en route",
        shipped_headline="En route",
        shipped_text="{name} a expédié un colis contenant votre commande {number}.",
        delivered_subject="Votre commande {number} est arrivée",
        delivered_headline="Livrée",
        delivered_text="Un colis contenant votre commande {number} de {name} a été livré.",
        track="Suivez votre commande :",
        track_button="Suivre la commande",
        unsubscribe="Se désabonner de ces e-mails",
        page_headline="Se désabonner ?",
        page_shipped="{name} ne vous écrira plus lors de l’expédition d’une commande.",
        page_delivered="{name} ne vous écrira plus lors de la livraison d’une commande.",
        page_button="Se désabonner",
        done_headline="Vous êtes désabonné",
        done_text="{name} ne vous enverra plus d’e-mails de ce type.",
    ),
    "pt": LetterTexts(
        shipped_subject="Seu pedido {number} está a caminho",
        shipped_headline="A caminho",
        shipped_text="{name} enviou um pacote com seu pedido {number}.",
        delivered_subject="Seu pedido {number} chegou",
        delivered_headline="Entregue",
        delivered_text="Um pacote com seu pedido {number} de {name} foi entregue.",
        track="Acompanhe seu pedido:",
        track_button="Acompanhar o pedido",
        unsubscribe="Cancelar o recebimento destes e-mails",
        page_headline="Cancelar o recebimento?",
        page_shipped="{name} não escreverá mais quando um pedido for enviado.",
        page_delivered="{name} não escreverá mais quando um pedido for entregue.",
        page_button="Cancelar o recebimento",
        done_headline="Recebimento cancelado",
        done_text="{name} não enviará mais e-mails deste tipo.",
    ),
}
