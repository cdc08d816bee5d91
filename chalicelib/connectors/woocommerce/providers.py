"""The carriers that WooCommerce's fulfilments know by a key of their own (11.0)."""

from chalicelib.catalog.carriers import carrier_slug, find_carrier

OTHER = "other"
"""The key for all other carriers, whose name goes into `_provider_name`."""

KEYS = frozenset(
    {
        "acs-courier",
        "amazon-logistics",
        "an-post",
        "aras-kargo",
        "australia-post",
        "azerpost",
        "bartolini-brt",
        "belpochta",
        "bpost",
        "bulgarian-posts",
        "canada-post",
        "cdek",
        "ceska-posta",
        "chronopost",
        "correos",
        "ctt",
        "cyprus-post",
        "deutsche-post",
        "dhl",
        "dpd",
        "econt",
        "eimskip",
        "elta",
        "evri-hermes",
        "fan-courier",
        "fastway",
        "fedex",
        "geniki-taxydromiki",
        "gls",
        "haypost",
        "helthjem",
        "hrvatska-posta",
        "inpost",
        "islandspostur",
        "itella",
        "kazpost",
        "la-poste-colissimo",
        "lasership-ontrac",
        "latvijas-pasts",
        "liechtensteinische-post",
        "magyar-posta",
        "makedonska-posta",
        "maltapost",
        "matkahuolto",
        "mondial-relay",
        "mpl",
        "mrw",
        "new-zealand-post",
        "nova-poshta",
        "omniva",
        "osterreichische-post",
        "parcelforce",
        "poczta-polska",
        "post-luxembourg",
        "posta-moldovei",
        "posta-romana",
        "poste-italiane",
        "poste-san-marino",
        "posten-norge-bring",
        "postnl",
        "postnord",
        "purolator",
        "royal-mail",
        "russian-post",
        "sda",
        "seur",
        "slovenska-posta",
        "spee-dee-delivery",
        "startrack",
        "swiss-post",
        "toll",
        "ukrposhta",
        "ups",
        "urgent-cargus",
        "usps",
        "yurtici-kargo",
        "zasilkovna",
    }
)

NAMED_OTHERWISE = {
    "amazon": "amazon-logistics",
    "austrian_post": "osterreichische-post",
    "bring": "posten-norge-bring",
    "brt": "bartolini-brt",
    "colissimo": "la-poste-colissimo",
    "dhl_ecommerce": "dhl",
    "dhl_express": "dhl",
    "dhl_paket": "dhl",
    "dhl_parcel_uk": "dhl",
    "dpd_france": "dpd",
    "dpd_poland": "dpd",
    "dpd_uk": "dpd",
    "evri": "evri-hermes",
    "hermes": "evri-hermes",
    "la_poste": "la-poste-colissimo",
    "lasership": "lasership-ontrac",
    "ontrac": "lasership-ontrac",
    "packeta": "zasilkovna",
    "posten_norge": "posten-norge-bring",
    "posti": "itella",
}
"""Our slug -> WooCommerce's key, where they differ."""

_SLUGS = {
    "amazon-logistics": "amazon",
    "bartolini-brt": "brt",
    "evri-hermes": "evri",
    "itella": "posti",
    "la-poste-colissimo": "colissimo",
    "lasership-ontrac": "ontrac",
    "osterreichische-post": "austrian_post",
    "posten-norge-bring": "posten_norge",
    "zasilkovna": "packeta",
}


def key_of(slug: str | None) -> str | None:
    """WooCommerce's key of a carrier of `catalog.carriers`; None if it has none."""
    key = NAMED_OTHERWISE.get(slug or "") or (slug or "").replace("_", "-")
    return key if key in KEYS else None


def carrier_of(provider: str | None) -> str | None:
    """The carrier's name for a key, or for the name that a merchant entered."""
    if provider is None:
        return None
    carrier = find_carrier(_SLUGS.get(provider)) or find_carrier(carrier_slug(provider))
    if carrier is not None:
        return carrier.name
    return provider.replace("-", " ").title() if provider in KEYS else provider
