import type { Operation } from '../../../aws/operation.ts';
import type { OperationName } from '../model.ts';
import type { AcmPorts } from '../ports.ts';
import { AddTagsToCertificate } from './AddTagsToCertificate.ts';
import { DeleteCertificate } from './DeleteCertificate.ts';
import { DescribeCertificate } from './DescribeCertificate.ts';
import { ExportCertificate } from './ExportCertificate.ts';
import { GetAccountConfiguration } from './GetAccountConfiguration.ts';
import { GetCertificate } from './GetCertificate.ts';
import { ImportCertificate } from './ImportCertificate.ts';
import { ListCertificates } from './ListCertificates.ts';
import { ListTagsForCertificate } from './ListTagsForCertificate.ts';
import { PutAccountConfiguration } from './PutAccountConfiguration.ts';
import { RemoveTagsFromCertificate } from './RemoveTagsFromCertificate.ts';
import { RenewCertificate } from './RenewCertificate.ts';
import { RequestCertificate } from './RequestCertificate.ts';
import { RevokeCertificate } from './RevokeCertificate.ts';

export const operations = {
  AddTagsToCertificate,
  DeleteCertificate,
  DescribeCertificate,
  ExportCertificate,
  GetAccountConfiguration,
  GetCertificate,
  ImportCertificate,
  ListCertificates,
  ListTagsForCertificate,
  PutAccountConfiguration,
  RemoveTagsFromCertificate,
  RenewCertificate,
  RequestCertificate,
  RevokeCertificate,
} satisfies Record<OperationName, Operation<AcmPorts>>;
