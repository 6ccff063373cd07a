/** The page's style: light and dark by the system's choice, one column from 320 px up. */
export const PAGE_CSS = `
:root {
  color-scheme: light dark;
  --page: light-dark(#f5f5f7, #131316);
  --card: light-dark(#ffffff, #1d1d22);
  --line: light-dark(#e2e2e8, #2e2e36);
  --text: light-dark(#1b1b20, #f0f0f3);
  --muted: light-dark(#5d5d68, #a3a3b0);
  --accent: light-dark(#4338ca, #a5b4fc);
  --on-accent: light-dark(#ffffff, #17172b);
  --good: light-dark(#15803d, #4ade80);
  --bad: light-dark(#b91c1c, #fca5a5);
}
* { box-sizing: border-box; }
[hidden] { display: none !important; }
body {
  margin: 0 auto; max-width: 44rem; padding: 1rem 1rem 3rem;
  background: var(--page); color: var(--text);
  font: 1rem/1.5 system-ui, sans-serif;
}
header, nav, .row { display: flex; align-items: center; gap: .75rem; }
header { justify-content: space-between; flex-wrap: wrap; margin: .5rem 0 1rem; }
h1 { font-size: 1.25rem; margin: 0; }
h2 { font-size: .8125rem; margin: 0 0 .35rem; color: var(--muted); font-weight: 600; }
p { margin: 0; }
a { color: var(--accent); }
.card {
  background: var(--card); border: 1px solid var(--line); border-radius: .75rem;
  padding: 1rem 1.125rem; margin-bottom: 1rem; overflow-wrap: anywhere;
}
.tiles { display: grid; grid-template-columns: 1fr 1fr; gap: 1rem; }
.title { font-size: 1.375rem; font-weight: 650; line-height: 1.25; }
.clamped { display: -webkit-box; -webkit-box-orient: vertical; -webkit-line-clamp: 2; line-clamp: 2; overflow: hidden; }
.live { position: relative; padding-left: 1.1rem; }
.live::before {
  content: ""; position: absolute; left: 0; top: .55rem; width: .6rem; height: .6rem;
  border-radius: 50%; background: var(--good);
}
.figure { font-size: 1.75rem; font-weight: 650; font-variant-numeric: tabular-nums; line-height: 1.2; }
.muted { color: var(--muted); font-size: .875rem; margin-top: .35rem; }
.problem { color: var(--bad); }
.problem:empty { display: none; }
label { display: block; font-size: .875rem; margin-bottom: .25rem; }
input, button { font: inherit; border-radius: .5rem; padding: .5rem .75rem; border: 1px solid var(--line); min-height: 2.75rem; }
input { flex: 1; min-width: 0; background: var(--page); color: inherit; }
button { background: var(--accent); color: var(--on-accent); border-color: transparent; font-weight: 600; cursor: pointer; white-space: nowrap; }
button.quiet { background: none; color: var(--muted); border-color: var(--line); font-weight: 400; }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
ul { list-style: none; margin: 0; padding: 0; }
#sessions li { display: flex; justify-content: space-between; gap: 1rem; padding: .55rem 0; border-top: 1px solid var(--line); }
#sessions li:first-child { border-top: 0; }
#sessions li > :last-child { text-align: right; white-space: nowrap; font-variant-numeric: tabular-nums; }
#sessions small { display: block; color: var(--muted); font-size: .8125rem; }
#problems li { color: var(--bad); margin-bottom: .35rem; }
`;
