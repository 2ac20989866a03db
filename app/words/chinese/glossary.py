"""The glossary in Simplified Chinese."""

from __future__ import annotations

from ..entry import Entry

INTERFACE = {
    "open": "{title}：它有什么用",
    "here": "此处：单元 {unit}，时间步 {t}",
    "here_mean": "此处：所有单元的均值，时间步 {t}",
    "waiting": "精确数值正在载入",
    "elsewhere": "其他名称",
    "misreading": "注意",
    "equation": "公式",
    "notation": "写法",
    "split": "x·W + h₋·U（本应用、Keras）",
    "cs224n": "x·U + h₋·W（CS224n）",
    "joined": "[h₋, x]·W（合并）",
    "names": "kernel、recurrent_kernel",
    "glossary": "全部术语",
    "close": "关闭",
    "title": "术语表",
    "around": "相关术语",
}

KINDS = {"lstm": "LSTM", "gru": "GRU", "rnn": "标准 RNN"}

ENTRIES = {
    "lstm.cell_state": Entry(
        title="细胞状态",
        purpose=(
            "记忆本身：每个单元一个数，从一个时间步传到下一个时间步。"
            "途中只做一次乘法和一次加法，因此可以很久保持不变。"
        ),
        elsewhere="c；C 和传送带（Colah），carry state（Keras），c_n（PyTorch）；又称记忆元",
        misreading="它不是网络的输出：输出的是隐藏状态，由输出门决定细胞状态显露多少。",
    ),
    "lstm.forget_gate": Entry(
        title="遗忘门",
        purpose="决定每个单元原有的细胞状态保留多少：1 表示全部保留，0 表示全部丢弃。",
        elsewhere="f；forget gate layer（Colah），通俗地说是“保留门”",
        misreading="1 表示保留，而不是遗忘。尽管叫遗忘门，它打开时什么也不会遗忘。",
    ),
    "lstm.input_gate": Entry(
        title="输入门",
        purpose=("决定每个单元把多少候选值加到细胞状态中：为 0 时，读入的内容不影响记忆。"),
        elsewhere="i；input gate layer（Colah），通俗地说是“写入门”",
        misreading="它不决定写入什么，只决定写入多少：写入什么由候选值决定。",
    ),
    "lstm.candidate": Entry(
        title="候选值",
        purpose="这个时间步可以加到细胞状态中的内容，在 −1 与 1 之间；小于零时就是减去。",
        elsewhere="g；C̃ 和 candidate values（Colah），cell gate（PyTorch），c（Keras、ONNX）；"
        "又称候选记忆元",
        misreading="它不是门，不会拦住任何东西；它是输入门要放进来的内容。",
    ),
    "lstm.output_gate": Entry(
        title="输出门",
        purpose="决定每个单元的细胞状态在这个时间步输出多少，供预测和下一时间步的各个门使用。",
        elsewhere="o；output gate layer（Colah），通俗地说是“展示门”",
        misreading="关闭输出门不会抹去任何东西：没有输出的内容仍留在细胞状态中，以后还可以输出。",
    ),
    "lstm.hidden_state": Entry(
        title="隐藏状态",
        purpose="循环单元在这个时间步的输出：预测由它得出，下一时间步的各个门也读取它。",
        elsewhere="h；output（Keras），output 和 h_n（PyTorch），短期记忆；又称隐状态",
        misreading="它不是 LSTM 的长期记忆：长期记忆是细胞状态，并不会全部输出。",
    ),
    "lstm.keep": Entry(
        title="细胞状态线上的 ×",
        purpose="把传来的细胞状态逐单元乘以遗忘门：这就是遗忘。",
        elsewhere="⊙，Hadamard 积或按元素乘积；保留的部分 f·c₋",
        misreading="它不会混合不同的单元：每个单元只乘以自己的门。",
    ),
    "lstm.write": Entry(
        title="输入门与候选值的 ×",
        purpose="把候选值乘以输入门：乘积就是写入的内容。",
        elsewhere="⊙；写入的部分 i·g",
        misreading="候选值为 0 时，门开得再大也不会写入任何内容。",
    ),
    "lstm.add": Entry(
        title="细胞状态线上的 +",
        purpose=(
            "把写入的内容加到保留的内容上。因为是加法，梯度沿时间反向传播经过这里时不会减弱。"
        ),
        elsewhere="constant error carousel（常误差传送，Hochreiter 与 Schmidhuber，1997）",
        misreading="它不是替换：旧值保留了多少，和里就有多少。",
    ),
    "lstm.squash": Entry(
        title="细胞状态的 tanh",
        purpose="细胞状态可能已超出 −1 到 1 的范围，输出之前先把它压回其中。",
        elsewhere="输出激活函数",
        misreading="它没有权重，细胞状态本身也不会改变。",
    ),
    "lstm.show": Entry(
        title="输出门的 ×",
        purpose="把压缩后的细胞状态乘以输出门：乘积就是输出。",
        elsewhere="⊙；h = o·tanh(c)",
        misreading="这里不会从记忆中取走任何东西。",
    ),
    "lstm.input": Entry(
        title="读入的内容",
        purpose=(
            "这个时间步的符号或数值 x，连同上一时间步的输出 h₋：所有的门和候选值都同时读取这两者。"
        ),
        elsewhere="x_t 和 h_(t−1)",
        misreading="门看不到细胞状态本身，除非带有窥视孔连接。",
    ),
    "gru.hidden_state": Entry(
        title="隐藏状态",
        purpose="既是记忆又是输出：按更新门给出的比例，把旧值与候选值混合起来。",
        elsewhere="h；又称隐状态",
        misreading="GRU 没有另外的细胞状态：它保存什么，就一直输出什么。",
    ),
    "gru.update_gate": Entry(
        title="更新门",
        purpose="为每个单元设定混合比例：门开多大，旧值就保留多少，其余部分由候选值填补。",
        elsewhere="z；Chung 等（2014）和 Colah 的定义相反：在那里 1 − z 才表示保留",
        misreading="在本应用、Keras 和 PyTorch 中，打开表示保留，而不是更新。",
    ),
    "gru.reset_gate": Entry(
        title="重置门",
        purpose="决定候选值能看到多少过去的内容。",
        elsewhere="r；relevance gate（相关门，Coursera）",
        misreading="它不会重置已保存的内容：只是候选值不去看过去而已。",
    ),
    "gru.candidate": Entry(
        title="候选值",
        purpose="可以取代旧值的内容，在 −1 与 1 之间。",
        elsewhere="n（PyTorch），hh（Keras），h̃（Colah）；又称候选隐状态",
        misreading="它不是门：采用多少由更新门决定。",
    ),
    "gru.keep": Entry(
        title="隐藏状态线上的 ×",
        purpose="把原有的隐藏状态逐单元乘以更新门：这就是保留的部分。",
        elsewhere="⊙；保留的部分 z·h₋",
    ),
    "gru.write": Entry(
        title="候选值的 ×",
        purpose="把候选值乘以 1 − z：这就是新的部分。",
        elsewhere="⊙；写入的部分 (1 − z)·n",
        misreading="在这里，保留和写入是同一个决定：一个多了，另一个就少了。",
    ),
    "gru.add": Entry(
        title="隐藏状态线上的 +",
        purpose="把保留的部分与新的部分相加：得到两者的加权平均。",
        elsewhere="泄漏积分，插值",
    ),
    "gru.input": Entry(
        title="读入的内容",
        purpose="这个时间步的符号或数值 x，以及之前的隐藏状态 h₋。",
        elsewhere="x_t 和 h_(t−1)",
    ),
    "rnn.hidden_state": Entry(
        title="唯一的 tanh 层",
        purpose="既是记忆又是输出：每个时间步都由读入的内容和之前的隐藏状态重新算出。",
        elsewhere="h；SimpleRNN（Keras），RNN（PyTorch），Elman 网络",
        misreading="没有门并不意味着总是立刻遗忘：有些任务用一个小的标准 RNN 就能解决。",
    ),
    "rnn.input": Entry(
        title="读入的内容",
        purpose="这个时间步的符号或数值。",
        elsewhere="x_t",
    ),
    "lstm": Entry(
        title="LSTM",
        purpose=(
            "长短期记忆网络：一种循环神经网络，模块中有细胞状态和控制它的门。"
            "即使没有专门学习，它也会长久记住。"
        ),
        elsewhere="Hochreiter 与 Schmidhuber（1997）；遗忘门由 Gers 等（2000）加入",
    ),
    "gru": Entry(
        title="GRU",
        purpose="门控循环单元：两个门，一个状态，这个状态既是记忆又是输出。",
        elsewhere="Cho 等（2014）",
    ),
    "rnn": Entry(
        title="标准 RNN",
        purpose="模块只有一个 tanh 层的循环神经网络。",
        elsewhere="vanilla RNN，简单 RNN，Elman 网络",
    ),
    "chain": Entry(
        title="重复模块构成的链",
        purpose=("循环神经网络沿时间展开后的样子：同一个模块，同样的权重，每个时间步重复一次。"),
        elsewhere="展开的网络（unrolled 或 unfolded）",
        misreading="链上的各个模块不是不同的层：它们共用全部权重。",
    ),
    "timestep": Entry(
        title="时间步",
        purpose="序列中的一个位置，从 0 开始计数：一个符号，或一行数值。",
        elsewhere="t，step，帧，位置",
    ),
    "unit": Entry(
        title="单元",
        purpose="状态的 H 个数中的一个，有自己的门；在这里对应热图的一行。",
        elsewhere="神经元，特征，维度",
    ),
    "gate": Entry(
        title="门",
        purpose="每个单元一个 0 到 1 之间的数，用来与别的数值相乘。",
        elsewhere="阀门；注意力机制中称为权重",
        misreading="门很少完全打开或完全关闭：它是一个比例，而不是开关。",
    ),
    "weights": Entry(
        title="核、循环核、偏置",
        purpose=(
            "训练得到的数值：核乘以读入的内容，循环核乘以之前的隐藏状态，再加上偏置。"
            "它们在每个时间步都相同。"
        ),
        elsewhere="W、U、b；weight_ih、weight_hh（PyTorch）；CS224n 的 W 与 U 正好相反",
        misreading="权重只在训练中改变；门则在每个时间步都在变。",
    ),
    "dependency": Entry(
        title="长期依赖",
        purpose="此刻的正确答案取决于许多时间步之前读入的内容。",
        elsewhere="long time lag（长时滞）",
    ),
    "vanishing": Entry(
        title="梯度消失",
        purpose=(
            "梯度沿时间反向传播时，每个时间步都要乘以一个因子；"
            "因子小于 1 时，传到很久以前就几乎不剩什么，也就学不到那时的内容。"
        ),
        elsewhere="Hochreiter（1991）；Bengio 等（1994）",
        misreading="它说的是学习：网络也许能够记住某些内容，却很难学会去记住它们。",
    ),
    "probe": Entry(
        title="探针",
        purpose="在网络的状态上拟合的线性读出层，用来弄清状态中还保存着什么。",
        elsewhere="线性分类器探针（Alain 与 Bengio，2016）",
        misreading="探针能读出的内容，网络不一定会用到。",
    ),
}
