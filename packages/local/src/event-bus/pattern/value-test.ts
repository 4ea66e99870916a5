/** Gets one value of the event: string, number, boolean or null. */
export type ValueTest = (leaf: unknown) => boolean;
