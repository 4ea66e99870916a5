import { readdirSync } from "node:fs";
import { describe, expect, it } from "vitest";
import type { Grant } from "../../infra/grants.ts";
import { grantsOf, PERMISSIONS } from "../../infra/permissions.ts";
import { keptCalls } from "../support/record-calls.ts";
import { ROOT } from "./synthesis.ts";

/** Flow tests sign in with a client secret; a deployment without one takes on a role instead, and that is all there is to it. */
const SIGN_IN = "client-secret";

/** Targets that a recorded call names, since one action means different things there. */
const NAMED_TARGETS = new Set(["policy", "objects", "scimToken", "taskKey", "clientSecret"]);

/** Granted for what no flow test brings about. Action, or function and action; why. */
const RARE: Readonly<Record<string, string>> = {};

/** Not run by the runner that records. */
const UNRECORDED: Readonly<Record<string, string>> = {};

const { calls, files } = keptCalls();
const flowTests = readdirSync(`${ROOT}tests/flows`).filter((name) => name.endsWith(".test.ts"));
const missing = flowTests.filter((name) => !files.has(name));
const skipped =
  missing.length === 0 ? "" : ` (skipped: needs a run of all flow tests, without ${missing.join(", ")})`;

describe("what flow tests have seen functions call", () => {
  it("is allowed to each of them", () => {
    const refused = [...calls].flatMap(([name, actions]) => {
      const granted = visible(grantsOf(name, SIGN_IN));
      return [...actions].filter((action) => !granted.has(action)).map((action) => `${name}: ${action}`);
    });
    expect(refused).toEqual([]);
  });

  it.skipIf(missing.length > 0)(`is all that is allowed, but for what is rare${skipped}`, () => {
    const idle = Object.keys(PERMISSIONS)
      .filter((name) => !(name in UNRECORDED))
      .flatMap((name) =>
        [...visible(grantsOf(name, SIGN_IN))]
          .filter((action) => !calls.get(name)?.has(action))
          .map((action) => ({ name, action })),
      );
    const unexplained = idle.filter(
      ({ name, action }) => !(action in RARE) && !(`${name} ${action}` in RARE),
    );
    expect(unexplained.map(({ name, action }) => `${name} ${action}`)).toEqual([]);
    const explained = new Set(idle.flatMap(({ name, action }) => [action, `${name} ${action}`]));
    expect(
      Object.keys(RARE).filter((key) => !explained.has(key)),
      "rare no more",
    ).toEqual([]);
  });
});

/** What of the grants a request would show. */
function visible(grants: readonly Grant[]): Set<string> {
  return new Set(
    grants
      .filter(({ invisible }) => !invisible)
      .flatMap(({ actions, on }) => {
        const target = on.find((one) => NAMED_TARGETS.has(one));
        return actions.map((action) => (target === undefined ? action : `${action} ${target}`));
      }),
  );
}
