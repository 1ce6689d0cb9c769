"""How the report looks: light and dark, on a phone and on a desk."""

from __future__ import annotations

from typing import Final

STYLE: Final = """
:root {
  color-scheme: light dark;
  --page: #f6f7f9; --card: #ffffff; --ink: #1c2430; --soft: #5a6675; --rule: #dde2e8;
  --right: #1f6fc4; --offered: #d99a00; --wrong: #c8374a; --refused: #9aa4b0; --light: #ffffff;
}
@media (prefers-color-scheme: dark) {
  :root {
    --page: #12161c; --card: #1b212a; --ink: #e8ecf1; --soft: #9fabb9; --rule: #323b47;
    --right: #5aa2ee; --offered: #e8b13a; --wrong: #f0697a; --refused: #6d7885; --light: #10151b;
  }
}
* { box-sizing: border-box; }
body {
  margin: 0; background: var(--page); color: var(--ink);
  font: 16px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "DejaVu Sans", sans-serif;
}
main { max-width: 1060px; margin: 0 auto; padding: 24px 16px 64px; }
h1 { font-size: 1.7rem; line-height: 1.2; margin: 0 0 4px; }
h2 { font-size: 1.2rem; margin: 40px 0 4px; }
h3.group { font-size: .95rem; color: var(--soft); margin: 18px 0 8px; }
p { margin: 4px 0 14px; }
p.lead, .note, small { color: var(--soft); }
.note { font-size: .9rem; max-width: 70ch; }
.cards { display: grid; gap: 12px; grid-template-columns: repeat(auto-fill, minmax(185px, 1fr)); }
.card, .panel {
  background: var(--card); border: 1px solid var(--rule); border-radius: 10px; padding: 14px 16px;
}
.card { display: flex; flex-direction: column; }
.card h3 { font-size: .95rem; margin: 0; }
.card p { font-size: .82rem; line-height: 1.35; color: var(--soft); margin: 2px 0 8px; }
.card .much { font-size: 1.9rem; font-weight: 650; line-height: 1.1; margin-top: auto; }
.card .of, .card .slips { font-size: .8rem; color: var(--soft); }
.card .slips { margin-top: 6px; }
.bar {
  position: relative; height: 12px; margin-top: 8px; border-radius: 3px; background: var(--rule);
  overflow: hidden;
}
.bar i { position: absolute; inset: 0 auto 0 0; background: var(--right); }
.bar.bad i { background: var(--wrong); }
.bar b {
  position: absolute; top: 4px; height: 4px; min-width: 2px; border-radius: 2px;
  background: var(--ink); outline: 1px solid var(--card);
}
.ends { display: flex; justify-content: space-between; font-size: .7rem; color: var(--soft); }
.spreads { display: grid; gap: 12px; grid-template-columns: repeat(auto-fit, minmax(260px, 1fr)); }
.spread { margin: 0; }
figcaption { font-size: .88rem; font-weight: 600; }
svg { display: block; max-width: 100%; }
.spread svg { width: 100%; max-width: 420px; }
svg text { fill: var(--soft); font-size: 10px; }
svg .right { fill: var(--right); } svg .offered { fill: var(--offered); }
svg .wrong { fill: var(--wrong); } svg .refused { fill: var(--refused); }
svg .axis { stroke: var(--rule); }
svg line.mark { stroke: var(--ink); stroke-dasharray: 3 2; }
svg text.mark { fill: var(--ink); }
.scroll { overflow-x: auto; -webkit-overflow-scrolling: touch; }
.matrix { display: flex; width: max-content; margin: 0 auto; }
.matrix svg { max-width: none; }
.matrix svg:first-child { position: sticky; left: 0; background: var(--card); }
.matrix text { font-size: 11px; fill: var(--ink); }
.matrix .frame { fill: none; stroke: var(--rule); }
.matrix text.count { font-size: 10px; }
.matrix text.light { fill: var(--light); }
table { border-collapse: collapse; width: 100%; font-size: .88rem; }
th, td { padding: 5px 8px; text-align: right; border-bottom: 1px solid var(--rule); }
th { color: var(--soft); font-weight: 600; vertical-align: bottom; }
th:first-child, td:first-child { text-align: left; padding-left: 0; }
td:first-child { white-space: nowrap; }
td:not(:first-child) { white-space: nowrap; }
td.wide, th.wide { width: 34%; min-width: 90px; }
.parts {
  display: flex; height: 12px; border-radius: 3px; overflow: hidden; background: var(--rule);
}
.parts i, .key i { display: block; }
.parts .right, .key .right { background: var(--right); }
.parts .offered, .key .offered { background: var(--offered); }
.parts .wrong, .key .wrong { background: var(--wrong); }
.parts .refused, .key .refused { background: var(--refused); }
.key { display: flex; flex-wrap: wrap; gap: 4px 16px; font-size: .82rem; margin-bottom: 8px; }
.key span { display: flex; align-items: center; gap: 6px; }
.key i { width: 12px; height: 12px; border-radius: 3px; }
details { border-bottom: 1px solid var(--rule); padding: 7px 0; }
details:last-child { border-bottom: 0; }
summary { cursor: pointer; overflow-wrap: anywhere; }
summary q { color: var(--soft); font-size: .85em; }
summary b { font-variant-numeric: tabular-nums; }
blockquote {
  margin: 6px 0 4px 18px; padding-left: 10px; border-left: 3px solid var(--rule); font-size: .9rem;
  overflow-wrap: anywhere;
}
blockquote small { display: block; }
code { font-family: ui-monospace, "DejaVu Sans Mono", monospace; font-size: .92em; }
@media (max-width: 560px) {
  h1 { font-size: 1.4rem; }
  main { padding: 16px 12px 40px; }
  .cards { grid-template-columns: 1fr 1fr; gap: 8px; }
  .card { padding: 10px 12px; }
  .card .much { font-size: 1.5rem; }
  .panel { padding: 10px 12px; }
  .desk { display: none; }
  th, td { padding: 5px 3px; }
  td.wide { min-width: 76px; }
  td code { font-size: .85em; }
  td:first-child { white-space: normal; }
}
@media (max-width: 340px) { .cards { grid-template-columns: 1fr; } }
@media print { body { background: none; } details { break-inside: avoid; } }
"""
