from chalicelib.tracking_pages.texts import Calendar, Texts, Words

_MONTHS = (
    "janvier", "février", "mars", "avril", "mai", "juin",
    "juillet", "août", "septembre", "octobre", "novembre", "décembre",
)  # fmt: skip

TEXTS = Texts(
    calendar=Calendar(
        months=_MONTHS,
        weekdays=("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"),
        date="{day} {month}",
        date_and_year="{day} {month} {year}",
        weekday_and_date="{weekday} {date}",
        first="1er",
    ),
    direction="ltr",
    parcel_tracking="Suivi de colis",
    statuses={
        "pending": Words("En préparation", "L’expéditeur prépare votre colis."),
        "label_created": Words("Prêt pour le transporteur", "Votre colis est emballé. Le transporteur va le prendre."),
        "picked_up": Words("Pris en charge", "Le transporteur a votre colis."),
        "in_transit": Words("En route", "Votre colis est en route vers vous."),
        "out_for_delivery": Words("En cours de livraison", "Le livreur a votre colis et arrive chez vous."),
        "available_for_pickup": Words("Prêt à être retiré", "Votre colis vous attend au point de retrait."),
        "delivered": Words("Livré", "Votre colis est arrivé."),
        "attempt_failed": Words(
            "Livraison non aboutie",
            "Le livreur est passé mais n’a pas pu remettre votre colis. L’historique indique la suite.",
        ),
        "exception": Words(
            "Retenu en chemin",
            "Quelque chose retient votre colis. L’historique dit ce que sait le transporteur.",
        ),
        "returned": Words("Retourné à l’expéditeur", "Votre colis est reparti chez l’expéditeur."),
        "cancelled": Words("Envoi annulé", "Ce colis ne sera pas envoyé."),
    },
    other_status=Words("Des nouvelles de votre colis", "L’historique donne les dernières nouvelles du transporteur."),
    expected="Arrivée prévue",
    was_expected="Arrivée prévue jusqu’ici",
    no_day_yet="Le transporteur n’a pas encore donné de date.",
    overdue="Il est en retard. Le transporteur n’a pas encore donné de nouvelle date.",
    delivered_on="Livré le",
    progress="Progression",
    step_of="Étape {number} sur {total}",
    next_step="Ensuite\u00a0: {step}",
    step_done="Terminé\u00a0:",
    step_current="En cours\u00a0:",
    step_ahead="À venir\u00a0:",
    steps=("Préparé", "Pris en charge", "En route", "En livraison", "Livré"),
    step_pickup="À retirer",
    parcel="Votre colis",
    tracking_number="Numéro de suivi",
    carrier="Transporteur",
    service="Service",
    shipped="Expédié",
    history="Historique",
    times_in_utc="Les jours et les heures sont en UTC et peuvent différer de votre montre.",
    no_updates="Pas encore de nouvelles. Elles apparaîtront ici dès que le transporteur aura scanné votre colis.",
    latest="Dernière nouvelle\u00a0:",
    earlier_one="Afficher 1 événement antérieur",
    earlier_many="Afficher {count} événements antérieurs",
    left_out_one="1 événement plus ancien n’est pas affiché.",
    left_out_many="{count} événements plus anciens ne sont pas affichés.",
    day_unknown="Jour non précisé",
    language="Langue",
    problems={
        "revoked": Words("Cette page a été fermée", "L’expéditeur a fermé cette page de suivi."),
        "expired": Words(
            "Cette page a expiré",
            "Les pages de suivi sont gardées un temps limité, et celle-ci est arrivée à son terme.",
        ),
        "unknown": Words(
            "Cette page est introuvable",
            "Le lien est peut-être incomplet. Ouvrez-le de nouveau depuis votre message, ou copiez-le en entier.",
        ),
        "busy": Words(
            "Un instant, s’il vous plaît",
            "Cette page vient d’être ouverte très souvent depuis votre réseau. Réessayez un peu plus tard.",
        ),
        "failed": Words(
            "Une erreur s’est produite", "Elle vient de chez nous, pas de vous. Réessayez dans un instant."
        ),
    },
    try_again="Réessayer",
    reference="Référence : {id}",
    ask_sender="Pour savoir où est votre colis, adressez-vous à la boutique où vous avez commandé.",
    ask_company="Pour savoir où est votre colis, adressez-vous à {company}.",
)
