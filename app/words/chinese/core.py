"""What the core says of itself, in Chinese: signals, tasks, demos and what they measure."""

from __future__ import annotations

PHRASES: dict[str, str] = {
    # Cells and signals
    "Standard RNN": "标准 RNN",
    "Cell state": "细胞状态",
    "what rides on the conveyor belt": "传送带上承载的内容",
    "Forget gate": "遗忘门",
    "how much of the belt is kept": "传送带上的内容保留多少",
    "Input gate": "输入门",
    "how much of the candidate is added": "加上多少候选值",
    "Candidate": "候选值",
    "what could be added": "可以加上的内容",
    "Output gate": "输出门",
    "how much of the belt is shown": "传送带上的内容输出多少",
    "Hidden state": "隐藏状态",
    "what the cell shows": "循环单元的输出",
    "Retained": "保留",
    "what the forget gate let pass": "遗忘门放行的部分",
    "Written": "写入",
    "what the input gate let in": "输入门放进来的部分",
    "what the cell remembers and shows": "循环单元记住并输出的内容",
    "Reset gate": "重置门",
    "how much of the past the candidate sees": "候选值能看到多少过去",
    "Update gate": "更新门",
    "how much of the hidden state is kept": "隐藏状态保留多少",
    "what the update gate let pass": "更新门放行的部分",
    "what the update gate let in": "更新门放进来的部分",
    # Other tasks
    "Long time lag, no noise": "长时滞，无噪声",
    "After every symbol, each output is within 0.25 of the truth: 1 for the symbol that follows, 0 "
    "for the others.": (
        "在每个符号之后，每个输出与真实值相差不超过 0.25：随后出现的符号为 1，其余为 0。"
    ),
    "Copy memory": "复制记忆",
    "At each of the 10 timesteps after the sign, the most probable symbol is the right one.": (
        "在信号之后的 10 个时间步中，每一步概率最高的符号都是正确的。"
    ),
    "Brackets in balance (Dyck-1)": "括号匹配（Dyck-1）",
    "How many brackets are open, and may the string end here?": (
        "有多少个括号尚未闭合？字符串可以在此结束吗？"
    ),
    "Handwritten digits, pixel by pixel": "手写数字，逐个像素读入",
    "Which digit was drawn, when all it sees is one pixel at a time?": (
        "每次只看一个像素，写的是哪个数字？"
    ),
    "At the last pixel, the most probable digit is the right one.": (
        "在最后一个像素处，概率最高的数字是正确的。"
    ),
    # Lengths
    "strings in a row": "连续的字符串数",
    "timesteps of lag": "时滞（时间步数）",
    "timesteps of lag at most": "最长时滞（时间步数）",
    "timesteps at least": "最少时间步数",
    "timesteps of silence": "静默期（时间步数）",
    "n at most": "n 的最大值",
    "pairs at most": "最多括号对数",
    # Events
    "the end": "结尾",
    "stays open longest": "最晚闭合的括号",
    "the first ink": "第一处墨迹",
    "the first letter": "首字母",
    "the sum": "和",
    "the product": "积",
    "their order": "顺序",
    "the copy": "副本",
    "the digit": "数字",
    # What certificates measure
    "sequences": "序列",
    "sequences wrong": "错误的序列",
    "largest error": "最大误差",
    "share of first write": "首次写入的占比",
    "first write kept": "首次写入的保留比例",
    "strings": "字符串",
    "strings right": "正确的字符串",
    "longest string": "最长的字符串",
    "lowest legal": "合法符号的最低概率",
    "highest illegal": "非法符号的最高概率",
    "mean squared error": "均方误差",
    "held out years": "留出的年份数",
    "autoregression order": "自回归阶数",
    "network error": "网络误差",
    "autoregression error": "自回归误差",
    "persistence error": "持续性预测误差",
    "network choosing": "网络误差（选择年份）",
    "autoregression choosing": "自回归误差（选择年份）",
    "persistence choosing": "持续性预测误差（选择年份）",
    "trained to n": "训练时 n 最大为",
    "right up to n": "全部正确的 n 最大为",
    "strings right of trained": "训练范围内正确的字符串数",
    "strings right of 200": "200 个字符串中正确的个数",
    "bits per character": "每字符比特数",
    "five gram bits per character": "5-gram 每字符比特数",
    "nine gram bits per character": "9-gram 每字符比特数",
    "gzip bits per character": "gzip 每字符比特数",
    "test files": "测试文件数",
    "test characters": "测试字符数",
    "training files": "训练文件数",
    "training characters": "训练字符数",
    "sample bits per character": "样本的每字符比特数",
    "sample gzip bits per character": "样本的 gzip 每字符比特数",
    "sample characters": "样本字符数",
    # The study of variants
    "A run has succeeded once 99% of 256 fresh sequences are right; it is tested 40 times on its "
    "way. At its end 2,560 other fresh sequences are counted.": (
        "256 条新序列中有 99 % 正确时，一次训练即算成功；训练途中测试 40 次。"
        "结束时再用另外 2,560 条新序列统计。"
    ),
    "chrono": "Chrono 初始化",
    "no forget gate": "无遗忘门",
    "coupled gates": "耦合门",
    "peepholes": "窥视孔",
    "standard RNN": "标准 RNN",
    "standard RNN, a third of the rate": "标准 RNN，学习率为三分之一",
    # Properties that units are probed for
    "timestep": "时间步",
    "unit": "单元",
    "time": "时间",
    "reads": "读入",
    "inside quotes": "在引号内",
    "inside a comment": "在注释内",
    "inside brackets": "在括号内",
    "depth of brackets": "括号深度",
    "indentation": "缩进",
    "position in the line": "行内位置",
    "a letter": "是字母",
    "a digit": "是数字",
    "a space": "是空格",
    "a line break": "是换行符",
    "the number to remember": "要记住的数",
    # Sequences that are made up
    "Random symbols": "随机符号",
    "Symbols drawn at random, each as often as any other: made up, not real data.": (
        "等概率随机抽取的符号：虚构内容，不是真实数据。"
    ),
    "Symbols in their order": "按顺序排列的符号",
    "The first symbols of the alphabet in their order: made up, not real data.": (
        "字母表开头的若干符号，按原有顺序排列：虚构内容，不是真实数据。"
    ),
    "Random numbers": "随机数",
    "Numbers drawn at random (mean 0, deviation 1): made up, not real data.": (
        "随机抽取的数（均值 0，标准差 1）：虚构内容，不是真实数据。"
    ),
    "Zeros": "全零",
    "All inputs are zero: what the network does by itself.": "所有输入都为零：看网络自身会做什么。",
    "The watched sequence": "观察序列",
    "The sequence that was watched while the network learned.": "网络学习期间一直用来观察的序列。",
    "A fresh sequence that the network has not learned from.": "网络没有学习过的新序列。",
}

PATTERNS: dict[str, str] = {
    "{kind}, {units} units": "{kind}，{units} 个单元",
    "{kind}, 1 unit": "{kind}，1 个单元",
    "forget bias {bias}": "遗忘门偏置 {bias}",
    "Fresh {k}": "新序列 {k}",
    "reads {symbol}": "读入 {symbol}",
    "how often {symbol} was read": "{symbol} 已读入的次数",
    "has to remember {symbol}": "需要记住 {symbol}",
    "Which symbols may come next in a stream of {strings} strings, and does it forget each in "
    "time?": "在 {strings} 个字符串首尾相接的流中，接下来可以出现哪些符号？它能否及时忘掉每一个？",
    "Was the first symbol x or y, {lag} timesteps ago?": (
        "{lag} 个时间步之前，第一个符号是 x 还是 y？"
    ),
    "Can it keep two marked numbers over {lag} timesteps, and add them?": (
        "它能否在 {lag} 个时间步中记住两个带标记的数，并把它们相加？"
    ),
    "Can it keep two marked numbers over {lag} timesteps, and multiply them?": (
        "它能否在 {lag} 个时间步中记住两个带标记的数，并把它们相乘？"
    ),
    "Which {symbols} symbols came before {lag} timesteps of silence?": (
        "在 {lag} 个静默的时间步之前，出现的是哪 {symbols} 个符号？"
    ),
    "Were there as many b as a, and does it still count beyond n = {n}?": (
        "b 是否与 a 一样多？超过 n = {n} 后它还能计数吗？"
    ),
    "Were there as many b and c as a, and does it still count beyond n = {n}?": (
        "b 和 c 是否与 a 一样多？超过 n = {n} 后它还能计数吗？"
    ),
    # Events, of which one timestep may have several
    "{one}, {other}": "{one}，{other}",
    "{symbol} to remember": "要记住 {symbol}",
    "{symbol} again": "{symbol} 再次出现",
    "{symbol} is not allowed here": "此处不允许 {symbol}",
    "asks for {what}": "要求回答{what}",
    "marked: {number}": "标记：{number}",
    "the first {symbol}": "第一个 {symbol}",
}
