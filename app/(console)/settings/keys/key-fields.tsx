import { type ReactNode, useId } from "react";
import { Choice, TextField } from "#app/_ui/field";
import type { ApiKey, Role } from "#contract/api-key";
import { LIFETIMES } from "./expiry";

const ROLES: { role: Role; allows: string }[] = [
  { role: "read", allows: "Read: see everything, change nothing" },
  { role: "write", allows: "Write: publish, edit, delete and restore" },
  { role: "admin", allows: "Admin: also settings, backups and the audit log" },
];

/** The value of the choice that leaves the expiry as it is. */
export const AS_IS = "same";

/** A field under its name, above what explains it. */
export function Labelled({
  name,
  hint,
  children,
}: {
  name: string;
  hint?: string;
  children: (ids: { id: string; "aria-describedby": string | undefined }) => ReactNode;
}) {
  const id = useId();
  return (
    <div className="flex flex-col gap-1 text-sm">
      <label htmlFor={id} className="font-medium">
        {name}
      </label>
      {children({ id, "aria-describedby": hint && `${id}-hint` })}
      {hint && (
        <p id={`${id}-hint`} className="text-faint text-xs">
          {hint}
        </p>
      )}
    </div>
  );
}

/** What a key allows. */
export function RoleChoice({ role, onChange }: { role: Role; onChange: (role: Role) => void }) {
  const choose = (value: string) => {
    const chosen = ROLES.find((each) => each.role === value);
    if (chosen) onChange(chosen.role);
  };
  return (
    <Labelled name="Role">
      {(ids) => (
        <Choice {...ids} value={role} onChange={({ target }) => choose(target.value)} className="w-full">
          {ROLES.map((each) => (
            <option key={each.role} value={each.role}>
              {each.allows}
            </option>
          ))}
        </Choice>
      )}
    </Labelled>
  );
}

/** Patterns as they are typed, as the API takes them; null: all keys. */
export function patterns(typed: string): string | null {
  return typed.replace(/\s+/g, "") || null;
}

/** The patterns of the keys of artifacts that it reaches. */
export function KeyPatternsField({ keys, onChange }: { keys: string; onChange: (keys: string) => void }) {
  return (
    <Labelled name="Artifacts" hint="Limits it to artifacts whose keys match one of these patterns. Empty: everything.">
      {(ids) => (
        <TextField
          {...ids}
          value={keys}
          maxLength={1000}
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          placeholder="reports/*, sales-*"
          onChange={({ target }) => onChange(target.value)}
          className="w-full font-normal"
        />
      )}
    </Labelled>
  );
}

/** Until when it is valid, in days from now. */
export function ExpiryChoice({
  days,
  onChange,
  of: key,
}: {
  days: string;
  onChange: (days: string) => void;
  /** The key that can also stay as it is; absent for a new one. */
  of?: ApiKey;
}) {
  const isUnlimited = key?.expires === null;
  return (
    <Labelled name="Expires">
      {(ids) => (
        <Choice {...ids} value={days} onChange={({ target }) => onChange(target.value)} className="w-full">
          {key && <option value={AS_IS}>{isUnlimited ? "Never" : "As now"}</option>}
          {LIFETIMES.filter(({ days }) => days !== null || !isUnlimited).map((each) => (
            <option key={each.name} value={each.days ?? ""}>
              {each.days === null ? each.name : `In ${each.name}`}
            </option>
          ))}
        </Choice>
      )}
    </Labelled>
  );
}
