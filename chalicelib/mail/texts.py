"""The words of letters, in the languages that the pages for people have."""

from typing import Final, NamedTuple


class Texts(NamedTuple):
    """What stands in braces is filled in. A translation that lacks a text does not type-check."""

    code_subject: str  # with {number}
    code_headline: str
    code_asked: str  # with {number}
    code_valid: str  # with {minutes} and {name}
    code_ignore: str

    order_subject: str  # with {number}
    order_headline: str
    order_placed: str  # with {name} and {number}
    more_items: str  # with {count}
    shipping: str
    discount: str
    tax: str
    total: str
    follow: str
    follow_button: str
    follow_private: str

    decimal: str
    group: str


TEXTS: Final[dict[str, Texts]] = {
    "en": Texts(
        code_subject="Your code for order {number}",
        code_headline="Your code",
        code_asked="Someone, probably you, asked to see order {number}. This is the code:",
        code_valid="It is valid for {minutes} minutes and can be used once. "
        "Never pass it on; nobody at {name} will ask.",
        code_ignore="If it was not you, do nothing: without the code the order stays closed.",
        order_subject="Your order {number}",
        order_headline="Thank you for your order",
        order_placed="{name} has your order {number}.",
        more_items="and {count} more",
        shipping="Shipping",
        discount="Discount",
        tax="Tax",
        total="Total",
        follow="Follow your order here, without logging in:",
        follow_button="Follow your order",
        follow_private="Whoever has this link can see how the order stands, though not your address.",
        decimal=".",
        group=",",
    ),
    "de": Texts(
        code_subject="Ihr Code für die Bestellung {number}",
        code_headline="Ihr Code",
        code_asked="Jemand, vermutlich Sie, möchte die Bestellung {number} ansehen. Das ist der Code:",
        code_valid="Er gilt {minutes} Minuten und nur einmal. "
        "Geben Sie ihn nie weiter; niemand bei {name} fragt danach.",
        code_ignore="Waren Sie es nicht, ist nichts zu tun: Ohne den Code bleibt die Bestellung verschlossen.",
        order_subject="Ihre Bestellung {number}",
        order_headline="Danke für Ihre Bestellung",
        order_placed="{name} hat Ihre Bestellung {number} erhalten.",
        more_items="und {count} weitere",
        shipping="Versand",
        discount="Rabatt",
        tax="Steuer",
        total="Summe",
        follow="Hier verfolgen Sie Ihre Bestellung, ohne Anmeldung:",
        follow_button="Bestellung verfolgen",
        follow_private="Wer diesen Link hat, sieht den Stand der Bestellung, aber nicht Ihre Anschrift.",
        decimal=",",
        group=".",
    ),
    "es": Texts(
        code_subject="Tu código para el pedido {number}",
        code_headline="Tu código",
        code_asked="Alguien, probablemente tú, ha pedido ver el pedido {number}. Este es el código:",
        code_valid="Vale durante {minutes} minutos y una sola vez. No lo compartas; nadie de {name} te lo pedirá.",
        code_ignore="Si no has sido tú, no hagas nada: sin el código el pedido sigue cerrado.",
        order_subject="Tu pedido {number}",
        order_headline="Gracias por tu pedido",
        order_placed="{name} ha recibido tu pedido {number}.",
        more_items="y {count} más",
        shipping="Envío",
        discount="Descuento",
        tax="Impuestos",
        total="Total",
        follow="Sigue tu pedido aquí, sin iniciar sesión:",
        follow_button="Seguir el pedido",
        follow_private="Quien tenga este enlace puede ver cómo va el pedido, pero no tu dirección.",
        decimal=",",
        group=".",
    ),
    "fr": Texts(
        code_subject="Votre code pour la commande {number}",
        code_headline="Votre code",
        code_asked="Quelqu’un, sans doute vous, a demandé à voir la commande {number}. Voici le code :",
        code_valid="Il est valable {minutes} minutes et une seule fois. Ne le transmettez jamais ; "
        "personne chez {name} ne vous le demandera.",
        code_ignore="Si ce n’était pas vous, ne faites rien : sans le code, la commande reste fermée.",
        order_subject="Votre commande {number}",
        order_headline="Merci pour votre commande",
        order_placed="{name} a bien reçu votre commande {number}.",
        more_items="et {count} de plus",
        shipping="Livraison",
        discount="Remise",
        tax="Taxes",
        total="Total",
        follow="Suivez votre commande ici, sans vous connecter :",
        follow_button="Suivre la commande",
        follow_private="Qui possède ce lien peut voir où en est la commande, mais pas votre adresse.",
        decimal=",",
        group="\u00a0",
    ),
    "pt": Texts(
        code_subject="Seu código para o pedido {number}",
        code_headline="Seu código",
        code_asked="Alguém, provavelmente você, pediu para ver o pedido {number}. Este é o código:",
        code_valid="Ele vale por {minutes} minutos e uma única vez. Nunca o repasse; ninguém de {name} vai pedi-lo.",
        code_ignore="Se não foi você, não faça nada: sem o código o pedido continua fechado.",
        order_subject="Seu pedido {number}",
        order_headline="Obrigado pelo seu pedido",
        order_placed="{name} recebeu seu pedido {number}.",
        more_items="e mais {count}",
        shipping="Frete",
        discount="Desconto",
        tax="Impostos",
        total="Total",
        follow="Acompanhe seu pedido aqui, sem fazer login:",
        follow_button="Acompanhar o pedido",
        follow_private="Quem tem este link pode ver como está o pedido, mas não seu endereço.",
        decimal=",",
        group=".",
    ),
}
