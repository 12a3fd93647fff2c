/**
 * Makes `instanceof` hold for the instances of a class from each evaluation of its module: Next evaluates modules that the server has
 * evaluated before, and an error of one is handled by the other. Subclasses that are handled so need it too.
 * @param name unique in the process
 */
export function shareClass(shared: { prototype: object }, name: string): void {
  const brand = Symbol.for(`vitrine.class.${name}`);
  Object.defineProperty(shared.prototype, brand, { value: true });
  Object.defineProperty(shared, Symbol.hasInstance, {
    value(this: unknown, value: unknown): boolean {
      if (this !== shared) return Function.prototype[Symbol.hasInstance].call(this, value);
      return typeof value === "object" && value !== null && brand in value;
    },
  });
}
