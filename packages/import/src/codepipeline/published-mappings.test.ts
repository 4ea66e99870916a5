import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { parseAccessPolicy } from "@landbridge/core";
import { describe, expect, it } from "vitest";
import { importMappings } from "./import-mappings.ts";

const FIXTURES = fileURLToPath(
  new URL("../../../../../shared/fixtures/codepipeline-auto-assignment", import.meta.url),
);

describe.skipIf(!existsSync(FIXTURES))(
  "mappings as published (skipped where ../shared/fixtures/codepipeline-auto-assignment is absent)",
  () => {
    it("imports seven permission sets and five rules, and reports the two names that lead nowhere", async () => {
      const { access, notes } = await importMappings(FIXTURES);
      const { permissionSets, rules } = parseAccessPolicy(access, "access.yaml");
      expect(Object.keys(permissionSets)).toHaveLength(7);
      expect(rules.map(({ groups }) => groups)).toEqual([1, 2, 3, 4, 5].map((n) => [`Example_Group_${n}`]));
      expect(notes.filter((note) => note.includes("no file of permission-sets defines"))).toEqual([
        expect.stringContaining(
          '"6-example-cx-managed-policy-boundary" (did you mean "6-example-cx-managed-boundary"?)',
        ),
        expect.stringContaining(
          '"7-example-aws-managed-policy-boundary" (did you mean "7-example-aws-managed-boundary"?)',
        ),
      ]);
    });
  },
);
