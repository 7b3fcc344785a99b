import { parsePolicy, PolicySyntaxError, type PolicyKind } from '../../aws/policy/parse.ts';
import { MalformedPolicyDocumentException } from './errors.ts';

/** @throws MalformedPolicyDocument when the text is no policy of this kind */
export function refuseMalformed(document: string, kind: PolicyKind): void {
  try {
    parsePolicy(document, kind);
  } catch (error) {
    if (!(error instanceof PolicySyntaxError)) throw error;
    throw new MalformedPolicyDocumentException(error.message);
  }
}

/** As IAM answers documents: percent-encoded (RFC 3986), also within XML. */
export function encodeDocument(document: string): string {
  return encodeURIComponent(document).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}
