/** A state as people read it: `Completed`. */
export function stateLabel(state: string): string {
  return state.charAt(0) + state.slice(1).toLowerCase();
}
