/** The pages one can go to by name. */
export const PAGES = [
  { name: "Artifacts", href: "/artifacts" },
  { name: "All versions", href: "/artifacts?versions=all" },
  { name: "Artifacts without a key", href: "/artifacts?keys=none" },
  { name: "Runs", href: "/runs" },
  { name: "Trash", href: "/trash" },
] as const;
