"use server";
/** Keeps the chosen colours in a cookie; the server draws them from then on. */
import { cookies } from "next/headers";
import { THEMES } from "@/components/theme-switch";
import { cookieOptions, THEME_COOKIE } from "./cookies";

const YEAR_S = 31_536_000;

export async function setTheme(form: FormData): Promise<void> {
  const theme = THEMES.find((one) => one === form.get("theme"));
  if (theme) (await cookies()).set(THEME_COOKIE, theme, cookieOptions(false, YEAR_S));
}
