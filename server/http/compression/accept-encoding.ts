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
