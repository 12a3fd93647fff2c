import "./globals.css";
import type { Metadata, Viewport } from "next";
import { cookies } from "next/headers";
import { NuqsAdapter } from "nuqs/adapters/next/app";
import type { ReactNode } from "react";
import { DataProvider } from "#app/_data/client";
import { parseTheme, THEME_COOKIE } from "#app/_ui/theme/theme";
import { Toaster } from "#app/_ui/toast";
import { FONTS } from "#app/fonts";

export const metadata: Metadata = {
  description: "Every version of every artifact your workflows produce.",
  robots: { index: false, follow: false },
};

export const viewport: Viewport = {
  themeColor: [
    { media: "(prefers-color-scheme: light)", color: "#fafaf9" },
    { media: "(prefers-color-scheme: dark)", color: "#0d0e0f" },
  ],
};

export default async function RootLayout({ children }: { children: ReactNode }) {
  const theme = parseTheme((await cookies()).get(THEME_COOKIE)?.value);
  return (
    <html lang="en" data-theme={theme === "system" ? undefined : theme} className={FONTS}>
      <body>
        <NuqsAdapter>
          <DataProvider>
            {children}
            <Toaster />
          </DataProvider>
        </NuqsAdapter>
      </body>
    </html>
  );
}
