/** How a server is reached: its address, and whether it asks for an API key. */
export interface Reached {
  address: string;
  keyed: boolean;
}
