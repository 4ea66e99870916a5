import { badRequest } from "../../errors.ts";
import type { JsonObject } from "../../odata.ts";
import type { EntraState } from "../../state.ts";
import type { Snapshot } from "../directory-snapshot.ts";

/** What a delta query tracks; its tokens represent it, so that links do not have to repeat it. */
export interface Tracking {
  /** Properties of `$select`, or null for those of a read without one. */
  readonly select: readonly string[] | null;
  /** Ids of `$filter`, or null for every object. */
  readonly ids: readonly string[] | null;
}

/** The pages of one round, and where the next one begins. */
export interface Round {
  readonly tracking: Tracking;
  readonly pages: readonly (readonly JsonObject[])[];
  readonly end: Snapshot;
}

/** A place in a round, or the end of one. */
export type Place =
  | { readonly kind: "page"; readonly round: Round; readonly index: number }
  | { readonly kind: "end"; readonly tracking: Tracking; readonly snapshot: Snapshot };

/** "Use delta query to track changes": tokens of directory objects are good for seven days. */
const VALID_MILLISECONDS = 7 * 86_400_000;
const TOKEN = /^[0-9a-f]{64}$/;

/** The tokens of one collection. A token can be used again and again. */
export class DeltaTokens {
  readonly #state: EntraState;
  readonly #places = new Map<string, { readonly place: Place; readonly issuedAt: number }>();

  constructor(state: EntraState) {
    this.#state = state;
  }

  issue(place: Place): string {
    this.#forgetOld();
    const { clock, random } = this.#state.kernel;
    const token = random.hex(64);
    this.#places.set(token, { place, issuedAt: clock.now() });
    return token;
  }

  /** Undefined for a token that is too old. @throws {GraphRefusal} 400 for what is no token */
  find(token: string): Place | undefined {
    if (!TOKEN.test(token)) throw badRequest("The delta or skip token is malformed.");
    this.#forgetOld();
    return this.#places.get(token)?.place;
  }

  #forgetOld(): void {
    const now = this.#state.kernel.clock.now();
    for (const [token, { issuedAt }] of this.#places) {
      if (issuedAt + VALID_MILLISECONDS > now) return;
      this.#places.delete(token);
    }
  }
}
