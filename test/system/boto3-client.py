"""Drives a holdfast with boto3 as a program would, and checks what comes back.

Usage: boto3-client.py FOLDER, which holds first.pem, first-key.pem, second.pem and second-key.pem. The endpoint, the
credentials and the authority come from the environment, as client.env has them. Any boto3 from 1.26 on will do.
"""

import json
import os
import re
import sys
from pathlib import Path

import boto3
from botocore.exceptions import ClientError

folder = Path(sys.argv[1])
endpoint = os.environ["AWS_ENDPOINT_URL"]


def client(service, **credentials):
    # Before 1.28 boto3 takes no endpoint from the environment.
    return boto3.client(service, endpoint_url=endpoint, **credentials)


def refused(code, call, **arguments):
    try:
        call(**arguments)
    except ClientError as error:
        got = error.response["Error"]["Code"]
        assert got == code, f"{got} in the place of {code}: {error}"
        assert error.response["ResponseMetadata"]["RequestId"]
        return error.response["Error"]["Message"]
    raise AssertionError(f"{code} was expected, and the call succeeded")


def pem(name):
    return (folder / f"{name}.pem").read_bytes()


def told(text):
    print(f"{boto3.__version__}: {text}", flush=True)


acm, kms, elb, iam = client("acm"), client("kms"), client("elbv2"), client("iam")
route53, cloudtrail, sts = client("route53"), client("cloudtrail"), client("sts")

account = sts.get_caller_identity()["Account"]
assert re.fullmatch(r"\d{12}", account)

# Import, describe, reimport, tags.
first = {"Certificate": pem("first"), "PrivateKey": pem("first-key")}
second = {"Certificate": pem("second"), "PrivateKey": pem("second-key")}
imported = acm.import_certificate(**first, Tags=[{"Key": "team", "Value": "a"}])["CertificateArn"]
described = acm.describe_certificate(CertificateArn=imported)["Certificate"]
assert (described["Type"], described["Status"]) == ("IMPORTED", "ISSUED")
assert described["KeyAlgorithm"] == "RSA-2048", described["KeyAlgorithm"]
assert described["RenewalEligibility"] == "INELIGIBLE"
assert described["InUseBy"] == []
assert described["NotBefore"] < described["NotAfter"]
assert acm.import_certificate(CertificateArn=imported, **second)["CertificateArn"] == imported
assert acm.describe_certificate(CertificateArn=imported)["Certificate"]["Serial"]
refused("ValidationException", acm.import_certificate, Certificate=first["Certificate"], PrivateKey=second["PrivateKey"])
refused("ValidationException", acm.import_certificate, Certificate=b"no", PrivateKey=b"none")
refused("ResourceNotFoundException", acm.describe_certificate, CertificateArn=imported[:-4] + "0000")
refused("ValidationException", acm.describe_certificate, CertificateArn="an-arn-that-is-none-of-acm")
acm.add_tags_to_certificate(CertificateArn=imported, Tags=[{"Key": "stage", "Value": "test"}])
acm.remove_tags_from_certificate(CertificateArn=imported, Tags=[{"Key": "team"}])
tags = acm.list_tags_for_certificate(CertificateArn=imported)["Tags"]
assert tags == [{"Key": "stage", "Value": "test"}], tags
refused("InvalidTagException", acm.add_tags_to_certificate, CertificateArn=imported, Tags=[{"Key": "aws:x", "Value": "y"}])
told("import, reimport, describe, tags")

# Request, prove, wait.
zone = route53.create_hosted_zone(Name="boto.test", CallerReference="boto")["HostedZone"]["Id"]


def prove(arn):
    options = acm.describe_certificate(CertificateArn=arn)["Certificate"]["DomainValidationOptions"]
    changes = [
        {
            "Action": "UPSERT",
            "ResourceRecordSet": {
                "Name": option["ResourceRecord"]["Name"],
                "Type": option["ResourceRecord"]["Type"],
                "TTL": 60,
                "ResourceRecords": [{"Value": option["ResourceRecord"]["Value"]}],
            },
        }
        for option in options
    ]
    route53.change_resource_record_sets(HostedZoneId=zone, ChangeBatch={"Changes": changes})
    acm.get_waiter("certificate_validated").wait(
        CertificateArn=arn, WaiterConfig={"Delay": 1, "MaxAttempts": 30}
    )


def request(name, algorithm="EC_prime256v1", **more):
    return acm.request_certificate(
        DomainName=name, ValidationMethod="DNS", KeyAlgorithm=algorithm, **more
    )["CertificateArn"]


requested = request("www.boto.test", IdempotencyToken="one")
assert request("www.boto.test", IdempotencyToken="one") == requested
prove(requested)
answer = acm.get_certificate(CertificateArn=requested)
assert answer["Certificate"].startswith("-----BEGIN CERTIFICATE-----")
assert "-----BEGIN CERTIFICATE-----" in answer["CertificateChain"]
refused("ValidationException", acm.export_certificate, CertificateArn=requested, Passphrase=b"passphrase")
shape = acm.meta.service_model.shape_for("CertificateOptions")
if "Export" in shape.members:
    exportable = request("export.boto.test", Options={"Export": "ENABLED"})
    refused("RequestInProgressException", acm.export_certificate, CertificateArn=exportable, Passphrase=b"passphrase")
    prove(exportable)
    exported = acm.export_certificate(CertificateArn=exportable, Passphrase=b"passphrase")
    assert exported["PrivateKey"].startswith("-----BEGIN ENCRYPTED PRIVATE KEY-----")
    acm.delete_certificate(CertificateArn=exportable)
told("request, waiter, get, export")

# List: without a filter only RSA_1024 and RSA_2048 are shown.
arns = lambda page: [each["CertificateArn"] for each in page["CertificateSummaryList"]]
assert arns(acm.list_certificates()) == [imported]
every = {"keyTypes": ["RSA_2048", "EC_prime256v1"]}
assert set(arns(acm.list_certificates(Includes=every))) == {imported, requested}
pages = acm.get_paginator("list_certificates").paginate(Includes=every, PaginationConfig={"PageSize": 1})
assert [len(arns(page)) for page in pages][:2] == [1, 1]
assert arns(acm.list_certificates(CertificateStatuses=["EXPIRED"])) == []
refused("ValidationException", acm.list_certificates, CertificateStatuses=["GONE"])
told("list, paginator")

# KMS.
key = kms.create_key(Description="boto")["KeyMetadata"]
context = {"purpose": "test"}
sealed = kms.encrypt(KeyId=key["KeyId"], Plaintext=b"text", EncryptionContext=context)["CiphertextBlob"]
assert kms.decrypt(CiphertextBlob=sealed, EncryptionContext=context)["Plaintext"] == b"text"
refused("InvalidCiphertextException", kms.decrypt, CiphertextBlob=sealed)
refused("NotFoundException", kms.describe_key, KeyId="alias/absent")
assert kms.describe_key(KeyId="alias/aws/acm")["KeyMetadata"]["KeyManager"] == "AWS"
refused("AccessDeniedException", kms.encrypt, KeyId="alias/aws/acm", Plaintext=b"text")
iam.create_user(UserName="grantee")
made = iam.create_access_key(UserName="grantee")["AccessKey"]
credentials = {
    "aws_access_key_id": made["AccessKeyId"],
    "aws_secret_access_key": made["SecretAccessKey"],
}
grantee = client("kms", **credentials)
refused("AccessDeniedException", grantee.decrypt, CiphertextBlob=sealed, EncryptionContext=context)
grant = kms.create_grant(
    KeyId=key["KeyId"],
    GranteePrincipal=f"arn:aws:iam::{account}:user/grantee",
    Operations=["Decrypt"],
    Constraints={"EncryptionContextEquals": context},
)
opened = grantee.decrypt(CiphertextBlob=sealed, EncryptionContext=context, GrantTokens=[grant["GrantToken"]])
assert opened["Plaintext"] == b"text"
kms.revoke_grant(KeyId=key["KeyId"], GrantId=grant["GrantId"])
refused("AccessDeniedException", grantee.decrypt, CiphertextBlob=sealed, EncryptionContext=context)
kms.disable_key(KeyId=key["KeyId"])
refused("DisabledException", kms.decrypt, CiphertextBlob=sealed, EncryptionContext=context)
kms.enable_key(KeyId=key["KeyId"])
told("encrypt, decrypt, grants")

# A user of one team.
iam.create_user(UserName="team-a")
iam.put_user_policy(
    UserName="team-a",
    PolicyName="only-team-a",
    PolicyDocument=json.dumps(
        {
            "Version": "2012-10-17",
            "Statement": [
                {
                    "Effect": "Allow",
                    "Action": "acm:RequestCertificate",
                    "Resource": "*",
                    "Condition": {"ForAllValues:StringLike": {"acm:DomainNames": ["*.team-a.example"]}},
                },
                {"Effect": "Allow", "Action": "acm:DescribeCertificate", "Resource": "*"},
                {"Effect": "Deny", "Action": "acm:ExportCertificate", "Resource": "*"},
            ],
        }
    ),
)
made = iam.create_access_key(UserName="team-a")["AccessKey"]
credentials = {
    "aws_access_key_id": made["AccessKeyId"],
    "aws_secret_access_key": made["SecretAccessKey"],
}
team = client("acm", **credentials)
own = team.request_certificate(DomainName="www.team-a.example", ValidationMethod="DNS")["CertificateArn"]
assert team.describe_certificate(CertificateArn=own)["Certificate"]["Status"] == "PENDING_VALIDATION"
message = refused("AccessDeniedException", team.request_certificate, DomainName="www.team-b.example")
assert "user/team-a is not authorized to perform: acm:RequestCertificate" in message, message
refused(
    "AccessDeniedException",
    team.request_certificate,
    DomainName="www.team-a.example",
    SubjectAlternativeNames=["www.team-b.example"],
)
refused("AccessDeniedException", team.export_certificate, CertificateArn=own, Passphrase=b"passphrase")
refused("AccessDeniedException", team.list_certificates)
refused("AccessDeniedException", team.delete_certificate, CertificateArn=own)
wrong = {**credentials, "aws_secret_access_key": "x" * 40}
refused("InvalidSignatureException", client("acm", **wrong).list_certificates)
refused("SignatureDoesNotMatch", client("sts", **wrong).get_caller_identity)
told("policies")

# A load balancer that uses the certificate.
balancer = elb.create_load_balancer(Name="boto", Subnets=["subnet-1", "subnet-2"])["LoadBalancers"][0]
listener = elb.create_listener(
    LoadBalancerArn=balancer["LoadBalancerArn"],
    Protocol="HTTPS",
    Port=8445,
    Certificates=[{"CertificateArn": requested}],
    DefaultActions=[{"Type": "fixed-response", "FixedResponseConfig": {"StatusCode": "200"}}],
)["Listeners"][0]
elb.get_waiter("load_balancer_exists").wait(LoadBalancerArns=[balancer["LoadBalancerArn"]])
assert acm.describe_certificate(CertificateArn=requested)["Certificate"]["InUseBy"] == [balancer["LoadBalancerArn"]]
acm_key = kms.describe_key(KeyId="alias/aws/acm")["KeyMetadata"]["KeyId"]
issued = [
    grant
    for page in kms.get_paginator("list_grants").paginate(KeyId=acm_key)
    for grant in page["Grants"]
    if grant.get("Name") == "IssuedThroughACM"
]
assert [grant["Constraints"]["EncryptionContextEquals"] for grant in issued] == [
    {"aws:acm:arn": requested, "aws:elasticloadbalancing:arn": balancer["LoadBalancerArn"]}
]
refused("ResourceInUseException", acm.delete_certificate, CertificateArn=requested)
refused("LoadBalancerNotFound", elb.describe_load_balancers, Names=["absent"])
refused(
    "CertificateNotFound",
    elb.create_listener,
    LoadBalancerArn=balancer["LoadBalancerArn"],
    Protocol="HTTPS",
    Port=8446,
    Certificates=[{"CertificateArn": requested[:-4] + "0000"}],
    DefaultActions=[{"Type": "fixed-response", "FixedResponseConfig": {"StatusCode": "200"}}],
)
elb.delete_listener(ListenerArn=listener["ListenerArn"])
elb.delete_load_balancer(LoadBalancerArn=balancer["LoadBalancerArn"])
acm.delete_certificate(CertificateArn=requested)
told("load balancer")

# All of it is on record.
for name, code in [
    ("ImportCertificate", None),
    ("RequestCertificate", "AccessDeniedException"),
    ("CreateGrant", None),
    ("CreateListener", None),
    ("DeleteCertificate", "ResourceInUseException"),
]:
    events = cloudtrail.lookup_events(
        LookupAttributes=[{"AttributeKey": "EventName", "AttributeValue": name}]
    )["Events"]
    assert any(json.loads(event["CloudTrailEvent"]).get("errorCode") == code for event in events), (name, code)
    assert "PRIVATE KEY" not in "".join(event["CloudTrailEvent"] for event in events)
told("cloudtrail")
