"""What people call: a few command lines for each command, shown under its help and parsed by the tests."""

from __future__ import annotations

from typing import Final

from mingzhang.model.language import later

EXAMPLES: Final[dict[str, tuple[tuple[str, str], ...]]] = {
    "": (
        ("mingzhang check published.pdf", later("审核一份公开文件")),
        ("mingzhang compile book.xlsx -o out", later("由底册编制全套公开文件")),
        ("mingzhang read published.pdf --to cells -o cells.csv", later("把公开文件读成数据")),
    ),
    "read": (
        ("mingzhang read published.pdf --to cells -o cells.csv", later("各表的每个数字，连同页、行和疑点")),
        ("mingzhang read scanned.pdf --to html -o proof.html", later("核对读取结果的网页，在浏览器里打开")),
        (
            "mingzhang read scanned.pdf --apply scanned.corrections.json -o right.json",
            later("照网页上保存的更正再读一遍"),
        ),
        ("mingzhang read published/ -o data", later("整个文件夹；中断后再运行会接着做")),
        ("mingzhang read published.pdf --explain", later("认作哪种表样、为什么，哪些没有看懂")),
    ),
    "check": (
        ("mingzhang check published.pdf", later("逐条列出问题")),
        ("mingzhang check published.pdf --format html -o report.html", later("带页面图的网页报告")),
        ("mingzhang check published.pdf --against last-year.pdf", later("连同上年文件核对上年数和延续项目")),
        ("mingzhang check published/ -o reports", later("整个文件夹：逐份报告，各份互相核对")),
        ("mingzhang check published.pdf --fix -o right.json", later("只有一种最小改法的，改正并复核证明")),
    ),
    "rules": (
        ("mingzhang rules B-002", later("说明一条规则")),
        ("mingzhang rules --count published.pdf", later("各类规则的条数，这份文件核对了多少处")),
        ("mingzhang rules check rules.toml", later("检查自己的规则设置")),
        ("mingzhang rules sql -o sql --dialect postgres", later("把等式规则写成 SQL")),
    ),
    "compile": (
        ("mingzhang compile book.xlsx -o out", later("PDF、Word、Excel、网页和 JSON")),
        ("mingzhang compile book.xlsx -o out --draft --charts", later("草稿水印，文末附图")),
        ("mingzhang compile books/ -o out --jobs 4", later("整个文件夹，四个进程，没有变化的不重做")),
        ("mingzhang compile book.xlsx -o out --last-year 2023.pdf", later("上年数取自上年的公开文件")),
        ("mingzhang compile book.xlsx -o out --earlier out/book.json", later("已公开的数字能不变的不变")),
    ),
    "reasons": (
        ("mingzhang reasons book.xlsx --last-year 2023.pdf", later("每处增减由哪些项目、科目造成")),
        ("mingzhang reasons book.xlsx --last-year 2023.pdf -o draft.xlsx", later("把起草的原因写进另一本底册")),
    ),
    "rollup": (
        ("mingzhang rollup books/ -o out", later("汇总成部门底册")),
        ("mingzhang rollup books/ -o out --compile --formats pdf,json", later("连同部门、本级和各单位的公开文件")),
    ),
    "adjust": (
        ("mingzhang adjust book.xlsx --template ledger.xlsx", later("先写出空台账")),
        ("mingzhang adjust book.xlsx ledger.xlsx -o adjusted.xlsx --forms forms", later("记入调整，填出调整申报表")),
        ("mingzhang adjust adjusted.xlsx", later("底册已记入哪些调整")),
    ),
    "render": (
        ("mingzhang render data.json -o out --formats pdf,docx", later("由数据重新排版")),
        (
            "mingzhang render second.json --compare first.json --formats docx -o out",
            later("与上一稿不同的地方显示为修订"),
        ),
    ),
    "explain": (
        ("mingzhang explain book.xlsx 'summary[in:total].amount'", later("收入总计由哪些明细组成")),
        ("mingzhang explain book.xlsx income_total", later("说明文字里的一个数字")),
    ),
    "withheld": (("mingzhang withheld book.xlsx --beside department.pdf", later("连同部门公开的文件一起看能否推算")),),
    "diff": (
        ("mingzhang diff first.json second.pdf", later("哪些数字、文字、绩效表不同")),
        ("mingzhang diff first.json second.pdf --format html -o changes.html", later("写成网页")),
    ),
    "verify": (("mingzhang verify site.pdf --against approved.json", later("网站上的是不是批准的那一份")),),
    "import": (
        (
            "mingzhang import lines.xlsx --approved approved.xlsx --unit-type 行政 -o book.xlsx",
            later("先看列的对应对不对"),
        ),
        (
            "mingzhang import lines.xlsx --approved approved.xlsx --unit-type 行政 -o book.xlsx --yes --save-profile ours",
            later("对应无误：导入，并把对应存为方案"),
        ),
        (
            "mingzhang import new.xlsx --profile ours --approved approved.xlsx --into book.xlsx -o book.xlsx",
            later("下次用方案，并入原来的底册"),
        ),
    ),
    "template": (
        ("mingzhang template -o book.xlsx --pack shanxi-2024", later("空白底册")),
        ("mingzhang template --book book.json -o book.xlsx", later("把 JSON 底册写成 Excel")),
    ),
    "pack": (("mingzhang pack check my-pack", later("逐条指出要改的地方")),),
    "pack init": (
        ("mingzhang pack init --from blank.xlsx --extends shanxi-2024 -o shanxi-2026", later("由新一年的空白表样起草")),
    ),
    "pack check": (
        ("mingzhang pack check shanxi-2026", later("自己的表样包（文件夹）")),
        ("mingzhang pack check shanxi-2024 --books 50", later("自带的，多试编几本")),
    ),
    "packs": (("mingzhang packs", later("名称、地区、年度和表数")),),
    "theme": (("mingzhang theme list", later("自带的主题")),),
    "theme list": (("mingzhang theme list", later("自带的主题")),),
    "theme init": (("mingzhang theme init our-look --from celadon", later("从一个自带的主题开始")),),
    "theme check": (("mingzhang theme check our-look -o sample", later("检查，并写出样稿供翻看")),),
    "standards": (("mingzhang standards list", later("已有的版本")),),
    "standards list": (("mingzhang standards list", later("已有的版本")),),
    "standards import": (
        ("mingzhang standards import accounts.xlsx --edition 2026 -o standards", later("导入本单位的功能分类科目")),
        (
            "mingzhang standards import economic.csv --edition 2026 --kind dept_economic -o standards",
            later("部门预算经济分类科目"),
        ),
    ),
    "config": (("mingzhang config", later("每项设置的值，来自命令行、环境变量、mingzhang.toml 还是默认")),),
}
"""By the words of the command: a command line, and what it gives."""
