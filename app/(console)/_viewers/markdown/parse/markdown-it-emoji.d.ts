declare module "markdown-it-emoji/lib/data/full.mjs" {
  /** Characters by the short codes of GitHub. */
  const names: Record<string, string>;
  export default names;
}
