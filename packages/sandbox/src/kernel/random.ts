/** A seeded source of randomness (mulberry32): the same seed gives the same ids and latencies. */
export class Random {
  #state: number;

  constructor(seed: number) {
    this.#state = seed >>> 0;
  }

  /** Uniform in [0, 1). */
  next(): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let t = this.#state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  }

  /**
   * A separate source, seeded by this one, for values drawn at every request. Otherwise the order of concurrent requests
   * would affect all later values.
   */
  fork(): Random {
    return new Random(Math.floor(this.next() * 4_294_967_296));
  }

  hex(length: number): string {
    return Array.from({ length }, () => Math.floor(this.next() * 16).toString(16)).join("");
  }

  digits(length: number): string {
    return Array.from({ length }, () => Math.floor(this.next() * 10)).join("");
  }

  uuid(): string {
    return `${this.hex(8)}-${this.hex(4)}-4${this.hex(3)}-a${this.hex(3)}-${this.hex(12)}`;
  }

  /** Lognormal with the given mean; most draws are shorter, a few much longer, as latencies are. */
  latency(meanMilliseconds: number): number {
    const sigma = 0.5;
    const normal = Math.sqrt(-2 * Math.log(1 - this.next())) * Math.cos(2 * Math.PI * this.next());
    return meanMilliseconds * Math.exp(sigma * normal - (sigma * sigma) / 2);
  }
}
