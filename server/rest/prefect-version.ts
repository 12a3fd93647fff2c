/** The Prefect whose dialect this is: its client runs no flow against another major, and warns of an older minor. */
export const PREFECT = "3.8.8";
