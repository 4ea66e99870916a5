import { readConnection } from "../connect/connection.ts";
import type { Ports } from "../ports/ports.ts";
import type { Settings } from "../settings.ts";
import { loadPolicy } from "../sync-access/load-policy.ts";
import { bad, type Diagnosis, diagnose, good, skipped } from "./diagnosis.ts";

type Needs = Pick<Ports, "records" | "objects" | "secrets" | "sealer" | "executions"> & {
  readonly settings: Pick<Settings, "policyKey">;
};

const FLOWS = [
  "connect",
  "sync-access",
  "rotate-token",
  "rotate-certificate",
  "watch",
  "drain-changes",
  "provision",
];

/** Checks that the deployment's resources exist and are readable with these credentials. */
export async function diagnoseDeployment(ports: Needs): Promise<Diagnosis[]> {
  const checks = [
    diagnose("AWS", "table", async () => {
      const { connectedAt } = await readConnection(ports.records);
      return good(
        connectedAt ? `readable; connected since ${connectedAt}` : "readable; connect has not finished",
      );
    }),
    diagnose("AWS", "bucket and access policy", async () => {
      const { rules, permissionSets } = await loadPolicy(ports.settings, ports);
      return good(`${rules.length} rules, ${Object.keys(permissionSets).length} permission sets`);
    }),
    diagnose("AWS", "SCIM token secret", async () => {
      const { scim } = await readConnection(ports.records);
      if (!scim) return skipped("connect has not reached this step");
      await ports.secrets.read(scim.secret);
      return good(`version ${scim.secret.versionId} of ${scim.secret.name} is readable`);
    }),
    diagnose("AWS", "task key secret", async () => {
      await ports.sealer.seal("trial", { taskId: "trial", kind: "trial" });
      return good("readable");
    }),
    diagnose("AWS", "flows", () => findFlows(ports)),
  ];
  return (await Promise.all(checks)).flat();
}

async function findFlows({ executions }: Needs) {
  const found = await Promise.allSettled(FLOWS.map((flow) => executions.list(flow)));
  const lacking = FLOWS.filter((_, index) => found[index]?.status === "rejected");
  if (lacking.length === 0) return good(`${FLOWS.join(", ")} are deployed`);
  const [reason] = found.flatMap((one) => (one.status === "rejected" ? [String(one.reason)] : []));
  return bad(
    "critical",
    `${lacking.join(", ")} cannot be found: ${reason}`,
    "Deploy, or correct LANDBRIDGE_STATE_MACHINE_PREFIX.",
  );
}
