# Der Rahmen
skip = Zum Inhalt
main-navigation = Hauptmenü
posts = Beiträge
archive = Archiv
search = Suche
new-post = Neuer Beitrag
dashboard = Übersicht
log-out = Abmelden
register = Registrieren
login = Anmelden
feed = Feed
about-feed = Dies ist ein Feed. Mit seiner Adresse in einem Feedreader erscheinen neue Beiträge dort.
elsewhere = Anderswo

# Listen
earlier-posts = Frühere Beiträge
earlier-posts-of = { $name }: frühere Beiträge
older-posts = Ältere Beiträge
newer-posts = Neuere Beiträge
pages = Seiten
pinned = Angeheftet
nothing-published = Hier ist noch nichts veröffentlicht.
write-the-first = Den ersten Beitrag schreiben
tags = Schlagwörter
all-tags = Alle Schlagwörter
no-tags = Noch hat kein Beitrag ein Schlagwort.
author = Autor
series-parts =
    { $count ->
        [one] Eine Reihe mit einem Teil
       *[other] Eine Reihe mit { $count } Teilen
    }

# Ein Beitrag
minutes-to-read =
    { $minutes ->
        [one] Eine Minute Lesezeit
       *[other] { $minutes } Minuten Lesezeit
    }
updated = Geändert am
edit = Bearbeiten
contents = Inhalt
related-posts = Verwandte Beiträge
posts-around = Beiträge davor und danach
earlier = Davor
later = Danach
series = Reihe
series-place = Teil { $number } von { $total }
untitled = Ohne Titel
state-draft = Dies ist ein Entwurf. Nur wer ihn bearbeiten darf, sieht ihn.
state-scheduled = Erscheint am { $date } ({ $zone }).
state-private = Dies ist privat. Nur wer angemeldet ist, sieht es.
state-unlisted = Dies steht in keiner Liste. Nur wer die Adresse hat, findet es.
state-shared = Dies ist ein Entwurf, der mit dir geteilt wurde, Stand { $date }. Bitte gib den Link nicht weiter.

# Suche
search-this-blog = In diesem Blog suchen
search-for = Suche: { $words }
search-nothing = Zu „{ $words }“ wurde nichts gefunden. Versuch es mit weniger Wörtern oder mit einem Wortanfang und Stern: anfang*
search-help = Wonach suchst du? Möglich sind Wörter, „Wörter nebeneinander“ in Anführungszeichen, anfang* und dazu -ohne.
more-results = Weitere Treffer
better-results = Bessere Treffer

# Wenn etwas schiefgeht
did-you-mean = Meintest du
to-the-posts = Zu den Beiträgen
error-401 = Bitte melde dich zuerst an
error-401-advice = Diese Seite ist für die, die hier schreiben.
error-403 = Das darfst du hier nicht
error-403-advice = Wenn du meinst, dass du es dürfen solltest, frag den Besitzer dieses Blogs.
error-404 = Diese Seite gibt es nicht
error-404-advice = Vielleicht ist sie umgezogen, oder in der Adresse ist ein Tippfehler.
error-405 = Das kann diese Seite nicht
error-405-advice = Bitte geh zurück und benutze die Knöpfe der Seite.
error-409 = Jemand anderes war schneller
error-409-advice = Bitte geh zurück, lade die Seite neu und sieh nach, was sich geändert hat.
error-410 = Diese Seite wurde entfernt
error-410-advice = Ihr Autor hat sie weggenommen.
error-413 = Das ist zu viel auf einmal
error-413-advice = Bitte geh zurück und schicke weniger; dein Browser hat noch, was du getippt hast.
error-414 = Diese Adresse ist zu lang
error-414-advice = Bitte prüfe den Link.
error-422 = Im Formular stimmt etwas nicht
error-422-advice = Bitte geh zurück und prüfe, was du eingegeben hast.
error-429 = Zu viele Versuche
error-429-advice = Bitte warte ein wenig und versuch es dann noch einmal.
error-503 = Das geht gerade nicht
error-503-advice = Bitte versuch es gleich noch einmal; dein Browser hat noch, was du getippt hast.
error-400 = Mit dieser Anfrage ist hier nichts anzufangen
error-400-advice = Bitte geh zurück und versuch es noch einmal.
error-500 = Hier ist etwas schiefgegangen
error-500-advice = Es liegt nicht an dir, und es wurde notiert. Bitte versuch es später noch einmal.

# Konten
user-name = Benutzername
user-name-hint = 1 bis 32 Buchstaben, Ziffern, „-“ oder „_“
password = Passwort
password-hint = Mindestens 8 Zeichen
no-account-yet = Noch kein Konto?
have-account = Du hast schon ein Konto?
password-lost = Passwort vergessen? Der Besitzer dieses Blogs kann dir einen Link für ein neues geben.
new-password = Neues Passwort
for-account = Für das Konto { $name }.
signs-out-all = Alle Browser, die jetzt angemeldet sind, werden abgemeldet.
set-password = Passwort setzen
link-used-up = Link verbraucht
link-dead = Dieser Link gilt nicht mehr
link-dead-advice = Er wurde schon benutzt, oder seine 30 Minuten sind um. Bitte frag den Besitzer dieses Blogs nach einem neuen.
registration = Registrierung
unclaimed = Dieser Blog wartet auf seinen Besitzer
unclaimed-advice = Wenn du das bist, öffne den Link, den das Programm beim Start ausgegeben hat. Er gilt 30 Minuten; ein Neustart gibt einen neuen aus.
by-invitation = Registrierung nur auf Einladung
by-invitation-advice = Bitte frag den Besitzer dieses Blogs nach einem Link.
invitation-dead = Diese Einladung gilt nicht mehr
invitation-dead-advice = Sie wurde schon benutzt, zurückgenommen oder ist abgelaufen. Bitte frag nach einer neuen.
registration-closed = Die Registrierung ist geschlossen
registration-closed-advice = Neue Konten werden hier zurzeit nicht angelegt.

# Daten
date-long = { $day }. { $month } { $year }
date-month = { $month } { $year }
date-time = { $day }. { $month } { $year }, { $time } Uhr
month-1 = Januar
month-2 = Februar
month-3 = März
month-4 = April
month-5 = Mai
month-6 = Juni
month-7 = Juli
month-8 = August
month-9 = September
month-10 = Oktober
month-11 = November
month-12 = Dezember

# Was das Programm von sich aus sagt
said-choose-name = Bitte wähle einen Benutzernamen.
said-name-long = Ein Benutzername hat höchstens 32 Zeichen.
said-name-letters = Ein Benutzername besteht aus Buchstaben, Ziffern, „-“ und „_“, ohne Leerzeichen.
said-name-taken = Dieser Name ist vergeben. Bitte wähle einen anderen.
said-password-short = Ein Passwort hat mindestens 8 Zeichen.
said-password-long = Ein Passwort hat höchstens 71 Byte: 71 einfache Buchstaben, weniger aus anderen Schriften. Bitte wähle ein kürzeres.
said-password-common = Dieses Passwort gehört zu den ersten, die geraten werden. Bitte wähle ein anderes.
said-wrong-credentials = Name und Passwort passen nicht zusammen.
said-too-many-tries = Zu viele Versuche. Bitte warte ein wenig bis zum nächsten.
said-too-many-accounts = Aus deinem Netz wurden zu viele Konten angelegt. Bitte warte ein wenig und versuch es dann noch einmal.
said-password-set = Dein neues Passwort ist gesetzt. Bitte melde dich damit an.
