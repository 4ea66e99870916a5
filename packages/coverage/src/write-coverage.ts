import { writeFileSync } from "node:fs";
import { relative } from "node:path";
import { coveragePages } from "./coverage-pages.ts";
import { contractFolders, WITHOUT_CONTRACTS, contracts } from "@landbridge/contract-check";

for (const [file, text] of await coveragePages(contracts)) {
  writeFileSync(file, text);
  process.stdout.write(`${relative(process.cwd(), file)}\n`);
}
for (const vendor of ["aws", "graph", "scim"] as const) {
  if (contractFolders[vendor] === null)
    process.stdout.write(`Pages of ${vendor}: ${WITHOUT_CONTRACTS[vendor]}\n`);
}
