/** The style of the API reference, in the product's colours. */
export const STYLE = `
:root {
  color-scheme: light dark;
  --canvas: light-dark(#fafaf9, #0d0e0f); --surface: light-dark(#ffffff, #141516); --hover: light-dark(#f3f3f1, #1b1d1e);
  --line: light-dark(#e8e7e4, #242627); --ink: light-dark(#1b1b1a, #ededec); --soft: light-dark(#565653, #a9abac);
  --accent: light-dark(#0b6b7d, #5fc3d4); --wash: light-dark(#e6f2f4, #12282d);
  --good: light-dark(#1b7042, #6cc794); --good-wash: light-dark(#e9f5ec, #11261a);
  --warn: light-dark(#8a5300, #e3b15c); --warn-wash: light-dark(#fcf3e1, #2b2212);
  --danger: light-dark(#b42318, #f2857b); --danger-wash: light-dark(#fdecea, #331715);
}
* { box-sizing: border-box; }
html { background: var(--canvas); color: var(--ink); font: 14px/22px system-ui, sans-serif; scroll-padding-top: 24px; }
body { display: grid; grid-template-columns: 200px minmax(0, 760px); gap: 64px; max-width: 1120px; margin: 0 auto; padding: 48px 24px; }
a { color: var(--accent); text-decoration: none; } a:hover, main p a, li a, td a { text-decoration: underline; text-underline-offset: 2px; } nav li a { text-decoration: none; }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; border-radius: 4px; }
h1 { font-size: 24px; line-height: 32px; margin: 0 0 8px; letter-spacing: -.01em; }
h2 { font-size: 18px; line-height: 28px; margin: 56px 0 16px; letter-spacing: -.01em; }
h3 { font-size: 14px; line-height: 22px; margin: 0; font-weight: 500; display: flex; flex-wrap: wrap; gap: 4px 10px; align-items: baseline; }
h3 a { color: inherit; } h4 { font-size: 12px; line-height: 16px; margin: 16px 0 4px; font-weight: 500; color: var(--soft); }
p { margin: 0 0 12px; color: var(--soft); } h1 + p { font-size: 16px; line-height: 24px; }
code, pre { font: 13px/20px ui-monospace, monospace; } code { overflow-wrap: anywhere; }
pre { margin: 16px 0; padding: 12px 16px; overflow: auto; background: var(--surface); border: 1px solid var(--line); border-radius: 8px; }
nav { position: sticky; top: 48px; align-self: start; }
nav ul { list-style: none; margin: 0; padding: 0; }
nav a { display: block; padding: 4px 8px; margin-left: -8px; border-radius: 6px; color: var(--soft); }
nav a:hover { background: var(--hover); color: var(--ink); text-decoration: none; }
article { padding: 16px; margin-bottom: 12px; background: var(--surface); border: 1px solid var(--line); border-radius: 8px; }
article > p { margin: 4px 0 0; }
:target { border-color: var(--accent); }
.method { font: 600 11px/20px ui-monospace, monospace; padding: 0 6px; border-radius: 4px; background: var(--wash); color: var(--accent); }
.POST { background: var(--good-wash); color: var(--good); } .PATCH { background: var(--warn-wash); color: var(--warn); }
.DELETE { background: var(--danger-wash); color: var(--danger); }
small { font-size: 12px; color: var(--accent); }
h3 + table { margin-top: 8px; } table { width: 100%; border-collapse: collapse; }
td { padding: 4px 12px 4px 0; border-top: 1px solid var(--line); vertical-align: top; }
td:first-child { width: 42%; } td:last-child { color: var(--soft); padding-right: 0; } tr:first-child td { border-top: 0; }
.responses { display: flex; flex-wrap: wrap; gap: 4px 16px; margin: 0; padding: 0; list-style: none; color: var(--soft); }
.responses b { font-weight: 500; color: var(--ink); }
@media (max-width: 860px) {
  body { display: block; padding: 24px 16px; } nav { position: static; margin-bottom: 32px; }
  nav ul { display: flex; flex-wrap: wrap; gap: 8px; } nav a { margin: 0; border: 1px solid var(--line); background: var(--surface); }
}
@media (max-width: 520px) { tr { display: block; padding: 6px 0; border-top: 1px solid var(--line); } tr:first-child { border-top: 0; } td, td:first-child { display: block; width: auto; padding: 0; border: 0; } }
`;
