# Not tried: no container engine was at hand when this was written. Read it before you rely on it.
# Runs the web server with the worker in it, against a PostgreSQL of yours (DATABASE_URL). Linux x64.
FROM node:22-bookworm-slim AS build
WORKDIR /app
ENV NEXT_TELEMETRY_DISABLED=1
COPY package.json package-lock.json ./
COPY scripts/setup.mjs scripts/setup.mjs
COPY prisma prisma
COPY prisma.config.ts ./
# Installs the packages and generates the database client; nothing else is downloaded.
RUN node scripts/setup.mjs
COPY . .
RUN node scripts/setup.mjs --build

FROM node:22-bookworm-slim
WORKDIR /app
ENV NODE_ENV=production NEXT_TELEMETRY_DISABLED=1 DATA_DIR=/data
COPY --from=build --chown=node:node /app /app
RUN mkdir /data && chown node:node /data
VOLUME /data
USER node
EXPOSE 3000
HEALTHCHECK --interval=30s --timeout=10s --start-period=60s \
  CMD ["node", "-e", "fetch('http://127.0.0.1:' + (process.env.PORT || 3000) + '/api/health').then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
# Not `npm start`: the pages are built already, and signals reach the process that handles them.
CMD ["node", "--import", "tsx", "scripts/start.ts"]
