/** Timestamps of AWS JSON are epoch seconds with a fraction. */
export function epochSeconds(milliseconds: number): number {
  return Math.round(milliseconds) / 1000;
}
