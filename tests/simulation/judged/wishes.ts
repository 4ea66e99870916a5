import type { Random } from "@landbridge/sandbox";

/**
 * Policies of the small company that the simulation puts in force. Each rule's intended assignments are written by hand next
 * to it, so that nothing here depends on how Landbridge reads, binds or plans a policy.
 */
interface Wish {
  readonly yaml: string;
  /** `account/permission set/group` */
  readonly wants: readonly string[];
}

function each(accounts: readonly string[], set: string, groups: readonly string[]): string[] {
  return accounts.flatMap((account) => groups.map((group) => `${account}/${set}/${group}`));
}

const WISHES: readonly Wish[] = [
  {
    yaml: `  - name: engineers build
    groups: [Engineers]
    nested: expand
    permissionSets: [Builder]
    targets: { ou: [Workloads, Sandbox] }
`,
    wants: each(["Shop", "Billing", "Playground"], "Builder", ["Engineers", "Interns"]),
  },
  {
    yaml: `  - name: auditors look at production
    groups: [Auditors]
    permissionSets: [Look]
    targets: { ou: [Workloads/Production] }
`,
    wants: each(["Shop", "Billing"], "Look", ["Auditors"]),
  },
  {
    yaml: `  - name: auditors look at what is tagged
    groups: [Auditors]
    permissionSets: [Look]
    targets: { accountTags: { env: prod } }
`,
    wants: ["Shop/Look/Auditors"],
  },
  {
    yaml: `  - name: interns look at the playground
    groups: [Interns]
    permissionSets: [Look]
    targets: { accounts: [Playground] }
`,
    wants: ["Playground/Look/Interns"],
  },
  {
    yaml: `  - name: engineers administer the shop
    groups: [Engineers]
    permissionSets: [Admin]
    targets: { accounts: [Shop] }
`,
    wants: ["Shop/Admin/Engineers"],
  },
];

export interface Policy {
  readonly text: string;
  readonly wants: ReadonlySet<string>;
  readonly paused: boolean;
}

/** The policy with these rules, by index. */
export function policyOf(indexes: readonly number[], options: { readonly paused?: boolean } = {}): Policy {
  const { paused = false } = options;
  const chosen = indexes.flatMap((index) => WISHES[index] ?? []);
  const rules = chosen.length === 0 ? "rules: []\n" : `rules:\n${chosen.map(({ yaml }) => yaml).join("")}`;
  const text = `version: 1
permissionSets:
  Builder: { sessionDuration: PT2H, awsManagedPolicies: [PowerUserAccess] }
  Look: { awsManagedPolicies: [ReadOnlyAccess] }
  Admin: { awsManagedPolicies: [AdministratorAccess] }
${paused ? "guardrails: { paused: true }\n" : ""}${rules}`;
  return { text, wants: new Set(chosen.flatMap(({ wants }) => wants)), paused };
}

/** Any of them; one in twelve pauses all runs. */
export function anyPolicy(random: Random): Policy {
  const indexes = WISHES.map((_, index) => index).filter(() => random.next() < 0.6);
  return policyOf(indexes, { paused: random.next() < 1 / 12 });
}
