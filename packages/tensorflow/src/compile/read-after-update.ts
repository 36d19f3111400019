/** Says that a function uses a variable in a way that updates in its memory do not bear; it is traced without them then. */
export class ReadAfterUpdate extends Error {}
