import express, { type ErrorRequestHandler } from "express";
import { connect, VitrineError } from "vitrine-client/node";

const vitrine = connect();
const app = express();
app.use(express.json());

// Each request is a flow run of its own, also when many are served at once.
app.post("/reports/:name", async ({ params, body, headers }, response) => {
  // A client that repeats its request with the same header gets the same run and the same version.
  const once = { idempotencyKey: headers["idempotency-key"]?.toString() };
  const version = await vitrine.run({ flow: "reports-api", tags: [params.name], ...once }, () =>
    vitrine.table(params.name, body, { description: `Sent by ${headers["user-agent"]}`, ...once }),
  );
  response.status(201).json({ version: version.version, url: `${vitrine.url}/artifacts/${version.id}` });
});

app.get("/reports/:name", async ({ params }, response) => {
  const { version, data } = await vitrine.collection.latest.query({ key: params.name });
  response.json({ version, rows: data });
});

const STATUS: Partial<Record<VitrineError["code"], number>> = { BAD_REQUEST: 400, NOT_FOUND: 404, CONFLICT: 409 };

/** Express passes rejected promises of a handler on to here. */
const onError: ErrorRequestHandler = (error, _request, response, next) => {
  if (!(error instanceof VitrineError)) return next(error);
  response.status(STATUS[error.code] ?? 502).json({ error: error.message });
};
app.use(onError);

const server = app.listen(Number(process.env.PORT ?? 3000), "127.0.0.1", () => {
  console.log("Listening on", server.address());
});
