from chalicelib.tracking_pages.texts import Calendar, Texts, Words

_MONTHS = (
    "Januar", "Februar", "März", "April", "Mai", "Juni",
    "Juli", "August", "September", "Oktober", "November", "Dezember",
)  # fmt: skip

TEXTS = Texts(
    calendar=Calendar(
        months=_MONTHS,
        weekdays=("Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag", "Samstag", "Sonntag"),
        date="{day}. {month}",
        date_and_year="{day}. {month} {year}",
        weekday_and_date="{weekday}, {date}",
    ),
    direction="ltr",
    parcel_tracking="Sendungsverfolgung",
    statuses={
        "pending": Words("In Vorbereitung", "Der Absender macht Ihr Paket fertig."),
        "label_created": Words("Bereit für den Paketdienst", "Ihr Paket ist gepackt und wird bald abgeholt."),
        "picked_up": Words("Beim Paketdienst", "Der Paketdienst hat Ihr Paket übernommen."),
        "in_transit": Words("Unterwegs", "Ihr Paket ist auf dem Weg zu Ihnen."),
        "out_for_delivery": Words("In Zustellung", "Ihr Paket ist im Zustellfahrzeug auf dem Weg zu Ihnen."),
        "available_for_pickup": Words("Liegt zur Abholung bereit", "Ihr Paket wartet in der Abholstelle auf Sie."),
        "delivered": Words("Zugestellt", "Ihr Paket ist angekommen."),
        "attempt_failed": Words(
            "Zustellung nicht gelungen",
            "Der Paketdienst war da, konnte Ihr Paket aber nicht übergeben. Im Verlauf steht, wie es weitergeht.",
        ),
        "exception": Words(
            "Unterwegs aufgehalten",
            "Etwas hält Ihr Paket auf. Im Verlauf steht, was der Paketdienst weiß.",
        ),
        "returned": Words("Zurück an den Absender", "Ihr Paket ging an den Absender zurück."),
        "cancelled": Words("Sendung storniert", "Dieses Paket wird nicht verschickt."),
    },
    other_status=Words("Neues von Ihrem Paket", "Im Verlauf steht das Neueste vom Paketdienst."),
    expected="Voraussichtlich",
    was_expected="War erwartet für",
    no_day_yet="Der Paketdienst hat noch keinen Tag genannt.",
    overdue="Es verspätet sich. Der Paketdienst hat noch keinen neuen Tag genannt.",
    delivered_on="Zugestellt am",
    progress="Fortschritt",
    step_of="Schritt {number} von {total}",
    next_step="Als Nächstes: {step}",
    step_done="Erledigt:",
    step_current="Jetzt:",
    step_ahead="Kommt noch:",
    steps=("Vorbereitet", "Übergeben", "Unterwegs", "In Zustellung", "Zugestellt"),
    step_pickup="Abholbereit",
    parcel="Ihr Paket",
    tracking_number="Sendungsnummer",
    carrier="Paketdienst",
    service="Versandart",
    shipped="Verschickt",
    history="Verlauf",
    times_in_utc="Tage und Uhrzeiten sind in UTC (Weltzeit) angegeben und können von Ihrer Uhr abweichen.",
    no_updates="Noch nichts Neues. Sobald der Paketdienst Ihr Paket erfasst, steht es hier.",
    no_details="Der Paketdienst hat keine Einzelheiten gemeldet.",
    latest="Neueste:",
    earlier_one="1 frühere Meldung anzeigen",
    earlier_many="{count} frühere Meldungen anzeigen",
    left_out_one="1 ältere Meldung wird nicht gezeigt.",
    left_out_many="{count} ältere Meldungen werden nicht gezeigt.",
    day_unknown="Ohne Tagesangabe",
    language="Sprache",
    problems={
        "revoked": Words("Diese Seite wurde geschlossen", "Der Absender hat diese Sendungsverfolgung geschlossen."),
        "expired": Words(
            "Diese Seite ist abgelaufen",
            "Sendungsverfolgungen bleiben nur eine Zeit lang abrufbar, diese nicht mehr.",
        ),
        "unknown": Words(
            "Diese Seite gibt es nicht",
            "Vielleicht ist der Link unvollständig. Bitte öffnen Sie ihn noch einmal aus Ihrer Nachricht "
            "oder kopieren Sie ihn ganz.",
        ),
        "busy": Words(
            "Einen Moment bitte",
            "Aus Ihrem Netz wurde diese Seite gerade sehr oft geöffnet. Bitte versuchen Sie es etwas später wieder.",
        ),
        "failed": Words(
            "Da ist etwas schiefgegangen", "Das lag an uns, nicht an Ihnen. Bitte versuchen Sie es gleich noch einmal."
        ),
    },
    try_again="Noch einmal versuchen",
    reference="Kennung: {id}",
    ask_sender="Wenn Sie noch wissen möchten, wo Ihr Paket ist, fragen Sie bitte den Shop, bei dem Sie bestellt haben.",
    ask_company="Wenn Sie noch wissen möchten, wo Ihr Paket ist, wenden Sie sich bitte an {company}.",
)
