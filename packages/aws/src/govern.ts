import type { LimiterOf } from "./rate-limiter.ts";
import { isThrottle, translateError } from "./translate-error.ts";

interface Context {
  readonly commandName?: string;
}

type Middleware = <Args, Answer>(
  next: (args: Args) => Promise<Answer>,
  context: Context,
) => (args: Args) => Promise<Answer>;

/** What the SDK's clients have in common, as far as it matters here. */
interface Client {
  readonly middlewareStack: {
    add(middleware: Middleware, options: { step: "initialize"; priority: "high"; name: string }): void;
    addRelativeTo(
      middleware: Middleware,
      options: { relation: "after"; toMiddleware: "retryMiddleware"; name: string },
    ): void;
  };
}

interface Rules {
  /** Prefix of the service's IAM actions: `sso`. */
  readonly service: string;
  readonly limiterOf?: LimiterOf;
}

/**
 * Makes every call of the client, including those of paginators, throw errors that flows know, and every attempt, including
 * retries, wait for its turn before it is signed. A throttled attempt slows down all that share its limiter.
 */
export function govern<C extends Client>(client: C, { service, limiterOf }: Rules): C {
  const translate: Middleware = (next, context) => async (args) => {
    try {
      return await next(args);
    } catch (error) {
      throw translateError(error, { service, operation: operationOf(context) });
    }
  };
  const limit: Middleware = (next, context) => async (args) => {
    const limiter = limiterOf?.(operationOf(context));
    await limiter?.turn();
    try {
      return await next(args);
    } catch (error) {
      if (isThrottle(error)) limiter?.slowDown();
      throw error;
    }
  };
  client.middlewareStack.add(translate, { step: "initialize", priority: "high", name: "translateError" });
  client.middlewareStack.addRelativeTo(limit, {
    relation: "after",
    toMiddleware: "retryMiddleware",
    name: "limitRate",
  });
  return client;
}

function operationOf({ commandName }: Context): string {
  return (commandName ?? "an operation").replace(/Command$/, "");
}
