/** The weights of the codings in an `Accept-Encoding` header, by name in lower case: RFC 9110, 12.5.3. Invalid ones are 0. */
export function acceptedCodings(header: string): Map<string, number> {
  const weights = new Map<string, number>();
  for (const each of header.toLowerCase().split(",")) {
    const [name = "", ...parameters] = each.split(";").map((part) => part.trim());
    const weight = parameters.find((parameter) => parameter.startsWith("q="))?.slice(2);
    weights.set(name, weight === undefined ? 1 : Number(weight) || 0);
  }
  return weights;
}

/** The entity tag of the same content in a coding: strong ones differ between codings. */
export function taggedAs(etag: string, coding: string): string {
  return etag.replace(/"$/, `-${coding}"`);
}

/** The reverse of `taggedAs`. */
export function untagged(etag: string): string {
  return etag.replace(/-(?:br|gzip)"$/, '"');
}

/** A `Vary` header that names the codings too. */
export function withAcceptEncoding(vary: string | undefined): string {
  if (vary === undefined) return "accept-encoding";
  return /\baccept-encoding\b/i.test(vary) ? vary : `${vary}, accept-encoding`;
}
