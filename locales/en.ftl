# The frame
skip = Skip to the content
main-navigation = Main
posts = Posts
archive = Archive
search = Search
new-post = New Post
dashboard = Dashboard
log-out = Log out
register = Register
login = Login
feed = Feed
about-feed = This is a feed. Copy its address into a feed reader to get new posts there.
elsewhere = Elsewhere

# Lists
earlier-posts = Earlier posts
earlier-posts-of = { $name }: earlier posts
older-posts = Older posts
newer-posts = Newer posts
pages = Pages
pinned = Pinned
nothing-published = Nothing is published here yet.
write-the-first = Write the first post
tags = Tags
all-tags = All tags
no-tags = No post has a tag yet.
author = Author
series-parts =
    { $count ->
        [one] A series in one part
       *[other] A series in { $count } parts
    }

# A post
minutes-to-read =
    { $minutes ->
        [one] One minute to read
       *[other] { $minutes } minutes to read
    }
updated = Updated
edit = Edit
contents = Contents
related-posts = Related posts
posts-around = Posts before and after
earlier = Earlier
later = Later
series = Series
series-place = Part { $number } of { $total }
untitled = Untitled
state-draft = This is a draft. Only who may edit it sees it.
state-scheduled = This comes out on { $date } ({ $zone }).
state-private = This is private. Only who is signed in sees it.
state-unlisted = This is unlisted. Only who has the address finds it.
state-shared = This is a draft that was shared with you, as of { $date }. Please do not pass the link on.

# Search
search-this-blog = Search this blog
search-for = Search: { $words }
search-nothing = Nothing was found for “{ $words }”. Try fewer words, or the beginning of one with a star: begin*
search-help = Please say what to look for: words, “words beside each other” in quotation marks, begin*, and -without beside them.
more-results = More results
better-results = Better results

# When something goes wrong
did-you-mean = Did you mean
to-the-posts = To the posts
error-401 = Please sign in first
error-401-advice = This page is for those who write here.
error-403 = This is not yours to do
error-403-advice = If you think it should be, ask the owner of this blog.
error-404 = There is no such page
error-404-advice = It may have been moved, or the address may have a slip in it.
error-405 = This page cannot do that
error-405-advice = Please go back and use the buttons of the page.
error-409 = Somebody else was faster
error-409-advice = Please go back, load the page again and look what has changed.
error-410 = This page was removed
error-410-advice = Its author took it away.
error-413 = This is too much at once
error-413-advice = Please go back and send less; your browser still has what you typed.
error-414 = This address is too long
error-414-advice = Please check the link.
error-422 = Something in the form is not right
error-422-advice = Please go back and check what you entered.
error-429 = Too many tries
error-429-advice = Please wait a while and try again.
error-503 = The blog cannot do this right now
error-503-advice = Please try again in a moment; your browser still has what you typed.
error-400 = This request makes no sense here
error-400-advice = Please go back and try again.
error-500 = Something went wrong here
error-500-advice = It is not your fault, and it has been written down. Please try again later.

# Accounts
user-name = User name
user-name-hint = 1 to 32 letters, digits, “-” or “_”
password = Password
password-hint = At least 8 characters
no-account-yet = No account yet?
have-account = You have an account?
password-lost = Password lost? The owner of this blog can give you a link to set a new one.
new-password = New password
for-account = For the account { $name }.
signs-out-all = It signs out every browser that is signed in now.
set-password = Set the password
link-used-up = Link used up
link-dead = This link does not work any more
link-dead-advice = It was used already, or its 30 minutes are over. Please ask the owner of this blog for a new one.
registration = Registration
unclaimed = This blog is waiting for its owner
unclaimed-advice = If that is you, open the link that the program printed when it started. It is good for 30 minutes; a restart prints a new one.
by-invitation = Registration is by invitation
by-invitation-advice = Please ask the owner of this blog for a link.
invitation-dead = This invitation does not work any more
invitation-dead-advice = It was used already, taken back, or has run out. Please ask for a new one.
registration-closed = Registration is closed
registration-closed-advice = New accounts are not made here at the moment.

# Dates
date-long = { $day } { $month } { $year }
date-month = { $month } { $year }
date-time = { $day } { $month } { $year }, { $time }
month-1 = January
month-2 = February
month-3 = March
month-4 = April
month-5 = May
month-6 = June
month-7 = July
month-8 = August
month-9 = September
month-10 = October
month-11 = November
month-12 = December

# What the program says by itself: found by its English words
said-choose-name = Please choose a user name.
said-name-long = A user name has at most 32 characters.
said-name-letters = A user name is made of letters, digits, “-” and “_”, without spaces.
said-name-taken = This name is taken. Please choose another.
said-password-short = A password has at least 8 characters.
said-password-long = A password has at most 71 bytes: 71 plain letters, fewer of other scripts. Please choose a shorter one.
said-password-common = This password is among the first that are guessed. Please choose another.
said-wrong-credentials = That name and password do not go together.
said-too-many-tries = Too many tries. Please wait a while before the next one.
said-too-many-accounts = Too many accounts were made from your network. Please wait a while and try again.
said-password-set = Your new password is set. Please sign in with it.
