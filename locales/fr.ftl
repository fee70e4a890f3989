# Le cadre
skip = Aller au contenu
main-navigation = Menu principal
posts = Articles
archive = Archives
search = Recherche
new-post = Nouvel article
dashboard = Tableau de bord
log-out = Se déconnecter
register = S’inscrire
login = Se connecter
feed = Flux
about-feed = Ceci est un flux. Copiez son adresse dans un lecteur de flux pour y recevoir les nouveaux articles.
elsewhere = Ailleurs

# Listes
earlier-posts = Articles précédents
earlier-posts-of = { $name } : articles précédents
older-posts = Articles plus anciens
newer-posts = Articles plus récents
pages = Pages
pinned = Épinglé
nothing-published = Rien n’est encore publié ici.
write-the-first = Écrire le premier article
tags = Mots-clés
all-tags = Tous les mots-clés
no-tags = Aucun article n’a encore de mot-clé.
author = Auteur
series-parts =
    { $count ->
        [one] Une série en une partie
       *[other] Une série en { $count } parties
    }

# Un article
minutes-to-read =
    { $minutes ->
        [one] Une minute de lecture
       *[other] { $minutes } minutes de lecture
    }
updated = Mis à jour le
edit = Modifier
contents = Sommaire
related-posts = Articles proches
posts-around = Articles précédent et suivant
earlier = Précédent
later = Suivant
series = Série
series-place = Partie { $number } sur { $total }
untitled = Sans titre
state-draft = Ceci est un brouillon. Seuls ceux qui peuvent le modifier le voient.
state-scheduled = Paraîtra le { $date } ({ $zone }).
state-private = Ceci est privé. Seules les personnes connectées le voient.
state-unlisted = Ceci n’est dans aucune liste. Seuls ceux qui ont l’adresse le trouvent.
state-shared = Ceci est un brouillon partagé avec vous, dans son état du { $date }. Merci de ne pas transmettre le lien.

# Recherche
search-this-blog = Chercher dans ce blog
search-for = Recherche : { $words }
search-nothing = Rien n’a été trouvé pour « { $words } ». Essayez avec moins de mots, ou avec le début d’un mot suivi d’une étoile : début*
search-help = Que cherchez-vous ? Des mots, des « mots côte à côte » entre guillemets droits, début*, et à leurs côtés -sans.
more-results = Plus de résultats
better-results = Meilleurs résultats

# Quand quelque chose ne va pas
did-you-mean = Vouliez-vous dire
to-the-posts = Vers les articles
error-401 = Veuillez d’abord vous connecter
error-401-advice = Cette page est réservée à ceux qui écrivent ici.
error-403 = Vous n’avez pas le droit de faire cela
error-403-advice = Si vous pensez le contraire, demandez au propriétaire de ce blog.
error-404 = Cette page n’existe pas
error-404-advice = Elle a peut-être changé de place, ou l’adresse contient une erreur.
error-405 = Cette page ne sait pas faire cela
error-405-advice = Veuillez revenir en arrière et utiliser les boutons de la page.
error-409 = Quelqu’un d’autre a été plus rapide
error-409-advice = Veuillez revenir en arrière, recharger la page et regarder ce qui a changé.
error-410 = Cette page a été retirée
error-410-advice = Son auteur l’a enlevée.
error-413 = C’est trop à la fois
error-413-advice = Veuillez revenir en arrière et envoyer moins ; votre navigateur a encore ce que vous avez tapé.
error-414 = Cette adresse est trop longue
error-414-advice = Veuillez vérifier le lien.
error-422 = Quelque chose ne va pas dans le formulaire
error-422-advice = Veuillez revenir en arrière et vérifier ce que vous avez saisi.
error-429 = Trop d’essais
error-429-advice = Veuillez patienter un peu, puis réessayer.
error-503 = Le blog ne peut pas le faire pour l’instant
error-503-advice = Veuillez réessayer dans un instant ; votre navigateur a encore ce que vous avez tapé.
error-400 = Cette demande n’a pas de sens ici
error-400-advice = Veuillez revenir en arrière et réessayer.
error-500 = Quelque chose s’est mal passé ici
error-500-advice = Ce n’est pas votre faute, et c’est noté. Veuillez réessayer plus tard.

# Comptes
user-name = Nom d’utilisateur
user-name-hint = 1 à 32 lettres, chiffres, « - » ou « _ »
password = Mot de passe
password-hint = Au moins 8 caractères
no-account-yet = Pas encore de compte ?
have-account = Vous avez un compte ?
password-lost = Mot de passe perdu ? Le propriétaire de ce blog peut vous donner un lien pour en choisir un nouveau.
new-password = Nouveau mot de passe
for-account = Pour le compte { $name }.
signs-out-all = Tous les navigateurs connectés en ce moment seront déconnectés.
set-password = Enregistrer le mot de passe
link-used-up = Lien déjà utilisé
link-dead = Ce lien ne fonctionne plus
link-dead-advice = Il a déjà été utilisé, ou ses 30 minutes sont passées. Veuillez en demander un nouveau au propriétaire de ce blog.
registration = Inscription
unclaimed = Ce blog attend son propriétaire
unclaimed-advice = Si c’est vous, ouvrez le lien que le programme a affiché au démarrage. Il est valable 30 minutes ; un redémarrage en affiche un nouveau.
by-invitation = L’inscription se fait sur invitation
by-invitation-advice = Veuillez demander un lien au propriétaire de ce blog.
invitation-dead = Cette invitation ne fonctionne plus
invitation-dead-advice = Elle a déjà été utilisée, a été reprise ou a expiré. Veuillez en demander une nouvelle.
registration-closed = Les inscriptions sont fermées
registration-closed-advice = On ne crée pas de nouveaux comptes ici pour l’instant.

# Dates
date-long = { $day } { $month } { $year }
date-month = { $month } { $year }
date-time = { $day } { $month } { $year } à { $time }
month-1 = janvier
month-2 = février
month-3 = mars
month-4 = avril
month-5 = mai
month-6 = juin
month-7 = juillet
month-8 = août
month-9 = septembre
month-10 = octobre
month-11 = novembre
month-12 = décembre

# Ce que le programme dit de lui-même
said-choose-name = Veuillez choisir un nom d’utilisateur.
said-name-long = Un nom d’utilisateur a au plus 32 caractères.
said-name-letters = Un nom d’utilisateur se compose de lettres, de chiffres, de « - » et de « _ », sans espaces.
said-name-taken = Ce nom est déjà pris. Veuillez en choisir un autre.
said-password-short = Un mot de passe a au moins 8 caractères.
said-password-long = Un mot de passe a au plus 71 octets : 71 lettres simples, moins dans d’autres écritures. Veuillez en choisir un plus court.
said-password-common = Ce mot de passe est parmi les premiers que l’on devine. Veuillez en choisir un autre.
said-wrong-credentials = Ce nom et ce mot de passe ne vont pas ensemble.
said-too-many-tries = Trop d’essais. Veuillez patienter un peu avant le prochain.
said-too-many-accounts = Trop de comptes ont été créés depuis votre réseau. Veuillez patienter un peu et réessayer.
said-password-set = Votre nouveau mot de passe est enregistré. Veuillez l’utiliser pour vous connecter.
