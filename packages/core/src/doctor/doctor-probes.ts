/** What the doctor needs in addition to the ports; no flow needs it. */
export interface DoctorProbes {
  /** ARN of the owner of this process's credentials (AWS STS: GetCallerIdentity). */
  readCallerArn(): Promise<string>;
  /**
   * Asks a host for an address, whatever the answer: milliseconds since the epoch by its clock, null when it does not say.
   * @throws {Error} why it does not answer
   */
  askHost(url: string): Promise<number | null>;
}
