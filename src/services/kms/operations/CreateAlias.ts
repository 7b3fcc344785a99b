import { operation } from '../../../aws/operation.ts';
import { authorizeKey } from '../authorization.ts';
import { aliasArn, checkAliasName, maxAliasesPerKey } from '../domain/alias.ts';
import { keyArn, refuseState } from '../domain/key.ts';
import { AlreadyExistsException, LimitExceededException, ValidationException } from '../errors.ts';
import { locateKey } from '../key-id.ts';
import type { CreateAliasRequest } from '../model.ts';
import type { KmsPorts } from '../ports.ts';

export const CreateAlias = operation<CreateAliasRequest, void, KmsPorts>(
  'CreateAlias',
  async (input, call, ports) => {
    const { account, region } = call;
    const name = input.AliasName;
    checkAliasName(name);
    if (/(^|:)alias\//.test(input.TargetKeyId))
      throw new ValidationException('Aliases must refer to keys. Not aliases');
    const arn = aliasArn({ account, region, name });
    await call.authorize('kms:CreateAlias', arn);
    const located = await locateKey(call, ports, input.TargetKeyId, { action: 'kms:CreateAlias' });
    await authorizeKey(call, ports, located, 'kms:CreateAlias');
    const { key } = located;
    refuseState(key, 'create-alias');

    if ((await ports.reader.alias(call, name, call.change)) !== undefined)
      throw new AlreadyExistsException(`An alias with the name ${arn} already exists`);
    const { aliases } = await ports.reader.labels(key);
    if (aliases.length >= maxAliasesPerKey) {
      throw new LimitExceededException(
        `The KMS key ${keyArn(key)} has reached its quota of ${maxAliasesPerKey} aliases.`,
      );
    }
    const now = call.clock.now().round('millisecond');
    ports.writer.insertAlias(call.change, {
      account,
      region,
      name,
      keyId: key.keyId,
      createdAt: now,
      updatedAt: now,
    });
    call.audit.resource({ type: 'AWS::KMS::Alias', arn, account });
    call.audit.responseElements({ keyId: keyArn(key) });
  },
);
