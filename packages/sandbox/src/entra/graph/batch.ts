import * as z from "zod";
import { GraphRefusal, badRequest, notImplemented } from "../errors.ts";
import type { Random } from "../../kernel/random.ts";

const MOST_REQUESTS = 20;
const Item = z.strictObject({
  id: z.string().min(1),
  method: z.enum(["GET", "POST", "PATCH", "PUT", "DELETE"]),
  url: z.string().min(1),
  headers: z.record(z.string(), z.string()).optional(),
  body: z.unknown().optional(),
  dependsOn: z.array(z.string()).optional(),
});
const Batch = z.strictObject({ requests: z.array(Item).min(1) });
type Batch = z.infer<typeof Batch>;
type Item = z.infer<typeof Item>;

interface ItemAnswer {
  readonly id: string;
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

interface Sending {
  /** Authorization of the request that carries the batch; its items use it too. */
  readonly authorization: string;
  readonly random: Random;
  readonly send: (request: Request) => Promise<Response>;
}

/**
 * "Combine multiple HTTP requests using JSON batching": every item has its own status.
 * @throws {GraphRefusal} 400 for too many requests, or an order that is neither parallel nor sequential
 */
export function parseBatch(body: unknown): Batch {
  const parsed = Batch.safeParse(body);
  if (!parsed.success)
    throw badRequest(`Invalid batch payload: ${z.prettifyError(parsed.error)}`, "BadRequest");
  const { requests } = parsed.data;
  if (requests.length > MOST_REQUESTS) {
    throw badRequest(`A batch has at most ${MOST_REQUESTS} requests, not ${requests.length}.`, "BadRequest");
  }
  if (new Set(requests.map(({ id }) => id)).size < requests.length) {
    throw badRequest("The ids of a batch's requests must differ.", "BadRequest");
  }
  if (requests.some(({ url }) => url.includes("$batch"))) throw notImplemented("a batch in a batch");
  checkOrder(requests);
  return parsed.data;
}

/** Fully parallel (no dependencies) or fully sequential (each on the one before it). */
function checkOrder(requests: readonly Item[]): void {
  const isParallel = requests.every(({ dependsOn = [] }) => dependsOn.length === 0);
  const isSequential = requests.every(({ dependsOn = [] }, index) => {
    const previous = requests[index - 1];
    return previous ? dependsOn.length === 1 && dependsOn[0] === previous.id : dependsOn.length === 0;
  });
  if (isParallel || isSequential) return;
  throw badRequest(
    "A batch is either fully parallel, without dependsOn, or fully sequential, each request depending on the one before it.",
    "BadRequest",
  );
}

/** The answers come in any order: clients match them by id. */
export async function runBatch({ requests }: Batch, sending: Sending): Promise<Response> {
  const isSequential = requests.some(({ dependsOn = [] }) => dependsOn.length > 0);
  const answers = isSequential
    ? await inSequence(requests, sending)
    : await Promise.all(requests.map((item) => answerItem(item, sending)));
  const shuffled = answers
    .map((answer) => ({ answer, place: sending.random.next() }))
    .toSorted((a, b) => a.place - b.place);
  return Response.json({ responses: shuffled.map(({ answer }) => answer) });
}

async function inSequence(requests: readonly Item[], sending: Sending): Promise<ItemAnswer[]> {
  const answers: ItemAnswer[] = [];
  for (const item of requests) {
    const previous = answers.at(-1);
    const isBlocked = previous !== undefined && previous.status >= 400;
    answers.push(isBlocked ? failedDependency(item) : await answerItem(item, sending));
  }
  return answers;
}

function failedDependency({ id }: Item): ItemAnswer {
  const message = "A request that this one depends on failed.";
  return refused(id, new GraphRefusal(424, "FailedDependency", { message }));
}

function refused(id: string, { status, code, message }: GraphRefusal): ItemAnswer {
  return { id, status, body: { error: { code, message } } };
}

async function answerItem(item: Item, { send, authorization }: Sending): Promise<ItemAnswer> {
  const { id, method, url, body } = item;
  const headers = new Headers(item.headers);
  if (body !== undefined && !headers.has("content-type")) {
    return refused(id, badRequest("A request with a body needs the header Content-Type.", "BadRequest"));
  }
  headers.set("authorization", authorization);
  const request = new Request(`https://graph.microsoft.com/v1.0/${url.replace(/^\//, "")}`, {
    method,
    headers,
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  return toAnswer(id, await send(request));
}

async function toAnswer(id: string, response: Response): Promise<ItemAnswer> {
  const headers = Object.fromEntries(response.headers);
  const { status } = response;
  const text = await response.text();
  if (text === "") return { id, status, headers };
  if (response.headers.get("content-type")?.includes("json")) {
    return { id, status, headers, body: JSON.parse(text) as unknown };
  }
  // How a plain-text answer appears in a batch is not documented.
  return refused(id, notImplemented("plain text inside a batch"));
}
