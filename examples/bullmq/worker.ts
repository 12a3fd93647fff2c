import { Worker } from "bullmq";
import { connect } from "vitrine-client/node";

const vitrine = connect();
const connection = { url: process.env.REDIS_URL ?? "redis://127.0.0.1:6379" };

interface Order {
  city: string;
  items: number[];
}

const worker = new Worker<Order>(
  "orders",
  async ({ id, data: { city, items } }) =>
    // A job that is retried continues its run, and what it has published already is not published twice.
    vitrine.run({ flow: "orders", name: `order-${id}`, idempotencyKey: `orders-${id}` }, async () => {
      const priced = await vitrine.task("price", () => items.map((item) => ({ item, price: priceOf(item) })));
      const total = priced.reduce((sum, { price }) => sum + price, 0);
      await vitrine.table(`orders-${city}`, priced, {
        description: `Order ${id}: ${total} in total`,
        idempotencyKey: `orders-${id}`,
      });
      return total;
    }),
  { connection, concurrency: 5 },
);

function priceOf(item: number): number {
  if (item < 0) throw new RangeError(`No item has the number ${item}.`);
  return 3 * item;
}

worker.on("ready", () => console.log("Waiting for jobs"));
worker.on("completed", ({ id }, total) => console.log(`Job ${id}: ${total}`));
worker.on("failed", (job, { message }) => console.error(`Job ${job?.id}: ${message}`));

// Lets the jobs of the moment finish.
process.once("SIGTERM", () => worker.close());
