import { compareNames, makeContinuationToken, readContinuationToken } from "./continuation-token.ts";
import { invalidArgument, notImplemented } from "./errors.ts";
import { ownerElement } from "./owner.ts";
import type { Buckets } from "./state.ts";
import { element, textElement, xmlResponse } from "./xml.ts";

const MOST_BUCKETS = 10_000;

const PARAMETERS = new Set(["max-buckets", "continuation-token", "prefix", "x-id"]);

/** Operation ListBuckets. */
export function listBuckets(buckets: Buckets, query: URLSearchParams, ownerAccountId: string): Response {
  const unknown = [...query.keys()].find((name) => !PARAMETERS.has(name));
  if (unknown !== undefined) throw notImplemented(`the parameter ${unknown} of ListBuckets`);
  const prefix = query.get("prefix");
  const token = query.get("continuation-token");
  const after = token === null ? "" : readContinuationToken(token);
  const found = [...buckets]
    .filter(([name]) => name.startsWith(prefix ?? "") && compareNames(name, after) > 0)
    .toSorted(([one], [other]) => compareNames(one, other));
  const page = found.slice(0, readMaxBuckets(query.get("max-buckets")));
  const last = page.at(-1);
  const described = page.map(([name, { createdAt }]) =>
    element(
      "Bucket",
      textElement("Name", name) + textElement("CreationDate", new Date(createdAt).toISOString()),
    ),
  );
  const content = [
    element("Buckets", described.join("")),
    ownerElement(ownerAccountId),
    ...(prefix === null ? [] : [textElement("Prefix", prefix)]),
    ...(page.length < found.length && last !== undefined
      ? [textElement("ContinuationToken", makeContinuationToken(last[0]))]
      : []),
  ];
  return xmlResponse(200, element("ListAllMyBucketsResult", content.join("")));
}

function readMaxBuckets(text: string | null): number {
  if (text === null) return MOST_BUCKETS;
  const count = /^\d+$/.test(text) ? Number(text) : 0;
  if (count < 1 || count > MOST_BUCKETS)
    throw invalidArgument(`max-buckets must be from 1 to ${MOST_BUCKETS}.`);
  return count;
}
