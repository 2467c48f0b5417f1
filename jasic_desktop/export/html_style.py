"""The style sheet of exported pages, in the colours of the theme: light, dark and print."""

from __future__ import annotations

from functools import cache

from jasic_desktop.render.theme import Mode, tokens

_RULES = """
*{box-sizing:border-box}
body{margin:0 auto;padding:24px;max-width:880px;background:var(--paper);color:var(--ink);
font:16px/1.6 "Noto Serif","Noto Serif SC","Songti SC","SimSun",Georgia,serif;overflow-wrap:anywhere}
header,footer,nav,dl,.line,.names,.sign,.date,.cite,.archive,.fingerprint,h3,h4,h5,h6{
font-family:"Inter","Noto Sans SC","PingFang SC","Microsoft YaHei",system-ui,sans-serif}
header,footer,nav{font-size:14px;color:var(--ink-2)}
header{border-bottom:1px solid var(--line)}
footer{border-top:1px solid var(--line);margin-top:40px}
nav ul{columns:2 280px;padding-left:20px}
nav h1{font-size:20px;color:var(--ink)}
nav h2{font-size:14px;margin:16px 0 4px}
.archive{font-weight:600;color:var(--ink);margin-bottom:0}
.fingerprint{font-size:12px;margin-top:4px}
article{background:var(--surface);border:1px solid var(--line);border-radius:8px;padding:16px 24px;margin:24px 0}
article h2{font-size:26px;line-height:1.25;margin:8px 0 4px}
h3{font-size:18px;margin:24px 0 8px}
h4,h5,h6{font-size:13px;letter-spacing:.03em;color:var(--ink-2);margin:16px 0 4px}
.names,.line{margin:0 0 4px;color:var(--ink-2);font-size:14px}
a{color:var(--link);text-decoration:none;border-bottom:1px solid var(--line)}
.cite,.cite a{color:var(--accent);border:0;font-size:11px;font-weight:600}
.sign{font-size:12px;color:var(--ink-2);white-space:nowrap}
.sign.corroborated{color:var(--verified)}
.sign.disputed,.sign.alleged{color:var(--warn)}
dl{display:grid;grid-template-columns:minmax(96px,max-content) 1fr;gap:4px 16px;font-size:14px;margin:8px 0}
dt{color:var(--ink-3)}
dd{margin:0}
.statement{display:grid;grid-template-columns:136px 1fr;gap:0 12px;margin:8px 0}
.statement.undated{grid-template-columns:1fr}
.date{font-size:13px;color:var(--ink-3);padding-top:2px}
.accounts{background:var(--accounts);border-left:3px solid var(--accounts-edge);border-radius:0 6px 6px 0;
padding:8px 16px;margin:8px 0 16px}
.question{font-weight:600;margin:4px 0}
.answers{display:grid;grid-template-columns:repeat(auto-fit,minmax(200px,1fr));gap:8px 16px}
.answers p{margin:4px 0;border-top:1px solid var(--line);padding-top:4px}
.address{font-size:13px;color:var(--ink-2)}
.picture{margin:8px 0;font-size:14px}
.picture img{max-width:100%;height:auto;border:1px solid var(--line);border-radius:6px}
.sources{font-size:14px}
mark{background:var(--match);color:var(--ink);font-weight:600}
@media (max-width:600px){.statement{grid-template-columns:1fr}}
@media print{body{padding:0;max-width:none;font-size:11pt}
article{border:0;padding:0;break-before:page}
nav+main article:first-child,header+main article:first-child{break-before:auto}
.accounts,.statement,dl,li{break-inside:avoid}
a{color:inherit;border:0}}
"""


@cache
def style() -> str:
    """The whole style sheet; holds nothing that a page of HTML or XML would have to escape."""
    dark, light = _variables("dark"), _variables("light")
    return (
        f":root{{color-scheme:light dark;{light}}}"
        f"\n@media (prefers-color-scheme:dark){{:root{{{dark}}}}}"
        f"\n@media print{{:root{{{light}}}}}{_RULES}"
    )


def _variables(mode: Mode) -> str:
    return "".join(f"--{name}:{colour};" for name, colour in tokens(mode).items())
