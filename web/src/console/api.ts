/** What the console reads, beyond what the components do. */
export type * from './types.js';
