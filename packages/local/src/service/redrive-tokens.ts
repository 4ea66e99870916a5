/** [RedriveExecution: clientToken] */
const REMEMBERED = 10;
const VALID_MILLISECONDS = 15 * 60_000;

/** The client tokens of an execution's last redrives: a request that is sent again redrives nothing. */
export class RedriveTokens {
  #known: readonly { readonly token: string; readonly at: number; readonly redriveDate: string }[] = [];

  /** The answer that a token was given, null when it is new or too old. */
  find(token: string | undefined, now: number): string | null {
    const known = this.#known.find((entry) => entry.token === token && now - entry.at <= VALID_MILLISECONDS);
    return known?.redriveDate ?? null;
  }

  remember(token: string | undefined, redriveDate: string, now: number): void {
    if (token === undefined) return;
    this.#known = [...this.#known, { token, at: now, redriveDate }].slice(-REMEMBERED);
  }
}
