import { globSync } from "node:fs";
import path from "node:path";
import { GitVCSProvider, startVitest } from "vitest/node";

/** The tests that take seconds. Flows, simulations and everything else that starts a company are `npm test`'s. */
const FAST = ["packages", "functions", "tests/rules"];

const root = path.resolve(import.meta.dirname, "..");
/** A commit to compare with; without one, what is not committed yet. */
const changedSince = process.argv[2] ?? true;

const git = new GitVCSProvider();
const resolver = { getDependencies: () => Promise.resolve([]) };
const changed = await git.findChangedFiles({ root, changedSince, resolver });
const more = notImported(changed);
await startVitest("test", [...FAST, ...more], {
  root,
  run: true,
  project: ["tests"],
  changed: changedSince,
  passWithNoTests: true,
  experimental: { vcsProvider: { findChangedFiles: () => Promise.resolve([...changed, ...more]) } },
});

/**
 * Tests that no import leads to from what has changed: rules read pages and state machines as files, and flow tests load
 * functions by name.
 */
function notImported(files: readonly string[]): string[] {
  const folders = files.map((file) => path.relative(root, file).split(path.sep));
  const flows = folders.flatMap(([top = "", flow = ""]) => (/^(step)?functions$/.test(top) ? [flow] : []));
  const patterns = ["tests/rules/*.test.ts", ...new Set(flows.map((flow) => `tests/flows/${flow}*.test.ts`))];
  return globSync(patterns, { cwd: root }).map((file) => path.join(root, file));
}
