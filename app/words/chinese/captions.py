"""The sentences under the drawing in Simplified Chinese."""

from __future__ import annotations

TEMPLATES: dict[str, str] = {
    # What is read
    "reads": "读入 *{token}*。",
    "reads_numbers": "读入 {inputs}。",
    "reads_many": "读入 *{count}* 个数。",
    "input": "{name} {number}",
    # Words and lists
    "unit": "单元 {unit}",
    "one_unit": "1 个单元",
    "units": "{count} 个单元",
    "comma": "{left}、{right}",
    "or": "{left} 或 {right}",
    "many": "{count} 种之一",
    "percent": "{number}\u00a0%",
    "percent_under": "0.1\u00a0% 以下",
    "percent_over": "99.9\u00a0% 以上",
    "openness_reversed": "反向",
    "openness_shut": "关闭",
    "openness_nearly_shut": "接近关闭",
    "openness_quarter_open": "打开约四分之一",
    "openness_half_open": "打开约一半",
    "openness_three_quarters_open": "打开约四分之三",
    "openness_nearly_open": "接近全开",
    "openness_open": "全开",
    # An LSTM
    "lstm_keeps": (
        "[forget_gate|遗忘门]{openness}：{who} 保留 *{carried}* 的 *{percent}*，即 *{kept}*。"
    ),
    "lstm_keeps_part": "[forget_gate|遗忘门]{openness}：{who} 从 *{carried}* 中保留 *{kept}*。",
    "lstm_empty": "{who} 的[cell_state|传送带]上还没有任何东西。",
    "lstm_nearly_empty": "{who} 的[cell_state|传送带]上几乎没有东西。",
    "lstm_writes_first": "[input_gate|输入门]{openness}，把 [cell_state|{memory}] 放上传送带。",
    "lstm_keeps_all": "没有门在遗忘：{who} 保留了全部的 *{kept}*。",
    "lstm_adds": (
        "[input_gate|输入门]{openness}，加上 *{written}*：传送带上现在是 [cell_state|{memory}]。"
    ),
    "lstm_subtracts": (
        "[input_gate|输入门]{openness}，减去 *{written}*：传送带上现在是 [cell_state|{memory}]。"
    ),
    "lstm_adds_nothing": (
        "[input_gate|输入门]{openness}，几乎什么也没加：传送带上现在是 [cell_state|{memory}]。"
    ),
    "lstm_apart": (
        "[input_gate|输入门]{openness}，大约写入 *{written}*。"
        "传送带上现在是 [cell_state|{memory}]。"
    ),
    "lstm_shows": "[output_gate|输出门]{openness}，输出 [hidden_state|{shown}]。",
    "lstm_projects": "[output_gate|输出门]{openness}，把 *{shown}* 交给投影层。",
    "lstm_mean": (
        "{units}的均值：传送带上的 *{carried}* 保留了 *{kept}*，加上 *{written}*，"
        "得到 [cell_state|{memory}]。"
    ),
    "lstm_mean_shows": "各单元输出 *{shown}*。",
    "lstm_held": (
        "{who} 的[cell_state|细胞状态]被固定：不管各个门怎样，传送带上都是 [cell_state|{memory}]。"
    ),
    "lstm_mean_held": (
        "{units}的均值，其中有[cell_state|细胞状态]被固定：传送带上是 [cell_state|{memory}]。"
    ),
    "lstm_shows_held": ("[hidden_state|隐藏状态]被固定为 [hidden_state|{shown}]，不管输出门怎样。"),
    "lstm_mean_shows_held": ("其中有[hidden_state|隐藏状态]被固定，各单元平均输出 *{shown}*。"),
    # A GRU
    "gru_keeps": (
        "[update_gate|更新门]{openness}：{who} 保留 *{carried}* 的 *{percent}*，即 *{kept}*。"
    ),
    "gru_keeps_part": "[update_gate|更新门]{openness}：{who} 从 *{carried}* 中保留 *{kept}*。",
    "gru_empty": "{who} 还没有保存任何东西。",
    "gru_nearly_empty": "{who} 几乎没有保存任何东西。",
    "gru_writes_first": "[candidate|候选值]写入 [hidden_state|{memory}]，并保存和输出。",
    "gru_adds": (
        "[candidate|候选值]填补其余部分，加上 *{written}*：保存并输出 [hidden_state|{memory}]。"
    ),
    "gru_subtracts": (
        "[candidate|候选值]填补其余部分，减去 *{written}*：保存并输出 [hidden_state|{memory}]。"
    ),
    "gru_adds_nothing": ("[candidate|候选值]几乎什么也没加：保存并输出 [hidden_state|{memory}]。"),
    "gru_apart": (
        "[candidate|候选值]填补其余部分，大约为 *{written}*。保存并输出 [hidden_state|{memory}]。"
    ),
    "gru_mean": (
        "{units}的均值：保存的 *{carried}* 留下 *{kept}*，加上 *{written}*，"
        "得到 [hidden_state|{memory}]。"
    ),
    "gru_held": (
        "{who} 的[hidden_state|隐藏状态]被固定为 [hidden_state|{memory}]，不管各个门怎样。"
    ),
    "gru_mean_held": (
        "{units}的均值，其中有[hidden_state|隐藏状态]被固定：各单元输出 [hidden_state|{memory}]。"
    ),
    # A standard RNN
    "rnn_changes": (
        "唯一的 [hidden_state|{activation} 层]重新生成一切：{who} 原来是 *{carried}*，"
        "现在是 [hidden_state|{memory}]。没有门来保留任何东西。"
    ),
    "rnn_mean": (
        "唯一的 [hidden_state|{activation} 层]重新生成一切：{units}的均值原来是 "
        "*{carried}*，现在是 [hidden_state|{memory}]。"
    ),
    "rnn_held": (
        "{who} 的[hidden_state|隐藏状态]被固定为 [hidden_state|{memory}]，不管这一层算出什么。"
    ),
    "rnn_mean_held": (
        "其中有[hidden_state|隐藏状态]被固定，{units}的均值原来是 *{carried}*，"
        "现在是 [hidden_state|{memory}]。"
    ),
    # Slow motion: an LSTM
    "lstm_forget": (
        "[forget_gate|遗忘门]{openness}：对传送带上送来的值，{who} 保留 "
        "*{gate}* × *{carried}* = *{kept}*。"
    ),
    "lstm_forget_mean": (
        "{units}的[forget_gate|遗忘门]，取平均：传送带上的 *{carried}* 保留 *{kept}*。"
    ),
    "lstm_write": (
        "[input_gate|输入门]{openness}：让[candidate|候选值]通过 "
        "*{gate}* × *{candidate}* = *{written}*。"
    ),
    "lstm_write_mean": (
        "{units}的[input_gate|输入门]和[candidate|候选值]，取平均：通过 *{written}*。"
    ),
    "lstm_update": "两者在[cell_state|传送带]上汇合：*{kept}* + *{written}* = *{memory}*。",
    "lstm_update_apart": (
        "两者在[cell_state|传送带]上汇合：*{kept}* + *{written}* 约为 *{memory}*。"
    ),
    "lstm_output": (
        "[output_gate|输出门]{openness}：输出 *{gate}* × *{squashed}* = [hidden_state|{shown}]。"
    ),
    "lstm_output_mean": "{units}的[output_gate|输出门]，取平均：输出 *{shown}*。",
    "lstm_no_effect": "[cell_state|细胞状态]被固定的地方，这一步不起作用。",
    # Slow motion: a GRU
    "gru_reset": "[reset_gate|重置门]{openness}：候选值能看到过去的 *{percent}*。",
    "gru_candidate": "[candidate|候选值]已经算好：可以写入 *{candidate}*。",
    "gru_update": (
        "[update_gate|更新门]{openness}：{who} 保留 *{gate}* × *{carried}* = *{kept}*。"
    ),
    "gru_update_mean": (
        "{units}的[update_gate|更新门]，取平均：保存的 *{carried}* 留下 *{kept}*。"
    ),
    "gru_mix": (
        "[candidate|候选值]填补其余部分：*{kept}* + *{written}* = [hidden_state|{memory}]。"
    ),
    "gru_mix_apart": (
        "[candidate|候选值]填补其余部分：*{kept}* + *{written}* 约为 [hidden_state|{memory}]。"
    ),
    "gru_no_effect": "[hidden_state|隐藏状态]被固定的地方，这一步不起作用。",
    # Where the memory comes from
    "origin_largest": "{who} 保存的内容大部分是在时间步 {timestep} 写入的。",
    "origin_largest_reading": (
        "{who} 保存的内容大部分是在时间步 {timestep} 读入 *{token}* 时写入的。"
    ),
    "origin_almost_all": "{who} 保存的内容几乎全部是在时间步 {timestep} 写入的。",
    "origin_almost_all_reading": (
        "{who} 保存的内容几乎全部是在时间步 {timestep} 读入 *{token}* 时写入的。"
    ),
    "origin_largest_held": ("{who} 保存的内容大部分来自时间步 {timestep} 时被固定的值。"),
    "origin_almost_all_held": ("{who} 保存的内容几乎全部来自时间步 {timestep} 时被固定的值。"),
    # What the network predicts, and what is true
    "expects": "网络预期接下来是 *{expected}*。",
    "expects_right": "网络预期接下来是 *{expected}*，正确。",
    "expects_came": "网络预期接下来是 *{expected}*，实际出现了 *{came}*。",
    "expects_wrong": "网络预期接下来是 *{expected}*。错误：可以出现的是 *{legal}*。",
    "expects_nothing": "网络没有任何预期。错误：可以出现的是 *{legal}*。",
    "guesses": "网络的首选猜测是 *{expected}*。",
    "guesses_right": "网络的首选猜测是 *{expected}*，实际出现了 *{came}*。",
    "guesses_other": "网络的首选猜测是 *{expected}*，但实际出现了 *{came}*。",
    "answers_early": "此刻还没有提问；如果提问，网络会回答 *{expected}*。",
    "answers_right": "网络回答 *{expected}*：正确。",
    "answers_wrong": "网络回答 *{expected}*：错误，正确答案是 *{legal}*。",
    "answers_unknown": ("网络会回答 *{expected}*。正确答案未知：这个任务不会产生这样的序列。"),
    "answers_unsure": "网络对任何答案都没有把握。正确答案未知：这个任务不会产生这样的序列。",
    "answers_nothing": "网络对任何答案都没有把握，算作错误：正确答案是 *{legal}*。",
    "predicts": "网络预测 *{predicted}*。",
    "predicts_off": "网络预测 *{predicted}*；真实值是 *{truth}*，相差 *{error}*。",
    "predicts_right": "网络预测 *{predicted}*；真实值是 *{truth}*：正确，相差 *{error}*。",
    "predicts_wrong": "网络预测 *{predicted}*；真实值是 *{truth}*：错误，相差 *{error}*。",
    # Where there is nothing to say
    "waiting": "精确数值正在载入。",
    "beyond": "数值已经超出可以计算的范围。",
}
