import { CommonError } from '../../../aws/errors.ts';
import {
  gatewayEncryptionContext,
  type ProveGrantsRequest,
  type ProveGrantsResponse,
  type ProvenGrant,
} from '../../../aws/gateway-feed.ts';
import { operation } from '../../../aws/operation.ts';
import { VaultRefusal } from '../../../vault-client/vault.ts';
import { authorizeHolder, holderService } from '../holder-session.ts';
import type { GatewayFeedPorts, GrantView } from '../ports.ts';

/**
 * Says which of the grants that a holder lives on are gone, in one call and one audit record.
 * @throws access-denied when the document is not a fresh one of an enrolled holder
 */
export const ProveGrants = operation<ProveGrantsRequest, ProveGrantsResponse, GatewayFeedPorts>(
  'ProveGrants',
  async (input, call, ports) => {
    call.audit.requestParameters({ grants: input.Grants.length });
    await authorizeHolder(call, 'ProveGrants');
    const holderId = await verifiedHolder(input.HolderDocument, ports);
    const gone: string[] = [];
    for (const proven of input.Grants) {
      const grant = await ports.grant(proven.KmsKeyArn, proven.GrantId);
      if (grant === undefined || !covers(grant, proven)) gone.push(proven.GrantId);
    }
    call.audit.additional({ holderId, grantsGone: gone.length });
    return { Gone: gone };
  },
);

async function verifiedHolder(document: string, ports: GatewayFeedPorts): Promise<string> {
  try {
    const { holderId } = await ports.verifyHolder(Buffer.from(document, 'base64'));
    return holderId;
  } catch (error) {
    if (error instanceof VaultRefusal)
      throw new CommonError(
        'access-denied',
        'The document is not a fresh one of an enrolled holder',
        {
          cause: error,
        },
      );
    throw error;
  }
}

function covers(grant: GrantView, { CertificateArn, LoadBalancerArn }: ProvenGrant): boolean {
  const context = Object.entries(gatewayEncryptionContext(CertificateArn, LoadBalancerArn));
  const constraint = grant.encryptionContextEquals ?? {};
  return (
    grant.granteePrincipal === holderService &&
    grant.operations.includes('Decrypt') &&
    Object.keys(constraint).length === context.length &&
    context.every(([key, value]) => constraint[key] === value)
  );
}
