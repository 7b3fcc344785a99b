/** What a CA said or did; its message is one line that holds no secret, and that the operator should read. */
export class IssuerProblem extends Error {}
