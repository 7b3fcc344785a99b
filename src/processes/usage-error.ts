/** What the person who typed the command should read. */
export class UsageError extends Error {}
