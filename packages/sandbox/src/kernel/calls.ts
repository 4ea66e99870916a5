/** One request that a simulator answered. */
export interface Call {
  /** `sso-admin`, `identitystore`, `organizations`, `secretsmanager`, `s3`, `scim`, `graph`, `login`. */
  readonly service: string;
  readonly operation: string;
  readonly status: number;
}

/** Every request that the simulators answered, in order. */
export class CallLog {
  readonly calls: Call[] = [];

  record(service: string, operation: string, status: number): void {
    this.calls.push({ service, operation, status });
  }

  /** Counts by service and operation, from the call number `from` on. */
  count(from = 0): Record<string, Record<string, number>> {
    const counts: Record<string, Record<string, number>> = {};
    for (const { service, operation } of this.calls.slice(from)) {
      const operations = (counts[service] ??= {});
      operations[operation] = (operations[operation] ?? 0) + 1;
    }
    return counts;
  }
}
