"""What is said to a teacher, in Simplified Chinese."""

from __future__ import annotations

TEACH = "教学"
TEACH_HELP = "给班级用的链接及其二维码，以及由这些链接组成的教案"
CONTROLS = {
    "network": "网络列表",
    "cell": "单元类型的选择",
    "sequence": "序列列表",
    "own": "自己的序列",
    "new": "新的随机序列",
    "layer": "层的选择",
    "details": "舞台下方的标签页",
    "pages": "其他页面",
    "link": "链接按钮",
}
LINK = {
    "hide": "对班级隐藏",
    "link": "课堂链接",
    "copy": "复制课堂链接",
    "copied": "课堂链接已复制",
    "failed": "请从文本框中复制链接",
    "code": "课堂链接的二维码",
    "enlarge": "放大显示二维码",
    "close": "关闭",
    "too_long": "此链接太长，无法生成二维码。",
    "local": "此地址只能通到本机：请用班级能够访问的地址打开本页。",
    "plan": "教案",
    "add": "加入当前画面",
    "save": "保存教案",
    "open": "打开教案",
    "play": "开始",
    "empty": "教案是一组这样的链接：先加入当前画面，再转到下一个。",
    "remove": "移除 {title}",
    "step": "{title}，时间步 {t}",
    "bad": "此文件中没有链接：教案是每行一个链接的文本文件。",
}
PLAN = {
    "region": "教案",
    "place": "第 {k} 个，共 {n} 个：{title}",
    "back": "上一个",
    "next": "下一个",
    "end": "结束教案",
    "keys": "Shift + Page Down 前进，Shift + Page Up 后退；演示时翻页笔在序列的两端也会切换。",
}
