import type { Operation } from '../../../aws/operation.ts';
import type { OperationName } from '../model.ts';
import type { IamPorts } from '../ports.ts';
import { CreateAccessKey } from './CreateAccessKey.ts';
import { CreateUser } from './CreateUser.ts';
import { GetUser } from './GetUser.ts';
import { PutUserPolicy } from './PutUserPolicy.ts';

export const operations = {
  CreateAccessKey,
  CreateUser,
  GetUser,
  PutUserPolicy,
} satisfies Record<OperationName, Operation<IamPorts>>;
