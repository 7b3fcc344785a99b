/** The document is no policy. The message is AWS's and fits `MalformedPolicyDocument`. */
export class PolicySyntaxError extends Error {
  constructor(message = 'Syntax errors in policy.') {
    super(message);
    this.name = 'PolicySyntaxError';
  }
}

export class InvalidPrincipalError extends PolicySyntaxError {}

/** AWS's text for what has the right shape and a value that cannot be read. */
export const legacyParsing = 'The policy failed legacy parsing';

/** What may be repeated of the caller's text in a message. */
export function shown(text: string): string {
  return text.length > 200 ? `${text.slice(0, 200)}…` : text;
}
