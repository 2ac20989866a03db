"""What a visitor is told of the server: faults, and what it keeps, in Simplified Chinese."""

from __future__ import annotations

from .common import UPLOAD_HOURS

PRIVACY = "本页面保存你的哪些信息"
PRIVACY_TITLE = "本页面保存你的哪些信息 · Gatescope"
BACK = "返回页面"
KEPT = (
    "不保存任何关于你是谁的信息：没有账号、姓名和统计，也不向第三方发出请求。页面只访问这台服务器，"
    "服务器不访问任何别处。",
    f"你上传、输入或粘贴的内容在最后一次使用后保存 {UPLOAD_HOURS} 小时，以便刷新后还能找到，"
    "或保存到你移除为止。只有带着你的会话随机词的地址才能找到它；“复制链接”不包含这个词。",
    "你训练的网络在你离开后很快就会被忘记。要留住它，请保存。",
    "服务器有两个 Cookie：一个防止其他网站冒用上传，另一个可能用来把你带回同一个进程。"
    "它们都不说明你是谁，也没有页面读取它们。",
    "错误日志说明程序做了什么；某条错误可能会引用一个无法读取的值。"
    "Gatescope 不记录访问者的地址；托管者放在它前面的网页服务器可能会记录。",
    "在房间里（“教学”中的“跟我来”），老师所在的位置经由服务器传给跟随的人。"
    "老师关闭房间时，或离开两分钟后，它就被忘记；关于跟随的人，只知道有多少人。",
)
IN_MEMORY = "这一切都在服务器的内存里：没有为了保存而写入磁盘的内容。"
IN_FOLDER = (
    "在这台服务器上，上传的内容还会写入各进程共用的文件夹，保存同样的小时数，"
    "以便其中一个进程结束后你还能找到它们。房间存在期间也写在那里。"
)


def part_failed(number: str) -> str:
    """Say that one part of a page is missing."""
    return (
        "由于程序出错，这一部分无法显示；页面的其余部分不受影响。"
        f"托管者可以在日志中查到原因：事件 {number}。"
    )


def page_failed(number: str) -> str:
    """Say that a page is missing or not whole."""
    return (
        "由于程序出错，这个页面没有完整显示。请刷新，或打开别的页面。"
        f"托管者可以在日志中查到原因：事件 {number}。"
    )
