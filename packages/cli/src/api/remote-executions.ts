import type { Execution, ExecutionDetail, Executions } from "@landbridge/core";
import type { ApiClient } from "./api-client.ts";

/** Flows through the API: what Step Functions is to a person in the account. */
export function makeRemoteExecutions(api: ApiClient): Executions {
  return {
    async start(flow, input, name) {
      const { arn } = (await api.post(`/flows/${flow}/executions`, input, name)) as { arn: string };
      return arn;
    },
    list: async (flow) => (await api.get(`/flows/${flow}/executions`)) as Execution[],
    status: async (arn) => ((await api.get(`/executions/${arn}`)) as ExecutionDetail).status,
    read: async (arn) => (await api.get(`/executions/${arn}`)) as ExecutionDetail,
    async stop(arn, cause) {
      await api.post(`/executions/${arn}/stop`, { cause });
    },
  };
}
