# El marco
skip = Ir al contenido
main-navigation = Menú principal
posts = Entradas
archive = Archivo
search = Buscar
new-post = Nueva entrada
dashboard = Panel
log-out = Cerrar sesión
register = Registrarse
login = Iniciar sesión
feed = Canal
about-feed = Esto es un canal de noticias. Copie su dirección en un lector de canales para recibir allí las nuevas entradas.
elsewhere = En otros sitios

# Listas
earlier-posts = Entradas anteriores
earlier-posts-of = { $name }: entradas anteriores
older-posts = Entradas más antiguas
newer-posts = Entradas más recientes
pages = Páginas
pinned = Fijada
nothing-published = Aquí todavía no hay nada publicado.
write-the-first = Escribir la primera entrada
tags = Etiquetas
all-tags = Todas las etiquetas
no-tags = Ninguna entrada tiene etiquetas todavía.
author = Autor
series-parts =
    { $count ->
        [one] Una serie de una parte
       *[other] Una serie de { $count } partes
    }

# Una entrada
minutes-to-read =
    { $minutes ->
        [one] Un minuto de lectura
       *[other] { $minutes } minutos de lectura
    }
updated = Actualizada el
edit = Editar
contents = Contenido
related-posts = Entradas relacionadas
posts-around = Entradas anterior y siguiente
earlier = Anterior
later = Siguiente
series = Serie
series-place = Parte { $number } de { $total }
untitled = Sin título
state-draft = Esto es un borrador. Solo lo ve quien puede editarlo.
state-scheduled = Se publicará el { $date } ({ $zone }).
state-private = Esto es privado. Solo lo ve quien ha iniciado sesión.
state-unlisted = Esto no está en ninguna lista. Solo lo encuentra quien tiene la dirección.
state-shared = Esto es un borrador compartido con usted, tal como estaba el { $date }. Por favor, no difunda el enlace.

# Búsqueda
search-this-blog = Buscar en este blog
search-for = Buscar: { $words }
search-nothing = No se ha encontrado nada para «{ $words }». Pruebe con menos palabras, o con el principio de una y un asterisco: princip*
search-help = ¿Qué busca? Palabras, "palabras seguidas" entre comillas, princip* y, junto a ellas, -sin.
more-results = Más resultados
better-results = Mejores resultados

# Cuando algo va mal
did-you-mean = ¿Quería decir…?
to-the-posts = A las entradas
error-401 = Inicie sesión primero
error-401-advice = Esta página es para quienes escriben aquí.
error-403 = No tiene permiso para hacer esto
error-403-advice = Si cree que debería tenerlo, pregunte al propietario de este blog.
error-404 = Esta página no existe
error-404-advice = Puede que haya cambiado de sitio o que la dirección tenga una errata.
error-405 = Esta página no puede hacer eso
error-405-advice = Vuelva atrás y use los botones de la página.
error-409 = Alguien se le ha adelantado
error-409-advice = Vuelva atrás, cargue la página de nuevo y mire qué ha cambiado.
error-410 = Esta página se ha retirado
error-410-advice = Su autor la quitó.
error-413 = Es demasiado de una vez
error-413-advice = Vuelva atrás y envíe menos; su navegador conserva lo que escribió.
error-414 = Esta dirección es demasiado larga
error-414-advice = Compruebe el enlace.
error-422 = Algo del formulario no está bien
error-422-advice = Vuelva atrás y revise lo que ha escrito.
error-429 = Demasiados intentos
error-429-advice = Espere un poco y vuelva a intentarlo.
error-503 = El blog no puede hacerlo ahora mismo
error-503-advice = Inténtelo de nuevo en un momento; su navegador conserva lo que escribió.
error-400 = Esta petición no tiene sentido aquí
error-400-advice = Vuelva atrás e inténtelo de nuevo.
error-500 = Algo ha ido mal aquí
error-500-advice = No es culpa suya y ha quedado anotado. Inténtelo de nuevo más tarde.

# Cuentas
user-name = Nombre de usuario
user-name-hint = De 1 a 32 letras, cifras, «-» o «_»
password = Contraseña
password-hint = Al menos 8 caracteres
no-account-yet = ¿Aún no tiene cuenta?
have-account = ¿Ya tiene cuenta?
password-lost = ¿Ha perdido la contraseña? El propietario de este blog puede darle un enlace para elegir otra.
new-password = Contraseña nueva
for-account = Para la cuenta { $name }.
signs-out-all = Se cerrará la sesión en todos los navegadores.
set-password = Guardar la contraseña
link-used-up = Enlace ya usado
link-dead = Este enlace ya no funciona
link-dead-advice = Ya se ha usado o han pasado sus 30 minutos. Pida otro al propietario de este blog.
registration = Registro
unclaimed = Este blog espera a su propietario
unclaimed-advice = Si es usted, abra el enlace que el programa mostró al arrancar. Vale 30 minutos; al reiniciar se muestra otro.
by-invitation = El registro es por invitación
by-invitation-advice = Pida un enlace al propietario de este blog.
invitation-dead = Esta invitación ya no funciona
invitation-dead-advice = Ya se ha usado, se ha retirado o ha caducado. Pida otra.
registration-closed = El registro está cerrado
registration-closed-advice = Por ahora no se crean cuentas nuevas aquí.

# Fechas
date-long = { $day } de { $month } de { $year }
date-month = { $month } de { $year }
date-time = { $day } de { $month } de { $year }, { $time }
month-1 = enero
month-2 = febrero
month-3 = marzo
month-4 = abril
month-5 = mayo
month-6 = junio
month-7 = julio
month-8 = agosto
month-9 = septiembre
month-10 = octubre
month-11 = noviembre
month-12 = diciembre

# Lo que dice el programa
said-choose-name = Elija un nombre de usuario.
said-name-long = Un nombre de usuario tiene como máximo 32 caracteres.
said-name-letters = Un nombre de usuario se compone de letras, cifras, «-» y «_», sin espacios.
said-name-taken = Este nombre ya está en uso. Elija otro.
said-password-short = Una contraseña tiene al menos 8 caracteres.
said-password-long = Una contraseña tiene como máximo 71 bytes: 71 letras sencillas, menos en otras escrituras. Elija una más corta.
said-password-common = Esta contraseña es de las primeras que se adivinan. Elija otra.
said-wrong-credentials = Ese nombre y esa contraseña no coinciden.
said-too-many-tries = Demasiados intentos. Espere un poco antes del siguiente.
said-too-many-accounts = Se han creado demasiadas cuentas desde su red. Espere un poco y vuelva a intentarlo.
said-password-set = Su contraseña nueva está guardada. Inicie sesión con ella.
