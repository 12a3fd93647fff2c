/** Whether a text can be a label; `latest` cannot be set. As in the contract, whose module is too large for browsers. */
export function isLabelName(text: string): boolean {
  return /^[a-z][a-z0-9-]{0,63}$/.test(text);
}
