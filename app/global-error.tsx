"use client";

import { Title } from "#app/brand";

/** Shown when the root layout itself fails, so without layout, styles and data. */
export default function GlobalError() {
  return (
    <html lang="en">
      <body style={{ fontFamily: "system-ui, sans-serif", padding: "20vh 1.5rem", textAlign: "center" }}>
        <Title>Something went wrong</Title>
        <h1 style={{ fontSize: "1.1rem" }}>Something went wrong</h1>
        <p>
          This page failed to load. <a href="/artifacts">Go to artifacts</a>
        </p>
      </body>
    </html>
  );
}
