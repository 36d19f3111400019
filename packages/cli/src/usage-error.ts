/** Wrong use of the command: exit code 2, as opposed to a failure, which is 1. */
export class UsageError extends Error {}
