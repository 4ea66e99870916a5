import type { InputIssue } from "../yaml/issues.ts";
import { didYouMean } from "../yaml/nearest.ts";
import { issueAt } from "./issue-at.ts";
import type { AccessPolicy } from "./policy.ts";
import { whyPrivileged } from "./privileged.ts";

/** Permission sets of conventions that the file does not define, or that are privileged and not listed as such. */
export function findConventionIssues(policy: AccessPolicy): InputIssue[] {
  const known = Object.keys(policy.permissionSets);
  return policy.conventions.flatMap((convention, index) =>
    (["permissionSets", "privileged"] as const).flatMap((list) =>
      convention[list].flatMap((name, position) => {
        const path = ["conventions", index, list, position];
        const spec = Object.hasOwn(policy.permissionSets, name) ? policy.permissionSets[name] : undefined;
        if (!spec) {
          const said = `this file defines no permission set ${JSON.stringify(name)}${didYouMean(name, known)}`;
          return [issueAt(policy, path, said)];
        }
        const why = list === "permissionSets" ? whyPrivileged(spec) : null;
        if (why === null) return [];
        const said = `${JSON.stringify(name)} is privileged (${why}): a name grants it only if it is listed under privileged`;
        return [issueAt(policy, path, said)];
      }),
    ),
  );
}
