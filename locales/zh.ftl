# 框架
skip = 跳到正文
main-navigation = 主导航
posts = 文章
archive = 归档
search = 搜索
new-post = 写文章
dashboard = 管理
log-out = 退出
register = 注册
login = 登录
feed = 订阅
about-feed = 这是一个订阅源。将其地址复制到阅读器中，即可在那里收到新文章。
elsewhere = 其他地方

# 列表
earlier-posts = 更早的文章
earlier-posts-of = { $name }：更早的文章
older-posts = 更早的文章
newer-posts = 更新的文章
pages = 分页
pinned = 置顶
nothing-published = 这里还没有发布任何内容。
write-the-first = 写第一篇文章
tags = 标签
all-tags = 所有标签
no-tags = 还没有文章带有标签。
author = 作者
series-parts = 系列，共 { $count } 篇

# 文章
minutes-to-read = 阅读约需 { $minutes } 分钟
updated = 更新于
edit = 编辑
contents = 目录
related-posts = 相关文章
posts-around = 前后文章
earlier = 上一篇
later = 下一篇
series = 系列
series-place = 第 { $number } 篇，共 { $total } 篇
untitled = 无标题
state-draft = 这是草稿，只有能编辑它的人看得到。
state-scheduled = 将于 { $date }（{ $zone }）发布。
state-private = 这是私密文章，只有登录的人看得到。
state-unlisted = 这篇文章不在任何列表中，只有知道地址的人能找到。
state-shared = 这是分享给你的草稿，内容截至 { $date }。请不要转发链接。

# 搜索
search-this-blog = 搜索本站
search-for = 搜索：{ $words }
search-nothing = 没有找到“{ $words }”。试试少用几个词，或者用星号代替词尾：beg*
search-help = 要找什么？可以输入词语、用引号括起来的"连续词语"、beg*，也可以再加上 -排除。
more-results = 更多结果
better-results = 更相关的结果

# 出错时
did-you-mean = 你要找的是不是
to-the-posts = 查看文章
error-401 = 请先登录
error-401-advice = 这个页面是给在这里写作的人用的。
error-403 = 你没有权限这样做
error-403-advice = 如果你认为应该可以，请询问本站的所有者。
error-404 = 没有这个页面
error-404-advice = 它可能已经移走，或者地址有误。
error-405 = 这个页面做不到这一点
error-405-advice = 请返回并使用页面上的按钮。
error-409 = 有人抢先了一步
error-409-advice = 请返回，重新载入页面，看看有什么变化。
error-410 = 这个页面已被移除
error-410-advice = 作者把它撤下了。
error-413 = 一次发送得太多了
error-413-advice = 请返回并减少内容；你输入的文字还在浏览器里。
error-414 = 这个地址太长了
error-414-advice = 请检查链接。
error-422 = 表单中有些内容不对
error-422-advice = 请返回并检查你输入的内容。
error-429 = 尝试次数太多
error-429-advice = 请稍等片刻再试。
error-503 = 现在无法完成
error-503-advice = 请稍后再试；你输入的文字还在浏览器里。
error-400 = 这个请求在这里没有意义
error-400-advice = 请返回再试一次。
error-500 = 这里出了点问题
error-500-advice = 这不是你的错，问题已被记录。请稍后再试。

# 账号
user-name = 用户名
user-name-hint = 1 到 32 个字母、数字、“-”或“_”
password = 密码
password-hint = 至少 8 个字符
no-account-yet = 还没有账号？
have-account = 已有账号？
password-lost = 忘记密码？本站的所有者可以给你一个设置新密码的链接。
new-password = 新密码
for-account = 账号：{ $name }。
signs-out-all = 所有已登录的浏览器都会退出。
set-password = 设置密码
link-used-up = 链接已失效
link-dead = 这个链接已经失效
link-dead-advice = 它已被使用，或者 30 分钟已过。请向本站的所有者索取新的链接。
registration = 注册
unclaimed = 这个博客正在等待它的主人
unclaimed-advice = 如果那就是你，请打开程序启动时显示的链接。它在 30 分钟内有效；重新启动会显示新的链接。
by-invitation = 注册需要邀请
by-invitation-advice = 请向本站的所有者索取链接。
invitation-dead = 这个邀请已经失效
invitation-dead-advice = 它已被使用、被收回或已过期。请索取新的邀请。
registration-closed = 注册已关闭
registration-closed-advice = 目前这里不开放新账号。

# 日期
date-long = { $year }年{ $number }月{ $day }日
date-month = { $year }年{ $number }月
date-time = { $year }年{ $number }月{ $day }日 { $time }
month-1 = 一月
month-2 = 二月
month-3 = 三月
month-4 = 四月
month-5 = 五月
month-6 = 六月
month-7 = 七月
month-8 = 八月
month-9 = 九月
month-10 = 十月
month-11 = 十一月
month-12 = 十二月

# 程序自己说的话
said-choose-name = 请选择一个用户名。
said-name-long = 用户名最多 32 个字符。
said-name-letters = 用户名由字母、数字、“-”和“_”组成，不含空格。
said-name-taken = 这个用户名已被使用，请换一个。
said-password-short = 密码至少 8 个字符。
said-password-long = 密码最多 71 字节：71 个英文字母，其他文字更少。请换一个短一些的。
said-password-common = 这个密码太容易被猜到，请换一个。
said-wrong-credentials = 用户名和密码不匹配。
said-too-many-tries = 尝试次数太多，请稍等再试。
said-too-many-accounts = 你的网络注册了太多账号，请稍后再试。
said-password-set = 新密码已设置，请用它登录。
