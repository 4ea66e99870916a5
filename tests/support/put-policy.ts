import { putPolicy as put } from "@landbridge/host/prepare-account";
import type { LocalHost } from "@landbridge/host/local-host";

/** Puts a policy in force, without a run and with a known writer. @returns its version */
export function putPolicy({ deps }: Pick<LocalHost, "deps">, text: string, writer?: string): Promise<string> {
  return put(deps, text, writer);
}
