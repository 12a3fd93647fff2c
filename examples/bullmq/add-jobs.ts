import { Queue } from "bullmq";

const queue = new Queue("orders", { connection: { url: process.env.REDIS_URL ?? "redis://127.0.0.1:6379" } });

for (const city of ["oslo", "bergen"]) {
  await queue.add("order", { city, items: [1, 2, 3] }, { attempts: 3, backoff: { type: "exponential", delay: 1000 } });
}
// This one fails: its run is in Vitrine with the message of the error.
await queue.add("order", { city: "oslo", items: [-1] });
await queue.close();
