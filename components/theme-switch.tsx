/** Light, dark or as the system says; kept in a cookie, so that the server draws the right one and no script runs first. */

export type Theme = "system" | "light" | "dark";
export const THEMES: readonly Theme[] = ["system", "light", "dark"];
const LABELS: Readonly<Record<Theme, string>> = { system: "As the system", light: "Light", dark: "Dark" };

export function ThemeSwitch({ theme, action }: { readonly theme: Theme; readonly action: (form: FormData) => Promise<void> }) {
  return (
    <form action={action}>
      <fieldset>
        <legend className="mb-1 text-sm text-subtle">Colours</legend>
        <div className="flex gap-1">
          {THEMES.map((one) => (
            <button
              key={one}
              type="submit"
              name="theme"
              value={one}
              aria-pressed={one === theme}
              className={`button button-small flex-1 whitespace-nowrap ${one === theme ? "bg-neutral-tint" : ""}`}
            >
              {LABELS[one]}
            </button>
          ))}
        </div>
      </fieldset>
    </form>
  );
}
