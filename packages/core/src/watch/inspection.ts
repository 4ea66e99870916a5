import type { Figures } from "../model/concern.ts";
import type { Finding } from "./findings.ts";

/** The result of a check. */
export interface Inspection {
  readonly outcome: "checked" | "not-applicable";
  /** In a few words, for people. */
  readonly state: string;
  /** ISO time. */
  readonly expiresAt: string | null;
  readonly findings: readonly Finding[];
  readonly figures: Figures;
}

export function checked(
  state: string,
  facts: Partial<Omit<Inspection, "outcome" | "state">> = {},
): Inspection {
  return { outcome: "checked", state, expiresAt: null, findings: [], figures: {}, ...facts };
}

export function notApplicable(state: string): Inspection {
  return { outcome: "not-applicable", state, expiresAt: null, findings: [], figures: {} };
}
