import {
  aWildCompany,
  differences,
  liveThrough,
  settle,
  type StartHost,
  writesOfAnotherRun,
} from "./company.ts";

const ROUNDS = 2;

export interface Verdict {
  readonly seed: number;
  /** What the book found fault with. */
  readonly violations: readonly string[];
  /** Surplus and missing access in the end, compared with the policy. */
  readonly differences: readonly string[];
  /** Requests of one more run that change IAM Identity Center. */
  readonly writes: number;
}

/** A company's life by that seed, and what the book says of it. */
export async function live(seed: number, startHost: StartHost): Promise<Verdict> {
  const company = await aWildCompany(seed, startHost);
  await liveThrough(company, ROUNDS);
  await settle(company);
  return {
    seed,
    violations: company.book.violations,
    differences: differences(company),
    writes: await writesOfAnotherRun(company),
  };
}

export function isSound({ violations, differences: found, writes }: Verdict): boolean {
  return violations.length === 0 && found.length === 0 && writes === 0;
}
