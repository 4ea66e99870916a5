import type { Disagreement } from "./disagreements.ts";

/** Renders the disagreements as Markdown. */
export function renderPage(known: readonly Disagreement[]): string {
  const sections = known.map(
    ({ test, moto, sandbox, right, source }) =>
      `## ${test}\n\n- moto: ${moto}\n- sandbox: ${sandbox}\n- right: **${right}** (${source})\n`,
  );
  return [INTRODUCTION, ...sections].join("\n");
}

const INTRODUCTION = `# The sandbox and moto

[moto](https://github.com/getmoto/moto) imitates AWS too, written by other people. \`npm run test:moto\` runs the contract
suites of the AWS ports (\`tests/contract/ports\`) against its server, unchanged. They agree but for what is listed here, by
test. Nothing was compared with AWS itself: who is right is read from the documentation.

Written from \`tests/contract/moto/disagreements.ts\` by \`npm run test:moto -- --write\`.
`;
