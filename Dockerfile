# The service in one image. PostgreSQL and Redis come from outside (docker-compose.yml); without DATABASE_URL the image brings its own PostgreSQL.
FROM node:24-slim

ENV NODE_ENV=production \
    DATA_DIR=/data \
    HTTP_HOST=0.0.0.0 \
    HTTP_PORT=8080
WORKDIR /app

# No install scripts: nothing that is installed may run code at build time, and nothing here needs to.
COPY package.json package-lock.json .npmrc ./
RUN npm ci --omit=dev --ignore-scripts && npm cache clean --force

COPY LICENSE NOTICE tsconfig.json ./
COPY bin ./bin
COPY bots ./bots
COPY db ./db
COPY documents ./documents
COPY offices ./offices
COPY queues ./queues
COPY sops ./sops
COPY src ./src
COPY web ./web

# The embedded PostgreSQL's libraries need their links, and the service's user may not write beside them.
RUN node --import tsx --eval "import('./db/embedded/binaries.ts').then((m) => m.binaries(false))"
RUN mkdir /data && chown node:node /data
USER node
VOLUME /data
EXPOSE 8080

HEALTHCHECK --interval=15s --timeout=5s --start-period=60s --retries=3 \
  CMD ["node", "-e", "fetch('http://127.0.0.1:' + process.env.HTTP_PORT + '/healthz').then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]

CMD ["node", "--import", "tsx", "bin/alur.ts", "start"]
