import { bindPolicy, type DirectorySnapshot, type Organization, parseAccessPolicy } from "@landbridge/core";
import { atMost, cpuTimesOf, type Measurement, median } from "./measurement.ts";

const RULES = 500;
const ACCOUNTS = 2000;
const GROUPS = 2000;
const UNITS = 100;
const RUNS = { warm: 2, runs: 9 };

/** Binding a large policy to a large world: every name resolved, every unit expanded. */
export function policyExpansion(): Measurement[] {
  const policy = parseAccessPolicy(text(), "access.yaml");
  const world = { organization: organization(), directory: directory(), now: "2026-11-03T08:00:00.000Z" };
  const bind = () => bindPolicy(policy, world, { manageManagementAccount: false });
  const times = cpuTimesOf(bind, RUNS);
  const name = `expand ${RULES} rules x ${ACCOUNTS} accounts x ${GROUPS} groups`;
  const made = bind().assignments.length;
  return [
    atMost({
      name: `${name} (${made.toLocaleString("en")} assignments)`,
      value: median(times),
      unit: "CPU ms",
      limit: 500,
    }),
  ];
}

/** Four groups a rule, and a unit or a tag, with exceptions. */
function text(): string {
  const rules = range(RULES).map((rule) => {
    const groups = range(4).map((group) => `Group ${rule * 4 + group}`);
    const targets = rule % 5 === 0 ? `accountTags: { team: "${rule % 50}" }` : `ou: [Unit ${rule % UNITS}]`;
    return `  - { name: rule ${rule}, groups: [${groups.join(", ")}], permissionSets: [A], targets: { ${targets} }, except: { accounts: [Account ${rule}] } }`;
  });
  return [
    "version: 1",
    "permissionSets: { A: { awsManagedPolicies: [ReadOnlyAccess] } }",
    "rules:",
    ...rules,
  ].join("\n");
}

function organization(): Organization {
  return {
    rootId: "r-root",
    managementAccountId: "100000000000",
    units: range(UNITS).map((unit) => ({
      id: `ou-root-${unit}`,
      name: `Unit ${unit}`,
      parentId: "r-root",
      path: `Unit ${unit}`,
    })),
    accounts: range(ACCOUNTS).map((account) => ({
      id: String(100_000_000_000 + account),
      name: `Account ${account}`,
      email: "",
      state: "ACTIVE",
      parentId: `ou-root-${account % UNITS}`,
      tags: { team: String(account % 50) },
    })),
  };
}

function directory(): DirectorySnapshot {
  const groups = range(GROUPS).map((group) => ({
    id: `00000000-0000-4000-a000-${String(group).padStart(12, "0")}`,
    displayName: `Group ${group}`,
    securityEnabled: true,
    memberUserIds: [],
    memberGroupIds: [],
  }));
  return { groups, users: [] };
}

function range(length: number): number[] {
  return Array.from({ length }, (_, index) => index);
}
