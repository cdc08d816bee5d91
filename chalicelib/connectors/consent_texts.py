"""The words of the consent pages, by language."""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class ConsentTexts:
    title: str
    """`{platform}` stands for its name, here and in `proceed`."""
    shop: str
    account: str
    organization: str
    warning: str
    proceed: str
    connected: str
    not_connected: str
    close: str


TEXTS: Final[dict[str, ConsentTexts]] = {
    "en": ConsentTexts(
        title="Connect {platform}",
        shop="Shop",
        account="Account",
        organization="At",
        warning="Go on only if this is your own account. Its owner will see the shop's orders.",
        proceed="Continue to {platform}",
        connected="Connected",
        not_connected="Not connected",
        close="You can close this window.",
    ),
    "de": ConsentTexts(
        title="{platform} verbinden",
        shop="Shop",
        account="Konto",
        organization="Bei",
        warning="Fahren Sie nur fort, wenn das Ihr eigenes Konto ist. Wem es gehört, sieht die Bestellungen des Shops.",
        proceed="Weiter zu {platform}",
        connected="Verbunden",
        not_connected="Nicht verbunden",
        close="Sie können dieses Fenster schließen.",
    ),
    "es": ConsentTexts(
        title="Conectar {platform}",
        shop="Tienda",
        account="Cuenta",
        organization="En",
        warning="Continúe solo si esta es su propia cuenta. Su titular verá los pedidos de la tienda.",
        proceed="Continuar a {platform}",
        connected="Conectada",
        not_connected="No conectada",
        close="Puede cerrar esta ventana.",
    ),
    "fr": ConsentTexts(
        title="Connecter {platform}",
        shop="Boutique",
        account="Compte",
        organization="Chez",
        warning="Ne continuez que si c’est votre propre compte. Son titulaire verra les commandes de la boutique.",
        proceed="Continuer vers {platform}",
        connected="Connectée",
        not_connected="Non connectée",
        close="Vous pouvez fermer cette fenêtre.",
    ),
    "pt": ConsentTexts(
        title="Conectar {platform}",
        shop="Loja",
        account="Conta",
        organization="Em",
        warning="Continue somente se esta for a sua própria conta. O titular verá os pedidos da loja.",
        proceed="Continuar para {platform}",
        connected="Conectada",
        not_connected="Não conectada",
        close="Você pode fechar esta janela.",
    ),
}
