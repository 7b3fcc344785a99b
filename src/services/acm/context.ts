import type { EncryptionContext } from './ports.ts';

/** What a certificate's own private key is bound to. */
export function certificateContext(arn: string): EncryptionContext {
  return { 'aws:acm:arn': arn };
}

/** What a resource's copy of the private key is bound to. */
export function associationContext(
  arn: string,
  contextKey: string,
  resourceArn: string,
): EncryptionContext {
  return { 'aws:acm:arn': arn, [contextKey]: resourceArn };
}
