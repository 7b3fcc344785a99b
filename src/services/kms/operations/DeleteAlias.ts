import { operation } from '../../../aws/operation.ts';
import { authorizeKey } from '../authorization.ts';
import { aliasArn, checkAliasName } from '../domain/alias.ts';
import { keyArn } from '../domain/key.ts';
import { aliasNotFound } from '../key-id.ts';
import type { DeleteAliasRequest } from '../model.ts';
import type { KmsPorts } from '../ports.ts';

export const DeleteAlias = operation<DeleteAliasRequest, void, KmsPorts>(
  'DeleteAlias',
  async (input, call, ports) => {
    const { account, region } = call;
    const name = input.AliasName;
    checkAliasName(name);
    const arn = aliasArn({ account, region, name });
    await call.authorize('kms:DeleteAlias', arn);
    const alias = await ports.reader.alias(call, name, call.change);
    const key = alias && (await ports.reader.key(alias, call.change));
    if (alias === undefined || key === undefined) throw aliasNotFound(arn);
    await authorizeKey(call, ports, { key }, 'kms:DeleteAlias');
    ports.writer.deleteAlias(call.change, alias);
    call.audit.resource({ type: 'AWS::KMS::Alias', arn, account });
    call.audit.responseElements({ keyId: keyArn(key) });
  },
);
