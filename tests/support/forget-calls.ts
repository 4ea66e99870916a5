import { rmSync } from "node:fs";
import type { TestProject } from "vitest/node";

/** What an earlier run has recorded is not what this one does. */
export function setup({ config }: TestProject): void {
  rmSync(config.env["LANDBRIDGE_RECORDED_CALLS"] ?? "", { recursive: true, force: true });
}
