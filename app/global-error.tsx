"use client";

/** The last resort: it stands without layout, styles and data. */
export default function GlobalError() {
  return (
    <html lang="en">
      <body style={{ fontFamily: "system-ui, sans-serif", padding: "20vh 1.5rem", textAlign: "center" }}>
        <h1 style={{ fontSize: "1.1rem" }}>Something failed</h1>
        <p>
          The page could not be made. <a href="/artifacts">Go to the artifacts</a>
        </p>
      </body>
    </html>
  );
}
