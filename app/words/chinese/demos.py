"""What the demos and their tasks say of themselves, in Chinese."""

from __future__ import annotations

PHRASES: dict[str, str] = {
    # First letter
    "First letter": "首字母",
    "Was the first letter A or B, however many others came after it?": (
        "无论后面跟了多少个字母，第一个字母是 A 还是 B？"
    ),
    "A sequence begins with A or B. Then come c, d and e at random, up to 99 of them, and they "
    "mean nothing. At E the network must say which letter was the first. It is the smallest LSTM "
    "there is, one unit, and it was made to be read: in training, writing into the memory costs "
    "something. So it writes the first letter down and keeps it. One letter is little to keep: of "
    "its twins a standard RNN of one unit keeps it too, while one of three units, trained alike, "
    "does not learn to.": (
        "序列以 A 或 B 开头，随后是随机出现的 c、d、e，最多 99 个，没有任何意义。读到 E 时，网络"
        "必须说出第一个字母是什么。这是最小的 LSTM，只有一个单元，而且是为了便于读懂而训练的："
        "训练时，向记忆中写入要付出代价，于是它写下第一个字母，然后一直保留。一个字母并不难记："
        "对照网络中，只有一个单元的标准 RNN 也能记住它，同样训练、有三个单元的标准 RNN 却没有学会。"
    ),
    "A sequence is right when every output at E is within 0.1 of the truth: 2,560 fresh "
    "sequences, all of the longest lag, 100 timesteps. The share of the first write is that of "
    "all that was written and is still there at E, in absolute values; first write kept is how "
    "much of it is left. No smaller network could get all right: no LSTM has fewer units.": (
        "在 E 处每个输出与真实值相差不超过 0.1，这条序列就算正确：共 2,560 条新序列，均为最长时滞，"
        "即 100 个时间步。首次写入的占比，是它在 E 处仍保留的全部写入中所占的份额（取绝对值）；"
        "首次写入的保留比例，是它还剩多少。不可能有更小的网络全部答对：LSTM 的单元不能再少了。"
    ),
    "A, then 22 others": "A，随后 22 个其他字母",
    "A is written once, at timestep 0. Watch it ride along while 22 letters go by that mean "
    "nothing.": "A 只在时间步 0 写入一次。看它如何随传送带前行，而 22 个没有意义的字母从旁经过。",
    "B, then 22 others": "B，随后 22 个其他字母",
    "The same letters after B: only the first differs, and what is carried from it.": (
        "B 之后是同样的字母：只有首字母以及由它带来的内容不同。"
    ),
    "A, then 99 others": "A，随后 99 个其他字母",
    "The longest lag it was trained on: a hundred timesteps from A to the answer.": (
        "训练时最长的时滞：从 A 到回答相隔一百个时间步。"
    ),
    "B, then 299 others": "B，随后 299 个其他字母",
    "Three times as long as anything it was trained on.": "比训练时最长的序列还长两倍。",
    "A at once": "A，随即提问",
    "The shortest there is: the answer is asked at once.": "最短的序列：立刻就被提问。",
    "At E, every output is within 0.1 of the truth.": "在 E 处，每个输出与真实值相差不超过 0.1。",
    # Reber
    "Embedded Reber grammar": "嵌入式 Reber 语法",
    "Which symbols may come next, and does the ending match the beginning?": (
        "接下来可以出现哪些符号？结尾与开头是否一致？"
    ),
    "Each string starts with B and then T or P, and its last symbol but one must be the same T or "
    "P again. In between stands a little grammar of its own, as long as it likes. The network has "
    "to carry one symbol across all of that.": (
        "每个字符串以 B 开头，接着是 T 或 P，倒数第二个符号必须是同一个 T 或 P。"
        "中间是一段自成一体的小语法，长度不限。网络必须在这整段时间里记住一个符号。"
    ),
    "A string is right when, at every position but the last, each symbol that may follow has a "
    "probability above 0.25 and every other one below. The strings are all different and none of "
    "them was trained on.": (
        "除最后一个位置外，如果每个位置上可以出现的符号的概率都高于 0.25，其余符号都低于 0.25，"
        "这个字符串就算正确。所有字符串各不相同，而且都没有用于训练。"
    ),
    "Keep T in mind": "记住 T",
    "The second symbol is T; after twenty others it must come again. Watch which units hold it.": (
        "第二个符号是 T；隔了二十个符号之后它必须再次出现。看看哪些单元记着它。"
    ),
    "Remember T": "记住 T（最短）",
    "The shortest there is: the second symbol is T, and so is the last but one.": (
        "最短的字符串：第二个符号是 T，倒数第二个也是。"
    ),
    "Remember P": "记住 P（最短）",
    "The same inner string after P: only what is remembered differs.": (
        "P 之后是同样的内部字符串：只有要记住的内容不同。"
    ),
    "A long way": "相隔很远",
    "Sixty symbols lie between the first T and the second.": (
        "第一个 T 与第二个 T 之间隔着六十个符号。"
    ),
    "The loop S": "S 循环",
    "S repeats, and after each one S or X may follow, however many there were.": (
        "S 不断重复，每个 S 之后都可以是 S 或 X，无论已有多少个。"
    ),
    "A broken promise": "违背约定",
    "It began with T and ends with P: the last but one symbol is illegal.": (
        "以 T 开头却以 P 结尾：倒数第二个符号不合语法。"
    ),
    "At every position but the last, each symbol that may follow has a probability above 0.25, "
    "and every other one below.": (
        "除最后一个位置外，每个位置上可以出现的符号的概率都高于 0.25，其余符号都低于 0.25。"
    ),
    "Continual embedded Reber grammar": "连续的嵌入式 Reber 语法",
    "At every position of a whole stream but the last, each symbol that may follow has a "
    "probability above 0.25, and every other one below.": (
        "整个符号流中，除最后一个位置外，每个位置上可以出现的符号的概率都高于 0.25，"
        "其余符号都低于 0.25。"
    ),
    # Adding and multiplication
    "Adding problem": "加法问题",
    "Can it keep two marked numbers over a hundred timesteps, and add them?": (
        "它能否在一百个时间步中记住两个带标记的数，并把它们相加？"
    ),
    "Every timestep brings a number between -1 and 1 and a mark. Two numbers are marked with 1; at "
    "the very end the network must say 0.5 plus a quarter of their sum. Nothing it says before is "
    "asked for. In training, writing into the memory cost something, so that what it holds can be "
    "read.": (
        "每个时间步给出一个 -1 到 1 之间的数和一个标记。有两个数标记为 1；"
        "到最后，网络必须给出 0.5 加上两数之和的四分之一。在此之前，它的输出不作要求。"
        "训练时，写入记忆要付出代价，因此能看懂它保存了什么。"
    ),
    "A sequence of 100 to 110 timesteps is right when the error of the prediction at its last "
    "timestep is below 0.04; 2,560 fresh sequences, the 1997 specification.": (
        "对于长度为 100 到 110 个时间步的序列，最后一个时间步的预测误差小于 0.04 就算正确；"
        "按 1997 年的规定测试 2,560 条新序列。"
    ),
    "Early and late": "一早一晚",
    "One mark in the first ten timesteps, one after the fortieth: what the first number wrote has "
    "to wait for the second.": (
        "一个标记在前十个时间步内，另一个在第四十个之后：第一个数写入的内容必须等待第二个数。"
    ),
    "Two that cancel": "相互抵消",
    "The marked numbers are nearly opposite: the answer is close to one half.": (
        "两个带标记的数几乎互为相反数：答案接近二分之一。"
    ),
    "Both large": "两个都大",
    "The marked numbers add up to almost 2, the most there can be: the answer is close to 1.": (
        "两个带标记的数之和接近最大值 2：答案接近 1。"
    ),
    "Marked at once": "开头即标记",
    "The two marks follow one another; what comes after must change nothing.": (
        "两个标记前后相接；之后出现的内容不应改变任何结果。"
    ),
    "The error of the prediction at the last timestep is below 0.04.": (
        "最后一个时间步的预测误差小于 0.04。"
    ),
    "Multiplication problem": "乘法问题",
    # Sunspots
    "Sunspots": "太阳黑子",
    "How many sunspots will there be next year?": "明年会有多少太阳黑子？",
    "One number a year since 1700, in cycles of about eleven years that are never the same. At "
    "each year the network says the next one's number. It was trained on the years to 1920 and "
    "never saw those after 1955, where it does far better than saying next year is like this one, "
    "and a little worse than an autoregression on nine years: two centuries are little for a "
    "network to learn from.": (
        "自 1700 年起每年一个数，周期大约十一年，但每个周期都不相同。网络在每一年预测下一年的数。"
        "它用 1920 年以前的数据训练，从未见过 1955 年之后的年份；在那些年份上，它远胜于"
        "“明年与今年相同”的预测，但略逊于基于九年的自回归：对网络来说，两个世纪的数据太少了。"
    ),
    "Root mean square error of the one-step forecast in 1956 to 2008, in sunspots, having read all "
    "years before; beside persistence (next year is like this one) and an autoregression fitted by "
    "least squares to the same training years.": (
        "1956 年至 2008 年单步预测的均方根误差（以黑子数计），此前各年均已读入；"
        "并与持续性预测（明年与今年相同）以及用同样训练年份按最小二乘拟合的自回归作对比。"
    ),
    "1700 to 2008": "1700 至 2008",
    "The whole series; what it says after 1955 is honest.": (
        "完整的序列；1955 年之后的年份没有参与训练，预测如实反映网络的水平。"
    ),
    "1956 to 2008": "1956 至 2008",
    "The held-out years, read from a standing start.": "留出的年份，从零状态开始读入。",
    "1790 to 1840": "1790 至 1840",
    "Three weak cycles in a row, the Dalton minimum.": "连续三个弱周期，即道尔顿极小期。",
    "1935 to 1965": "1935 至 1965",
    "Up to 1957, the highest peak there is.": "直到 1957 年，有记录以来的最高峰。",
    # Temporal order
    "Temporal order": "时间顺序",
    "In which order did the two symbols X or Y come, among letters that mean nothing?": (
        "在没有意义的字母之中，两个 X 或 Y 以什么顺序出现？"
    ),
    "Between E and B stand a hundred letters. Most mean nothing; one near the tenth and one near "
    "the fiftieth is an X or a Y. At the very end the network must say which two there were, in "
    "their order. Nothing it says before is asked for.": (
        "E 与 B 之间有一百个字母，大多没有意义；第十个附近和第五十个附近各有一个 X 或 Y。"
        "到最后，网络必须按顺序说出是哪两个。在此之前，它的输出不作要求。"
    ),
    "A sequence of 100 to 110 timesteps is right when every output at its last timestep is within "
    "0.3 of the truth; 2,560 fresh sequences, the 1997 specification.": (
        "对于长度为 100 到 110 个时间步的序列，最后一个时间步的每个输出与真实值相差不超过 0.3 "
        "就算正确；"
        "按 1997 年的规定测试 2,560 条新序列。"
    ),
    "X, then Y": "先 X 后 Y",
    "X, then Y, among letters that mean nothing. Watch what is written at each.": (
        "在没有意义的字母中，先出现 X，后出现 Y。看看它在每一处写入了什么。"
    ),
    "Y, then X": "先 Y 后 X",
    "The same two symbols the other way round: only their order tells them apart.": (
        "同样两个符号，顺序相反：只有顺序能区分它们。"
    ),
    "X, then X": "X 和 X",
    "X twice. What the first wrote has to be there still when the second comes.": (
        "X 出现两次。第二个出现时，第一个写入的内容必须还在。"
    ),
    "Y, then Y": "Y 和 Y",
    "Y twice, and forty letters of noise after the second.": (
        "Y 出现两次，第二个之后是四十个噪声字母。"
    ),
    "Every output at the last timestep is within 0.3 of the truth.": (
        "最后一个时间步的每个输出与真实值相差不超过 0.3。"
    ),
    "Temporal order, two symbols": "时间顺序，两个符号",
    "Temporal order, three symbols": "时间顺序，三个符号",
    "Temporal order, two symbols, length 30": "时间顺序，两个符号，长度 30",
    "In which order did the three symbols X or Y come, among letters that mean nothing?": (
        "在没有意义的字母之中，三个 X 或 Y 以什么顺序出现？"
    ),
    # Counting
    "Counting aⁿbⁿcⁿ": "计数 aⁿbⁿcⁿ",
    "Were there as many b and c as a? And how far can it count?": (
        "b 和 c 是否与 a 一样多？它能数到多少？"
    ),
    "Between S and T stand some a, then as many b, then as many c. At every position the network "
    "says which symbols may follow. It was trained on up to 40 of each; no finite list of cases "
    "would carry it further, only counting does, and a cell state that adds the same amount at "
    "each step is a counter.": (
        "S 与 T 之间先是若干个 a，接着是同样多的 b，再是同样多的 c。网络在每个位置说出接下来可以"
        "出现哪些符号。训练时每种字母最多 40 个；靠记住有限的例子无法超出这个范围，只有计数可以，"
        "而每一步都加上同一个数的细胞状态就是一个计数器。"
    ),
    "At every position, the output of each symbol that may follow is above 0.5, and every other "
    "one below. Each n from 1 to 200 is tested; up to which n all are right is what it counts "
    "to.": (
        "在每个位置上，可以出现的符号的输出都高于 0.5，其余都低于 0.5。n 从 1 到 200 逐一测试；"
        "一直全部正确到哪个 n，它就能数到多少。"
    ),
    "Five of each. One unit climbs while it reads a, and comes down again with b.": (
        "每种五个。有一个单元在读入 a 时上升，读入 b 时又下降。"
    ),
    "Twenty of each: the same slopes, four times as long.": "每种二十个：斜率相同，长度四倍。",
    "The longest it was trained on.": "训练时最长的序列。",
    "Longer than anything it was trained on, and still right.": (
        "比训练时的任何序列都长，仍然正确。"
    ),
    "One more, and it loses count: watch what the counters have come to.": (
        "再多一个，它就数错了：看看计数器变成了什么样。"
    ),
    "At every position, the output of each symbol that may follow is above 0.5, and every other "
    "one below.": "在每个位置上，可以出现的符号的输出都高于 0.5，其余都低于 0.5。",
    "Counting: aⁿbⁿ": "计数：aⁿbⁿ",
    "Counting: aⁿbⁿcⁿ": "计数：aⁿbⁿcⁿ",
    # Python source
    "Python source": "Python 源代码",
    "Which character comes next in a Python program?": "Python 程序中的下一个字符是什么？",
    "The network has read Python's own standard library, one character after another, and says at "
    "each which one comes next. Nobody told it about words, indentation, strings, comments or "
    "brackets: what it keeps of them in its 256 units, it found useful. In files that it has never "
    "seen it needs fewer bits for a character than a 5-gram model, which looks at the last four "
    "characters and knows how often each followed, fewer than a 9-gram model, and fewer than "
    "gzip.": (
        "网络逐个字符读完了 Python 自己的标准库，并在每个字符处预测下一个字符。没有人告诉它什么是"
        "单词、缩进、字符串、注释或括号：256 个单元中保留的这些信息，都是它自己觉得有用的。"
        "在从未见过的文件上，它每个字符所需的比特数少于 5-gram 模型（只看前四个字符并知道各字符"
        "随后出现的频率），也少于 9-gram 模型和 gzip。"
    ),
    "The mean of -log₂ of the probability that was given to the character that did follow, over "
    "all characters of the held-out files but the first of each, all read from a state of zero. "
    "The n-gram models (interpolated Kneser-Ney smoothing, modified) were fitted to the same "
    "training files; gzip -9 packs all held-out files as one. The sample is of five held-out files "
    "that stand in the folder held_out.": (
        "对留出文件中除每个文件首字符以外的所有字符，取实际出现字符的预测概率的 -log₂ 的平均值，"
        "均从零状态开始读入。n-gram 模型（改进的插值 Kneser-Ney 平滑）用同样的训练文件拟合；"
        "gzip -9 把所有留出文件打包为一个。样本为文件夹 held_out 中的五个留出文件。"
    ),
    "A function and its docstring": "一个函数及其文档字符串",
    "A colon, an indented block, and plain English between three quotation marks and three more. "
    "What does it expect after each line break?": (
        "一个冒号、一个缩进块，以及前后各三个引号之间的英语文字。每个换行之后，它预期什么？"
    ),
    "Brackets in brackets": "括号套括号",
    "Five brackets are open at the deepest. Which units follow how many there are?": (
        "最深处有五个未闭合的括号。哪些单元跟踪括号的数量？"
    ),
    "Quotes that end nothing": "不结束字符串的引号",
    "Inside a string stand an apostrophe after a backslash and quotation marks of the other kind: "
    "neither ends it.": "字符串里有反斜杠后的撇号和另一种引号：两者都不会结束它。",
    "Code, comment, code": "代码、注释、代码",
    "After # everything is English until the line ends, even a bracket that is never closed.": (
        "# 之后直到行尾都是英语，即使其中有从未闭合的括号。"
    ),
    "In and out again": "缩进又退回",
    "Each level is indented by four spaces more, and then it is back at the left. Watch what holds "
    "the level while the words of a line go by.": (
        "每一层多缩进四个空格，最后又回到最左边。看看在一行单词经过时，是什么记着缩进的层级。"
    ),
    "From a file it has never seen": "来自从未见过的文件",
    "Lines of getopt.py, which was held out.": "getopt.py 中的几行，该文件未用于训练。",
}
