import type { Random } from "../kernel/random.ts";

/** How slow and irregular the simulated AWS is, where AWS publishes nothing or something that changes. */
export interface AwsBehaviour {
  /** Draws the time that one update of a role in an account takes. */
  readonly roleUpdateMilliseconds: (random: Random) => number;
  /** From the answer of SCIM until `sso-admin` finds the new user or group. */
  readonly principalLagMilliseconds: number;
  /** Share of the continued lists of Organizations that answer an empty page and a token, below 1. */
  readonly emptyPageShare: number;
}

/** AWS publishes none of these; means of seconds are what users report. */
export const DEFAULT_AWS_BEHAVIOUR: AwsBehaviour = {
  roleUpdateMilliseconds: (random) => random.latency(3000),
  principalLagMilliseconds: 2000,
  emptyPageShare: 0.1,
};
