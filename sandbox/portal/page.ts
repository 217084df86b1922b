/** The frame of every portal page: says in its first line that this is the sandbox, follows light and dark. */
import { html, type SandboxResponse } from "../http";
import { type Markup, markup } from "./markup";

const style = markup`
:root { color-scheme: light dark; --line: light-dark(#767676, #8c8c8c); --soft: light-dark(#f3f3f3, #262626); --mark: light-dark(#7a4b00, #ffd28a); }
body { font: 16px/1.5 system-ui, sans-serif; margin: 0 auto; max-width: 60rem; padding: 1rem; background: light-dark(#fff, #171717); color: light-dark(#1b1b1b, #ededed); }
a { color: light-dark(#0b57d0, #8ab4f8); } h2 { margin-top: 2.5rem; border-top: 1px solid var(--line); padding-top: 1rem; }
.note { border: 1px solid var(--mark); padding: .5rem 1rem; } .said { border-left: 4px solid var(--mark); padding: .5rem 1rem; background: var(--soft); }
form, fieldset, label { display: grid; gap: .6rem; grid-template-columns: minmax(0, 1fr); } form { margin: 1rem 0; } fieldset { border: 1px solid var(--line); min-width: 0; }
label { gap: .2rem; } td form { margin: 0; min-width: 9rem; } label.tick { display: flex; gap: .5rem; align-items: baseline; }
input:not([type=checkbox]), select, textarea, button { font: inherit; padding: .35rem .5rem; border: 1px solid var(--line); background: light-dark(#fff, #1f1f1f); color: inherit; border-radius: 4px; }
textarea { font-family: ui-monospace, monospace; } button { width: fit-content; cursor: pointer; } :focus-visible { outline: 3px solid light-dark(#0b57d0, #8ab4f8); }
.scroll { overflow-x: auto; } table { border-collapse: collapse; width: 100%; } th, td { text-align: left; padding: .3rem .5rem; border-bottom: 1px solid var(--line); vertical-align: top; }
td input:not([type=checkbox]) { width: 100%; min-width: 5rem; box-sizing: border-box; } pre { overflow-x: auto; background: var(--soft); padding: .5rem; } code, h3, .said { overflow-wrap: anywhere; } .row { display: flex; gap: .5rem; flex-wrap: wrap; }`;

export function page(title: string, body: Markup, status = 200): SandboxResponse {
  const whole = markup`<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${title} - sandbox</title><style>${style}</style></head>
<body><header><p class="note"><strong>This is the sandbox.</strong> It stands in for Microsoft 365 and the DNS host. Nothing here touches a real organisation.</p></header>
<main><h1>${title}</h1>${body}</main></body></html>`;
  return html(status, whole.text);
}
