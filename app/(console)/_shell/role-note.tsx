"use client";

import { useRole } from "#app/_data/role";

/** Says why an action is not offered; nothing where the role allows it. `action` begins the sentence: `Editing`. */
export function RoleNote({
  action,
  requires,
  className = "",
}: {
  action: string;
  requires: "write" | "admin";
  className?: string;
}) {
  const { role, mayWrite, mayAdmin } = useRole();
  if (requires === "write" ? mayWrite : mayAdmin) return null;
  return (
    <p className={`text-faint text-sm ${className}`}>
      {action} requires the role {requires}; you have {role} access.
    </p>
  );
}
