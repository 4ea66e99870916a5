import { DISAGREEMENTS, type Disagreement } from "./disagreements.ts";

export interface Outcome {
  /** As {@link Disagreement.test}. */
  readonly test: string;
  readonly passed: boolean;
}

export interface Judgement {
  readonly agreements: number;
  /** What is wrong with the run, or with the list of known disagreements. */
  readonly problems: readonly string[];
}

/** Holds what happened on moto to the known disagreements. */
export function judge(
  outcomes: readonly Outcome[],
  known: readonly Disagreement[] = DISAGREEMENTS,
): Judgement {
  const names = new Set(known.map(({ test }) => test));
  const unexpected = outcomes.filter(({ test, passed }) => !passed && !names.has(test));
  const stale = outcomes.filter(({ test, passed }) => passed && names.has(test));
  const missing = [...names].filter((name) => !outcomes.some(({ test }) => test === name));
  return {
    agreements: outcomes.filter(({ passed }) => passed).length,
    problems: [
      ...(outcomes.length === 0 ? ["no test ran"] : []),
      ...unexpected.map(({ test }) => `moto disagrees and nobody has judged it: ${test}`),
      ...stale.map(({ test }) => `moto agrees by now, remove it from disagreements.ts: ${test}`),
      ...missing.map((test) => `no test has this name, see disagreements.ts: ${test}`),
    ],
  };
}

/** The page that readers see. */
export function renderPage(known: readonly Disagreement[] = DISAGREEMENTS): string {
  const rows = known.flatMap(({ test, moto, sandbox, right, source }) => [
    `## ${test}`,
    "",
    `- moto: ${moto}`,
    `- sandbox: ${sandbox}`,
    `- right: **${right}** (${source})`,
    "",
  ]);
  return [
    "# The sandbox and moto",
    "",
    "[moto](https://github.com/getmoto/moto) imitates AWS too, written by other people. `npm run test:moto` runs the contract",
    "suites of the AWS ports (`tests/contract/ports`) against its server, unchanged. They agree but for what is listed here, by",
    "test. Nothing was compared with AWS itself: who is right is read from the documentation.",
    "",
    "Written from `tests/contract/moto/disagreements.ts` by `npm run test:moto -- --write`.",
    "",
    ...rows,
  ]
    .join("\n")
    .trimEnd()
    .concat("\n");
}
