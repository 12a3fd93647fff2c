/** The display name of a state type: `Completed`. */
export function stateLabel(type: string): string {
  return type.charAt(0) + type.slice(1).toLowerCase();
}
