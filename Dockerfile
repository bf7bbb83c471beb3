# Exhibit runs its TypeScript as it stands: what is built is only the one file that recipients check packets with.
# The base is pinned by digest at release: --build-arg BASE=node:24-trixie-slim@sha256:…
ARG BASE=node:24-trixie-slim

FROM ${BASE} AS dependencies
WORKDIR /app
COPY package.json package-lock.json ./
# The optional packages are Node itself for older hosts; here the base brings it.
RUN npm ci --omit=dev --omit=optional --ignore-scripts --no-audit --no-fund

FROM ${BASE} AS verifier
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci --ignore-scripts --no-audit --no-fund
COPY . .
RUN node packaging/verifier.ts

FROM ${BASE}
LABEL org.opencontainers.image.title="Exhibit" \
      org.opencontainers.image.description="Reads MFA, access and configuration evidence every night and bundles packets that anyone can check" \
      org.opencontainers.image.licenses="Apache-2.0"
# What is read comes and goes as large buffers in several threads; left alone, each thread keeps what it once took,
# and what was large is kept for the next.
# https://www.gnu.org/software/libc/manual/html_node/Memory-Allocation-Tunables.html
ENV NODE_ENV=production MALLOC_ARENA_MAX=2 MALLOC_MMAP_THRESHOLD_=131072
WORKDIR /app
COPY --from=dependencies /app/node_modules ./node_modules
COPY . .
COPY --from=verifier /app/dist ./dist
# The one place that is written to. It holds configuration, vault, keys, packets and state.
RUN mkdir /data && chown 1000:1000 /data
VOLUME /data
USER 1000:1000
EXPOSE 8080
HEALTHCHECK --interval=60s --timeout=5s --start-period=20s --retries=3 \
  CMD ["node", "-e", "fetch('http://127.0.0.1:8080/healthz').then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
ENTRYPOINT ["node", "/app/bin/exhibit.mjs"]
CMD ["serve", "--config", "/data/exhibit.yaml", "--listen", "0.0.0.0:8080"]
