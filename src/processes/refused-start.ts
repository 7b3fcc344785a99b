/** Nothing is started, and nothing was changed. One line for the operator. */
export class RefusedStart extends Error {}
