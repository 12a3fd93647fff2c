/**
 * The object of that name in this process, created at the first call. Next evaluates a module more than once, so that a
 * module's own variables are not unique.
 */
export function processSingleton<T extends object>(name: string, create: () => T): T {
  const key = Symbol.for(`vitrine.${name}`);
  const holder = globalThis as { [key: symbol]: T | undefined }; // no other file uses these symbols
  holder[key] ??= create();
  return holder[key];
}
