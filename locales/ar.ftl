# الإطار
skip = انتقل إلى المحتوى
main-navigation = القائمة الرئيسية
posts = المقالات
archive = الأرشيف
search = البحث
new-post = مقال جديد
dashboard = لوحة التحكم
log-out = تسجيل الخروج
register = إنشاء حساب
login = تسجيل الدخول
feed = الخلاصة
about-feed = هذه خلاصة. انسخ عنوانها إلى قارئ الخلاصات لتصلك المقالات الجديدة فيه.
elsewhere = في أماكن أخرى

# القوائم
earlier-posts = مقالات أقدم
earlier-posts-of = { $name }: مقالات أقدم
older-posts = مقالات أقدم
newer-posts = مقالات أحدث
pages = الصفحات
pinned = مثبّت
nothing-published = لم يُنشر شيء هنا بعد.
write-the-first = اكتب المقال الأول
tags = الوسوم
all-tags = كل الوسوم
no-tags = لا يحمل أي مقال وسمًا بعد.
author = الكاتب
series-parts =
    { $count ->
        [one] سلسلة من جزء واحد
        [two] سلسلة من جزأين
        [few] سلسلة من { $count } أجزاء
       *[other] سلسلة من { $count } جزءًا
    }

# المقال
minutes-to-read =
    { $minutes ->
        [one] دقيقة واحدة للقراءة
        [two] دقيقتان للقراءة
        [few] { $minutes } دقائق للقراءة
       *[other] { $minutes } دقيقة للقراءة
    }
updated = حُدّث في
edit = تحرير
contents = المحتويات
related-posts = مقالات ذات صلة
posts-around = المقال السابق والتالي
earlier = السابق
later = التالي
series = السلسلة
series-place = الجزء { $number } من { $total }
untitled = بلا عنوان
state-draft = هذه مسودة لا يراها إلا من يحق له تحريرها.
state-scheduled = يُنشر في { $date } ({ $zone }).
state-private = هذا المقال خاص ولا يراه إلا من سجّل الدخول.
state-unlisted = هذا المقال ليس في أي قائمة ولا يجده إلا من لديه عنوانه.
state-shared = هذه مسودة شوركت معك كما كانت في { $date }. يُرجى عدم تمرير الرابط.

# البحث
search-this-blog = ابحث في هذه المدونة
search-for = البحث: { $words }
search-nothing = لم يُعثر على شيء عن «{ $words }». جرّب كلمات أقل أو بداية كلمة تليها نجمة: بدا*
search-help = عمّ تبحث؟ كلمات، أو "كلمات متجاورة" بين علامتي اقتباس، أو بدا*، ومعها ‎-دون.
more-results = نتائج أخرى
better-results = نتائج أقرب

# عند حدوث خطأ
did-you-mean = هل تقصد
to-the-posts = إلى المقالات
error-401 = يُرجى تسجيل الدخول أولًا
error-401-advice = هذه الصفحة لمن يكتبون هنا.
error-403 = لا يحق لك فعل هذا
error-403-advice = إن كنت ترى خلاف ذلك فاسأل صاحب هذه المدونة.
error-404 = لا توجد صفحة كهذه
error-404-advice = ربما نُقلت، أو في العنوان خطأ.
error-405 = لا تستطيع هذه الصفحة فعل ذلك
error-405-advice = يُرجى الرجوع واستخدام أزرار الصفحة.
error-409 = سبقك شخص آخر
error-409-advice = يُرجى الرجوع وإعادة تحميل الصفحة والنظر فيما تغيّر.
error-410 = أُزيلت هذه الصفحة
error-410-advice = سحبها كاتبها.
error-413 = هذا كثير دفعة واحدة
error-413-advice = يُرجى الرجوع وإرسال أقل؛ ما زال ما كتبته في متصفحك.
error-414 = هذا العنوان طويل جدًا
error-414-advice = يُرجى التحقق من الرابط.
error-422 = في الاستمارة شيء غير صحيح
error-422-advice = يُرجى الرجوع والتحقق مما أدخلته.
error-429 = محاولات كثيرة جدًا
error-429-advice = يُرجى الانتظار قليلًا ثم المحاولة من جديد.
error-503 = لا تستطيع المدونة فعل هذا الآن
error-503-advice = يُرجى المحاولة بعد لحظة؛ ما زال ما كتبته في متصفحك.
error-400 = لا معنى لهذا الطلب هنا
error-400-advice = يُرجى الرجوع والمحاولة من جديد.
error-500 = حدث خطأ هنا
error-500-advice = ليس الخطأ منك، وقد سُجّل. يُرجى المحاولة لاحقًا.

# الحسابات
user-name = اسم المستخدم
user-name-hint = من 1 إلى 32 حرفًا أو رقمًا أو «-» أو «_»
password = كلمة المرور
password-hint = 8 محارف على الأقل
no-account-yet = ليس لديك حساب؟
have-account = لديك حساب؟
password-lost = فقدت كلمة المرور؟ يمكن لصاحب هذه المدونة أن يعطيك رابطًا لتعيين كلمة جديدة.
new-password = كلمة مرور جديدة
for-account = للحساب { $name }.
signs-out-all = سيُسجَّل الخروج من كل المتصفحات.
set-password = تعيين كلمة المرور
link-used-up = رابط مستعمل
link-dead = لم يعد هذا الرابط يعمل
link-dead-advice = استُعمل من قبل أو انقضت دقائقه الثلاثون. يُرجى طلب رابط جديد من صاحب هذه المدونة.
registration = إنشاء الحسابات
unclaimed = تنتظر هذه المدونة صاحبها
unclaimed-advice = إن كنت أنت، فافتح الرابط الذي عرضه البرنامج عند بدئه. يصلح 30 دقيقة، وإعادة التشغيل تعرض رابطًا جديدًا.
by-invitation = إنشاء الحسابات بالدعوة فقط
by-invitation-advice = يُرجى طلب رابط من صاحب هذه المدونة.
invitation-dead = لم تعد هذه الدعوة صالحة
invitation-dead-advice = استُعملت أو سُحبت أو انتهت مدتها. يُرجى طلب دعوة جديدة.
registration-closed = إنشاء الحسابات مغلق
registration-closed-advice = لا تُنشأ هنا حسابات جديدة حاليًا.

# التواريخ
date-long = { $day } { $month } { $year }
date-month = { $month } { $year }
date-time = { $day } { $month } { $year }، { $time }
month-1 = يناير
month-2 = فبراير
month-3 = مارس
month-4 = أبريل
month-5 = مايو
month-6 = يونيو
month-7 = يوليو
month-8 = أغسطس
month-9 = سبتمبر
month-10 = أكتوبر
month-11 = نوفمبر
month-12 = ديسمبر

# ما يقوله البرنامج
said-choose-name = يُرجى اختيار اسم مستخدم.
said-name-long = لا يزيد اسم المستخدم على 32 محرفًا.
said-name-letters = يتكوّن اسم المستخدم من حروف وأرقام و«-» و«_» دون مسافات.
said-name-taken = هذا الاسم مستعمل. يُرجى اختيار غيره.
said-password-short = لا تقل كلمة المرور عن 8 محارف.
said-password-long = لا تزيد كلمة المرور على 71 بايت: 71 حرفًا لاتينيًا، وأقل من ذلك في الكتابات الأخرى. يُرجى اختيار كلمة أقصر.
said-password-common = كلمة المرور هذه من أول ما يُخمَّن. يُرجى اختيار غيرها.
said-wrong-credentials = الاسم وكلمة المرور لا يتوافقان.
said-too-many-tries = محاولات كثيرة. يُرجى الانتظار قليلًا قبل التالية.
said-too-many-accounts = أُنشئت حسابات كثيرة من شبكتك. يُرجى الانتظار قليلًا ثم المحاولة من جديد.
said-password-set = عُيّنت كلمة مرورك الجديدة. يُرجى تسجيل الدخول بها.
