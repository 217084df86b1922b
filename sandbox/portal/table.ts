/** A table that scrolls by itself where the page is narrow. */
import { type Markup, markup } from "./markup";

export function table(label: string, heads: string[], rows: Markup[]): Markup {
  if (rows.length === 0) return markup`<p>Nothing.</p>`;
  return markup`<div class="scroll" tabindex="0" role="region" aria-label="${label}"><table><thead><tr>${heads.map((head) => markup`<th scope="col">${head}</th>`)}</tr></thead><tbody>${rows}</tbody></table></div>`;
}
