import type { MakeWorld } from "./aws-world.ts";
import { describeIdentityCenter } from "./ports/identity-center.ts";
import { describeReaders } from "./ports/readers.ts";
import { describeStores } from "./ports/stores.ts";

/** What core relies on in its ports on AWS, whoever plays AWS. */
export function describeAwsPorts(makeWorld: MakeWorld): void {
  describeIdentityCenter(makeWorld);
  describeReaders(makeWorld);
  describeStores(makeWorld);
}
