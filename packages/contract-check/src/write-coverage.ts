import { writeFileSync } from "node:fs";
import { relative } from "node:path";
import { coveragePages } from "./coverage/coverage-pages.ts";
import { contractCheck, contracts, CONTRACTS } from "./shared-check.ts";

if (contractCheck === null) {
  process.stderr.write(
    `The coverage pages are written from the contracts, and ${CONTRACTS} does not exist.\n`,
  );
  process.exitCode = 1;
} else {
  for (const [file, text] of await coveragePages(contracts)) {
    writeFileSync(file, text);
    process.stdout.write(`${relative(process.cwd(), file)}\n`);
  }
}
