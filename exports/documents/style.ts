/** The look of pages: calm, dense, readable without colour, light and dark, and on paper. */
export const style = `
:root{color-scheme:light dark;--ink:#1c2024;--soft:#5b6470;--line:#dfe3e8;--paper:#fff;--band:#f6f7f9;--fail:#a1261a;--warn:#8a5300;--pass:#1f6a3d;--hand:#4b4a8f;--mute:#5b6470}
@media (prefers-color-scheme:dark){:root{--ink:#e7eaee;--soft:#9aa4b0;--line:#2c333b;--paper:#14181c;--band:#1b2026;--fail:#ff9a8d;--warn:#f2b866;--pass:#7fd6a0;--hand:#b3b1ff;--mute:#9aa4b0}}
*{box-sizing:border-box}
body{margin:0 auto;max-width:72rem;padding:2rem 1.25rem 4rem;background:var(--paper);color:var(--ink);font:15px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif}
h1{font-size:1.75rem;line-height:1.2;margin:.75rem 0 .1rem}
h3{font-size:1rem;margin:1.25rem 0 .4rem}
h2{font-size:1.1rem;margin:2.25rem 0 .5rem;padding-top:1rem;border-top:1px solid var(--line)}
.lead{margin:0 0 1rem;color:var(--soft);font-size:1.05rem}
.draft{margin:0 0 .4rem;padding:.45rem .75rem;border:2px solid currentColor;color:var(--warn);border-radius:4px}
a{color:inherit;text-underline-offset:2px}
code{font:.86em ui-monospace,SFMono-Regular,Menlo,Consolas,monospace;overflow-wrap:anywhere}
.facts{display:grid;grid-template-columns:minmax(8rem,max-content) 1fr;gap:.3rem 1.5rem;margin:0 0 .75rem}
.facts div{display:contents}
.facts dt{color:var(--soft);overflow-wrap:anywhere}
.facts dd{margin:0;overflow-wrap:anywhere}
.table{overflow-x:auto}
.table+.facts{margin-top:1.25rem}
table{border-collapse:collapse;width:100%;margin-top:.75rem}
thead th{font-size:.78rem;font-weight:600;color:var(--soft);text-align:left;vertical-align:bottom;white-space:nowrap}
th,td{padding:.5rem .6rem;border-bottom:1px solid var(--line);vertical-align:top}
tbody th{font-weight:400;text-align:left;min-width:20rem}
.n{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}
.soft{color:var(--soft);font-size:.88rem;overflow-wrap:anywhere}
.note{color:var(--soft);font-size:.88rem}
.callout{padding:.5rem .9rem;background:var(--band);border-left:4px solid var(--mute)}
.chip{display:inline-block;padding:.05rem .5rem;border:1px solid currentColor;border-radius:3px;font-size:.82rem;font-weight:600;white-space:nowrap}
.chip.bad{color:var(--fail);border-width:2px}
.chip.warn{color:var(--warn);border-style:dashed}
.chip.hand{color:var(--hand);border-style:dotted}
.chip.good{color:var(--pass)}
.chip.mute{color:var(--mute);border-color:transparent}
:focus-visible{outline:3px solid var(--hand);outline-offset:2px}
footer{margin-top:3rem;color:var(--soft);font-size:.85rem}
@media print{body{max-width:none;padding:0;font-size:10pt}tr{break-inside:avoid}}
`;
