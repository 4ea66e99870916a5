import { createHash } from "node:crypto";
import { element, textElement } from "./xml.ts";

/** The owner of buckets and objects. Its id is opaque, as a canonical user id is. */
export function ownerElement(accountId: string): string {
  return element("Owner", textElement("ID", createHash("sha256").update(accountId).digest("hex")));
}
