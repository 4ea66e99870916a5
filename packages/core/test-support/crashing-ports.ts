import type { Ports } from "../src/ports/ports.ts";

type ApplyPorts = Pick<Ports, "identityCenter" | "records" | "clock" | "events">;

/** The process is gone. */
export class Crash extends Error {}

/** The same ports, of which the n-th call breaks, before or after it has had its effect. */
export function crashing(ports: ApplyPorts, crash: { at: number; after: boolean }): ApplyPorts {
  let calls = 0;
  function breakable<T extends object>(port: T): T {
    return new Proxy(port, {
      get(target, name) {
        const member: unknown = Reflect.get(target, name, target);
        if (typeof member !== "function") return member;
        return async (...input: unknown[]) => {
          const isNow = ++calls === crash.at;
          if (isNow && !crash.after) throw new Crash();
          const answer: unknown = await Reflect.apply(member, target, input);
          if (isNow) throw new Crash();
          return answer;
        };
      },
    });
  }
  return {
    ...ports,
    identityCenter: breakable(ports.identityCenter),
    records: breakable<Ports["records"]>(ports.records),
  };
}
