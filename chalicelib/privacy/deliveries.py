"""Who signed for a delivery: carriers write it into the words of the delivery, in their own language.

Once a shipment is delivered, its checkpoints keep their times, cities and countries from the delivery on. The carrier's
own words are replaced.
"""

import re
from collections.abc import Mapping, Sequence
from typing import Any, Final
from unicodedata import combining, normalize

DELIVERED: Final = "delivered"
FIXED_WORDS: Final = "Delivered"
SHIPMENT_STATUSES: Final = frozenset(
    {
        "pending",
        "label_created",
        "picked_up",
        "in_transit",
        "out_for_delivery",
        "available_for_pickup",
        DELIVERED,
        "attempt_failed",
        "exception",
        "returned",
        "cancelled",
    }
)
"""Ours. Any other status of a checkpoint is the carrier's own words."""
HIDDEN_FIELDS: Final = ("status_detail", "location", "postal_code", "latitude", "longitude", "carrier_status_code")
"""What may say who signed, and where they live."""
MAX_TEXT: Final = 2000
WINDOW: Final = 6
"""How many words before a match, in its clause, may deny it, as in "could not yet be delivered"."""

# The patterns below match one clause in lower case, without accents and punctuation.
_CLAUSE_END: Final = re.compile(r"[.,;!?()\[\]\n]| [-\u2013\u2014/|] ")
_RECIPIENTS: Final = {
    "en": r"(?:the |a |an |your )*(?:recipient|receiver|customer|consignee|addressee|resident|neighbou?r|reception)",
    "de": r"(?:de[nmr] |eine[nmr]? |ihre[nmr]? )*(?:ersatz)?(?:empfae?nger|kunde|nachbar)\w*",
    "es": r"(?:el |la |un |una |su )*(?:destinatari|client|vecin|porter|conserje|recepcion)\w*",
    "fr": r"(?:le |la |l |un |une |son |votre )*(?:destinataire|client|voisin|gardien|accueil)\w*",
    "pt": r"(?:o |a |um |uma |seu )*(?:destinatari|client|vizinh|porteir|portaria|morador|recepcao)\w*",
}
# Whoever else hands a shipment on: it is not delivered yet.
_CARRIERS: Final = (
    r"(?:the |a |an |our |your |de[nmr] |el |la |le |l |un |une |o |local |deutsche )*"
    r"(?:(?:poste?|usps|ups|fedex|dhl|dpd|gls|hermes|evri|royal mail|agent|hub|depot|cent(?:er|re)|origin|sender)\b|"
    r"airline|courier|carrier|driver|partner|shipper|facilit|terminal|station|warehouse|sorting|postal|logisti|express|cargo|"
    r"freight|transport|customs|delivery|destination|zustell|fahrer|spediteur|versand|absender|filiale|paketshop|correo|"
    r"mensajer|repartidor|remitente|oficina|livreur|facteur|chronopost|colissimo|expediteur|agence|relais|remetente|"
    r"estafeta|unidade|agencia)"
)
_DELIVERED: Final = (
    r"delivered(?! to " + _CARRIERS + r")",
    r"delivery (?:was |is |has been )?(?:completed?|successful|confirmed|made)",
    r"successful delivery|proof of delivery|pod",
    r"signed (?:for|by)|signature(?! (?:is )?(?:required|requested|needed|confirmation|on delivery))",
    _RECIPIENTS["en"] + r" (?:has )?signed",
    r"(?:received|collected|accepted|picked up|taken in) by (?!" + _CARRIERS + r")",
    r"(?:handed|given)(?: over)? to (?!" + _CARRIERS + r")",
    r"left (?:with|at|in|on|by) (?:the |a |an |your )*(?:front|back|side|rear|door|porch|garage|mail|letter|parcel|"
    r"safe|secure|agreed|neighbou?r|reception|concierge|resident|family|household|individual|person|someone|adult)\w*",
    r"zugestellt|ausgeliefert|ausgehae?ndigt|abgeliefert|unterschrieben|quittiert|entgegengenommen",
    r"zustellung (?:ist |war |wurde )?(?:erfolgreich|abgeschlossen)|erfolgreiche zustellung|zustellung ist erfolgt",
    r"zustellung erfolgt(?! (?:morgen|heute|am|in|bis|ab|nur|erst|voraussichtlich|zwischen))",
    r"zustellung (?:an|bei|beim) " + _RECIPIENTS["de"],
    r"(?:angenommen|empfangen|abgeholt) (?:von|vom|durch) (?!" + _CARRIERS + r")",
    r"(?:an |bei |beim )?" + _RECIPIENTS["de"] + r" (?:\w+ )?(?:ue?bergeben|abgegeben|ue?berreicht)",
    r"ue?bergeben an (?!" + _CARRIERS + r")",
    r"(?:am|im|an|in den) (?:\w+ )?(?:ablageort|wunschort|briefkasten) (?:abgelegt|abgestellt|hinterlegt|eingeworfen)",
    r"unterschrift(?! (?:ist )?(?:erforderlich|noe?tig|bei))",
    r"entregad[oa]s?(?! a " + _CARRIERS + r")",
    r"entrega (?:realizada|efectuada|completada|exitosa|confirmada|finalizada|conseguida)|firmad[oa]s?",
    r"(?:recibid|recogid|retirad|aceptad)[oa]s?(?: en \w+)? por (?!" + _CARRIERS + r")",
    _RECIPIENTS["es"] + r" (?:ha )?(?:recogido|recibido|firmado|retirado)",
    r"firma(?! (?:requerida|obligatoria|necesaria|al))",
    r"livre(?:e|s|es)?|distribue(?:e|s|es)?|livraison (?:effectuee|reussie|terminee|realisee|confirmee)|signee? par",
    r"remise?s? (?:au|a|aux|en|contre) (?!" + _CARRIERS + r")",
    r"(?:recu|retire|recupere|receptionne)e?s? par (?!" + _CARRIERS + r")",
    r"(?:retire|recupere)e?s? (?:au|en|a la) (?:point|relais|bureau|agence|magasin|consigne)",
    _RECIPIENTS["fr"] + r" (?:a )?(?:recupere|recu|retire|signe)",
    r"entregues?|entrega (?:efetuada|concluida|feita|com sucesso)|assinad[oa]s?",
    r"(?:recebid|retirad|levantad)[oa]s? (?:por|pelo|pela) (?!" + _CARRIERS + r")",
    _RECIPIENTS["pt"] + r" (?:retirou|recebeu|assinou|levantou)",
    r"assinatura(?! (?:obrigatoria|necessaria|requerida|na))",
)
_DENIALS: Final = (
    r"not|no(?! \d)|non|un|never|cannot|cant|couldnt|wasnt|isnt|unable|fail(?:ed|ure)?|attempt(?:ed)?|will|would|be|"
    r"being|may|should|if|when|once|until|before|expected|estimated|scheduled|awaiting|pending",
    r"nicht|keine?|konnten?|wird|werden|soll(?:te)?|kann|muss|voraussichtlich|wenn|sobald",
    r"sera|seran|ser|sin|puede|pueda|pudo|podra|previst[oa]|cuando|pendiente|intento",
    r"pas|seront|etre|impossible|echec|tentative|prevue?",
    r"nao|serao|pode|podera|tentativa|falha|quando|aguardando|pendente",
)
_DELIVERED_PATTERN: Final = re.compile(r"\b(?:" + "|".join(_DELIVERED) + r")\b")
_DENIAL_PATTERN: Final = re.compile(r"\b(?:" + "|".join(_DENIALS) + r")\b")


def says_delivered(checkpoint: Mapping[str, Any]) -> bool:
    """Whether a checkpoint reports the delivery, by its status or in words, in a language of the tracking page."""
    return (
        own_status(checkpoint.get("status")) == DELIVERED
        or _reports_delivery(checkpoint.get("status"))
        or _reports_delivery(checkpoint.get("status_detail"))
    )


def own_status(text: Any) -> str | None:
    """A carrier's word as a shipment status, such as `Out for Delivery`; None if it is none."""
    word = re.sub(r"[\W_]+", "_", _letters(text)).strip("_")
    return word if word in SHIPMENT_STATUSES else None


def _reports_delivery(text: Any) -> bool:
    for clause in _CLAUSE_END.split(re.sub(r"n['’]t\b", "nt", _letters(text))):
        plain = re.sub(r"[\W_]+", " ", clause).strip()
        for match in _DELIVERED_PATTERN.finditer(plain):
            words_before = " ".join(plain[: match.start()].split()[-WINDOW:])
            if not _DENIAL_PATTERN.search(words_before):
                return True
    return False


def _letters(text: Any) -> str:
    """Lower case, without accents."""
    decomposed = normalize("NFKD", str(text or "")[:MAX_TEXT]).casefold()
    return "".join(letter for letter in decomposed if not combining(letter))


def without_signers(
    status: Any, checkpoints: Sequence[Mapping[str, Any]], *, words: str | None = None, since: str | None = None
) -> list[dict[str, Any]]:
    """The checkpoints of a shipment with this status without what may say who signed.

    `words` replace the carrier's in `status_detail` of deliveries. `since` is when the shipment was delivered, if
    `checkpoints` are not all it has.
    """
    since = since or delivered_since(status, checkpoints)
    if since is None:
        return [dict(each) for each in checkpoints]
    return [_without_signer(each, words) if each["checkpoint_time"] >= since else dict(each) for each in checkpoints]


def delivered_since(status: Any, checkpoints: Sequence[Mapping[str, Any]]) -> str | None:
    """The time of the first checkpoint that reports the delivery. If none does, but the shipment is delivered, that of
    the newest. None if it is not delivered."""
    times: list[str] = [each["checkpoint_time"] for each in checkpoints if says_delivered(each)]
    if times:
        return min(times)
    if status == DELIVERED and checkpoints:
        return max(str(each["checkpoint_time"]) for each in checkpoints)
    return None


def _without_signer(checkpoint: Mapping[str, Any], words: str | None) -> dict[str, Any]:
    status = own_status(checkpoint.get("status")) or DELIVERED
    shown = {name: value for name, value in checkpoint.items() if name not in HIDDEN_FIELDS}
    if words is not None and status == DELIVERED:
        shown["status_detail"] = words
    return {**shown, "status": status}
