import type { Clock } from "@landbridge/core";
import { ApiError } from "../aws-api/api-error.ts";
import { readFunctionName } from "./function-name.ts";

export interface LocalLambdaOptions {
  readonly clock: Clock;
  readonly region: string;
  readonly accountId: string;
  /** Names of the functions that exist; read at every invocation. */
  readonly functions: ReadonlySet<string>;
  /** Runs a function on a parsed payload; what it throws is the function's error. */
  readonly invoke: (functionArn: string, payload: unknown) => Promise<unknown>;
}

/** A function's answer, or what went wrong in it. */
export interface Invocation {
  /** JSON text: the answer, or `{errorType, errorMessage, trace}`. */
  readonly payload: string;
  readonly functionError?: "Unhandled";
}

export interface DiscardedEvent {
  readonly functionArn: string;
  readonly payload: unknown;
  /** JSON text of the last error. */
  readonly error: string;
}

/** Bytes [Lambda quotas]. */
const LARGEST_ASYNC_PAYLOAD = 1024 * 1024;
const LARGEST_PAYLOAD = 6 * 1024 * 1024;
/** How long an asynchronous invocation waits after each error [Lambda developer guide, invocation-async-error-handling]. */
const RETRY_DELAYS_MILLISECONDS = [60_000, 120_000];

/** The functions of one account and Region in this process, and Lambda's queue of events for them. */
export class LocalLambda {
  /** Events whose attempts all failed, oldest first: Lambda keeps none without a destination; this is for tests. */
  readonly discarded: DiscardedEvent[] = [];
  readonly #options: LocalLambdaOptions;
  readonly #controller = new AbortController();

  constructor(options: LocalLambdaOptions) {
    this.#options = options;
  }

  /**
   * Finds a function by name, ARN or `<account>:function:<name>`.
   * @returns its ARN
   * @throws {ApiError} ResourceNotFoundException, InvalidParameterValueException
   */
  resolve(nameOrArn: string, qualifier?: string): string {
    const { region, accountId, functions } = this.#options;
    const prefix = `arn:aws:lambda:${region}:${accountId}:function:`;
    const asked = readFunctionName(nameOrArn);
    const version = asked.qualifier ?? qualifier ?? "$LATEST";
    const arn = `${asked.prefix ?? prefix}${asked.name}`;
    if (arn === prefix + asked.name && functions.has(asked.name) && version === "$LATEST") return arn;
    const suffix = version === "$LATEST" ? "" : `:${version}`;
    throw new ApiError("ResourceNotFoundException", `Function not found: ${arn}${suffix}`, 404);
  }

  /** Waits for the answer. @throws {ApiError} RequestTooLargeException, InvalidRequestContentException */
  async invoke(functionArn: string, payload: string): Promise<Invocation> {
    return this.#run(functionArn, readPayload(payload, LARGEST_PAYLOAD));
  }

  /**
   * Accepts an event and runs the function later: at most three times, one minute after the first error and two minutes after
   * the second.
   * @throws {ApiError} RequestTooLargeException, InvalidRequestContentException
   */
  invokeAsync(functionArn: string, payload: string): void {
    void this.#runUntilItWorks(functionArn, readPayload(payload, LARGEST_ASYNC_PAYLOAD));
  }

  /** Gives up the events that still wait. */
  close(): void {
    this.#controller.abort();
  }

  async #runUntilItWorks(functionArn: string, payload: unknown): Promise<void> {
    const { clock } = this.#options;
    const { signal } = this.#controller;
    let error = "";
    for (const delay of [0, ...RETRY_DELAYS_MILLISECONDS]) {
      await clock.sleep(delay, signal);
      if (signal.aborted) return;
      const invocation = await this.#run(functionArn, structuredClone(payload));
      if (!invocation.functionError) return;
      error = invocation.payload;
    }
    this.discarded.push({ functionArn, payload, error });
  }

  async #run(functionArn: string, payload: unknown): Promise<Invocation> {
    try {
      const answer: unknown = await this.#options.invoke(functionArn, payload);
      const text = (JSON.stringify(answer) as string | undefined) ?? "null";
      const size = Buffer.byteLength(text);
      if (size <= LARGEST_PAYLOAD) return { payload: text };
      return describeError(
        "Function.ResponseSizeTooLarge",
        `Response payload size (${size} bytes) exceeded maximum allowed payload size (${LARGEST_PAYLOAD} bytes).`,
      );
    } catch (thrown) {
      if (!(thrown instanceof Error)) return describeError(typeof thrown, String(thrown));
      return describeError(thrown.name, thrown.message);
    }
  }
}

function describeError(errorType: string, errorMessage: string): Invocation {
  return { payload: JSON.stringify({ errorType, errorMessage, trace: [] }), functionError: "Unhandled" };
}

/** No payload is an empty object, as functions get it. */
function readPayload(payload: string, largest: number): unknown {
  if (Buffer.byteLength(payload) > largest) {
    throw new ApiError(
      "RequestTooLargeException",
      `Request must be smaller than ${largest} bytes for the InvokeFunction operation.`,
      413,
    );
  }
  try {
    return JSON.parse(payload || "{}");
  } catch (error) {
    throw new ApiError(
      "InvalidRequestContentException",
      `Could not parse request body into json: ${(error as Error).message}`,
    );
  }
}
