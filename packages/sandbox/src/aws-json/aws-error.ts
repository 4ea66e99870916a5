/** An error as an AWS JSON service answers it: `__type`, a message, and what else the shape carries. */
export class AwsError extends Error {
  readonly status: number;
  readonly members: Readonly<Record<string, unknown>>;

  constructor(
    name: string,
    message: string,
    options: { status?: number; members?: Record<string, unknown> } = {},
  ) {
    super(message);
    this.name = name;
    this.status = options.status ?? 400;
    this.members = options.members ?? {};
  }
}
