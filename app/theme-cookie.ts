/** The colours the person chose; as the system says until then. */
import { cookies } from "next/headers";
import { THEMES, type Theme } from "@/components/theme-switch";
import { THEME_COOKIE } from "./cookies";

export async function chosenTheme(): Promise<Theme> {
  const kept = (await cookies()).get(THEME_COOKIE)?.value;
  return THEMES.find((one) => one === kept) ?? "system";
}
