import { type Connection, readConnection } from "@landbridge/core";
import { expect } from "vitest";
import { aFlowHost, type FlowHost, silent } from "./flow-host.ts";

/** A company that is connected; time stands at the end of connect. */
export async function aConnectedHost(options: Parameters<typeof aFlowHost>[0] = {}) {
  const host: FlowHost = await aFlowHost(options);
  const [report] = await host.run("connect", {}, silent);
  expect(report).toMatchObject({ status: "SUCCEEDED", error: null });
  const connection = (await readConnection(host.deps.records)) as Required<Connection>;
  host.seen.length = 0;
  return { host, connection };
}
