"""The texts of e-mails, in the languages of the pages for shoppers."""

from typing import Final, NamedTuple


class Texts(NamedTuple):
    """Names in braces are filled in. A translation that lacks a text does not type-check."""

    code_subject: str  # with {number}
    code_headline: str
    code_intro: str  # with {number}
    code_expiry: str  # with {minutes} and {name}
    code_unrequested: str

    order_subject: str  # with {number}
    order_headline: str
    order_received: str  # with {name} and {number}
    more_items: str  # with {count}
    shipping: str
    discount: str
    tax: str
    total: str
    track: str
    track_button: str
    track_privacy: str


TEXTS: Final[dict[str, Texts]] = {
    "en": Texts(
        code_subject="Your code for order {number}",
        code_headline="Your code",
        code_intro="Use this code to view order {number}:",
        code_expiry="It expires in {minutes} minutes and works only once. "
        "Don’t share it: nobody at {name} will ever ask you for it.",
        code_unrequested="Didn’t request a code? Ignore this e-mail. Nobody can see the order without the code.",
        order_subject="Your order {number}",
        order_headline="Thank you for your order",
        order_received="{name} has received your order {number}.",
        more_items="and {count} more",
        shipping="Shipping",
        discount="Discount",
        tax="Tax",
        total="Total",
        track="Track your order, no sign-in needed:",
        track_button="Track your order",
        track_privacy="Anyone with this link can see the status of the order, but not your address.",
    ),
    "de": Texts(
        code_subject="Ihr Code für die Bestellung {number}",
        code_headline="Ihr Code",
        code_intro="Mit diesem Code können Sie die Bestellung {number} ansehen:",
        code_expiry="Er ist {minutes} Minuten gültig und nur einmal verwendbar. "
        "Geben Sie ihn nicht weiter: {name} wird Sie nie danach fragen.",
        code_unrequested="Sie haben keinen Code angefordert? Dann können Sie diese E-Mail ignorieren. "
        "Ohne den Code kann niemand die Bestellung einsehen.",
        order_subject="Ihre Bestellung {number}",
        order_headline="Vielen Dank für Ihre Bestellung",
        order_received="{name} hat Ihre Bestellung {number} erhalten.",
        more_items="und {count} weitere",
        shipping="Versand",
        discount="Rabatt",
        tax="Steuer",
        total="Gesamtsumme",
        track="Verfolgen Sie Ihre Bestellung, ohne Anmeldung:",
        track_button="Bestellung verfolgen",
        track_privacy="Wer diesen Link hat, sieht den Stand der Bestellung, aber nicht Ihre Adresse.",
    ),
    "es": Texts(
        code_subject="Tu código para el pedido {number}",
        code_headline="Tu código",
        code_intro="Con este código puedes ver el pedido {number}:",
        code_expiry="Caduca en {minutes} minutos y solo se puede usar una vez. "
        "No lo compartas: nadie de {name} te lo pedirá.",
        code_unrequested="¿No has solicitado ningún código? Puedes ignorar este correo. "
        "Sin el código nadie puede ver el pedido.",
        order_subject="Tu pedido {number}",
        order_headline="Gracias por tu pedido",
        order_received="{name} ha recibido tu pedido {number}.",
        more_items="y {count} más",
        shipping="Envío",
        discount="Descuento",
        tax="Impuestos",
        total="Total",
        track="Sigue tu pedido sin iniciar sesión:",
        track_button="Seguir el pedido",
        track_privacy="Cualquiera que tenga este enlace puede ver el estado del pedido, pero no tu dirección.",
    ),
    "fr": Texts(
        code_subject="Votre code pour la commande {number}",
        code_headline="Votre code",
        code_intro="Utilisez ce code pour consulter la commande {number} :",
        code_expiry="Il est valable {minutes} minutes et ne peut être utilisé qu’une seule fois. "
        "Ne le communiquez à personne : {name} ne vous le demandera jamais.",
        code_unrequested="Vous n’avez pas demandé de code ? Vous pouvez ignorer cet e-mail. "
        "Sans le code, personne ne peut consulter la commande.",
        order_subject="Votre commande {number}",
        order_headline="Merci pour votre commande",
        order_received="{name} a bien reçu votre commande {number}.",
        more_items="et {count} de plus",
        shipping="Livraison",
        discount="Remise",
        tax="Taxes",
        total="Total",
        track="Suivez votre commande, sans vous connecter :",
        track_button="Suivre la commande",
        track_privacy="Toute personne qui a ce lien peut voir l’état de la commande, mais pas votre adresse.",
    ),
    "pt": Texts(
        code_subject="Seu código para o pedido {number}",
        code_headline="Seu código",
        code_intro="Use este código para ver o pedido {number}:",
        code_expiry="Ele expira em {minutes} minutos e só pode ser usado uma vez. "
        "Não o compartilhe: {name} nunca pedirá esse código.",
        code_unrequested="Não solicitou um código? Pode ignorar este e-mail. "
        "Sem o código, ninguém consegue ver o pedido.",
        order_subject="Seu pedido {number}",
        order_headline="Obrigado pelo seu pedido",
        order_received="{name} recebeu seu pedido {number}.",
        more_items="e mais {count}",
        shipping="Frete",
        discount="Desconto",
        tax="Impostos",
        total="Total",
        track="Acompanhe seu pedido sem fazer login:",
        track_button="Acompanhar o pedido",
        track_privacy="Quem tem este link pode ver a situação do pedido, mas não o seu endereço.",
    ),
}
