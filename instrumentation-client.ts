import { createHoldingFetch, holdDocuments } from "#app/_data/connection";

// Next and tRPC take `fetch` from the window at each call.
window.fetch = createHoldingFetch(window.fetch.bind(window), location.origin);
holdDocuments();
