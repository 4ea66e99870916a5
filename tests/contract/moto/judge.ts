import type { Disagreement } from "./disagreements.ts";

export interface Outcome {
  /** As {@link Disagreement.test}. */
  readonly test: string;
  /** How it failed; null if it passed. */
  readonly failure: string | null;
}

export interface Judgement {
  readonly agreements: number;
  /** What is wrong with the run, or with the list of known disagreements. */
  readonly problems: readonly string[];
}

/** Holds what happened on moto to the known disagreements. */
export function judge(outcomes: readonly Outcome[], known: readonly Disagreement[]): Judgement {
  const missing = known.filter(({ test }) => !outcomes.some((outcome) => outcome.test === test));
  return {
    agreements: outcomes.filter(({ failure }) => failure === null).length,
    problems: [
      ...(outcomes.length === 0 ? ["no test ran"] : []),
      ...outcomes.flatMap((outcome) => judgeOne(outcome, known)),
      ...missing.map(({ test }) => `no test has this name, see disagreements.ts: ${test}`),
    ],
  };
}

function judgeOne({ test, failure }: Outcome, known: readonly Disagreement[]): string[] {
  const disagreement = known.find((candidate) => candidate.test === test);
  if (failure === null) {
    return disagreement ? [`moto agrees by now, remove it from disagreements.ts: ${test}`] : [];
  }
  if (!disagreement) return [`moto disagrees and nobody has judged it: ${test}\n  ${failure}`];
  if (failure.includes(disagreement.fails)) return [];
  return [`moto disagrees in another way than disagreements.ts says: ${test}\n  ${failure}`];
}
