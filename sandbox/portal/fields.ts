/** The few form fields that the portal is made of; each has its label around it. */
import { Markup, markup } from "./markup";

/** An attribute without a value, or nothing. */
const flag = (name: string, on: boolean) => new Markup(on ? ` ${name}` : "");

export const line = (name: string, label: string, value: string, more: { type?: string; wide?: boolean } = {}) =>
  markup`<label>${label} <input name="${name}" value="${value}" type="${more.type ?? "text"}" class="${more.wide ? "wide" : ""}" autocomplete="off"></label>`;

export const area = (name: string, label: string, lines: string[]) =>
  markup`<label>${label} <small>(one a line)</small><textarea name="${name}" rows="${Math.min(12, Math.max(3, lines.length + 1))}" spellcheck="false">${lines.join("\n")}</textarea></label>`;

export const tick = (name: string, label: string, on: boolean, value = "on") =>
  markup`<label class="tick"><input type="checkbox" name="${name}" value="${value}"${flag("checked", on)}> ${label}</label>`;

export const choice = (name: string, label: string, value: string, options: string[]) =>
  markup`<label>${label} <select name="${name}">${options.map((option) => markup`<option${flag("selected", option === value)}>${option}</option>`)}</select></label>`;

export const hidden = (name: string, value: string) => markup`<input type="hidden" name="${name}" value="${value}">`;

export const button = (label: string, does = "save") => markup`<button name="do" value="${does}">${label}</button>`;

/** Lines of a text area, without blanks. */
export const linesOf = (text: string | null) =>
  (text ?? "")
    .split(/[\r\n]+/)
    .map((entry) => entry.trim())
    .filter((entry) => entry !== "");
