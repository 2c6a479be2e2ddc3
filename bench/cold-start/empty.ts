/** What Node itself takes. */
export const handler = undefined;
