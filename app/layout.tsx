/** The document around every page: language, font, colours. */
import type { Metadata, Viewport } from "next";
import localFont from "next/font/local";
import type { ReactNode } from "react";
import "./globals.css";
import { chosenTheme } from "./theme-cookie";

const sans = localFont({
  src: "./fonts/sans-latin.woff2",
  weight: "400 700",
  variable: "--font-sans-latin",
  display: "optional", // a page that has begun in the system's font stays in it: nothing moves
  adjustFontFallback: "Arial",
});

export const metadata: Metadata = {
  title: { default: "Cutover", template: "%s · Cutover" },
  description: "Puts Cloudflare Email Security (Area 1) in front of a Microsoft 365 tenant: step by step, checked, and undone on request.",
  icons: { icon: "/icon.svg" },
};

export const viewport: Viewport = {
  colorScheme: "light dark",
  themeColor: [
    { media: "(prefers-color-scheme: light)", color: "#ffffff" },
    { media: "(prefers-color-scheme: dark)", color: "#17181b" },
  ],
};

export default async function RootLayout({ children }: { readonly children: ReactNode }) {
  const theme = await chosenTheme();
  return (
    <html lang="en" className={sans.variable} data-theme={theme === "system" ? undefined : theme}>
      <body>{children}</body>
    </html>
  );
}
