/** A text that nobody else has. `crypto.randomUUID` is missing on pages that come by plain HTTP. */
export function unique(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
}
