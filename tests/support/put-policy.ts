import { createHash } from "node:crypto";
import type { LocalHost } from "@landbridge/cli/local-host";

/** Puts a policy in force, as if a run had promoted the proposal of that person. */
export async function putPolicy(
  { deps }: Pick<LocalHost, "deps">,
  text: string,
  writer = "policy-author@small.example",
): Promise<void> {
  const versionId = await deps.objects.putText(deps.settings.policyKey, text);
  const hash = createHash("sha256").update(text).digest("hex");
  await deps.records.put("policy-version", versionId, {
    versionId,
    hash,
    writers: [writer],
    executionArn: "",
    at: new Date(deps.clock.now()).toISOString(),
  });
}
