"""Drives IAM and STS with boto3 as an administrator would, and checks what comes back.

The endpoint, the credentials and the authority come from the environment, as client.env has them. Any boto3 from 1.26
on will do.
"""

import base64
import hashlib
import hmac
import json
import os
import re
import struct
import time
from datetime import datetime, timedelta, timezone

import boto3
from botocore.exceptions import ClientError

endpoint = os.environ["AWS_ENDPOINT_URL"]


def client(service, keys=None):
    """With somebody's keys, as IAM and STS answer them, or the administrator's own."""
    given = {} if keys is None else {
        "aws_access_key_id": keys["AccessKeyId"],
        "aws_secret_access_key": keys["SecretAccessKey"],
        "aws_session_token": keys.get("SessionToken"),
    }
    # Before 1.28 boto3 takes no endpoint from the environment.
    return boto3.client(service, endpoint_url=endpoint, **given)


def refused(code, pattern, call, **arguments):
    try:
        call(**arguments)
    except ClientError as error:
        got = error.response["Error"]
        assert got["Code"] == code, f"{got['Code']} in the place of {code}: {error}"
        assert re.search(pattern, got["Message"]), got["Message"]
        return
    raise AssertionError(f"{code} was expected, and the call succeeded")


def document(*statements):
    return json.dumps({"Version": "2012-10-17", "Statement": list(statements)})


def statement(effect, action, **more):
    return {"Effect": effect, "Action": action, "Resource": "*", **more}


def code(seed, step):
    """RFC 6238 with SHA-1, six digits."""
    digest = hmac.new(seed, struct.pack(">Q", step), hashlib.sha1).digest()
    offset = digest[-1] & 15
    return f"{(struct.unpack_from('>I', digest, offset)[0] & 0x7FFFFFFF) % 1_000_000:06}"


def enabled_at(user, serial, seed):
    """Enables the device with the code of before and the present one, and tells which half minute that was."""
    while True:
        step = int(time.time()) // 30
        pair = {"AuthenticationCode1": code(seed, step - 1), "AuthenticationCode2": code(seed, step)}
        try:
            iam.enable_mfa_device(UserName=user, SerialNumber=serial, **pair)
            return step
        except iam.exceptions.InvalidAuthenticationCodeException:
            if int(time.time()) // 30 == step:
                raise


def mfa_session(user, keys=None):
    """Gives the user a device, and opens a session with it."""
    made = iam.create_virtual_mfa_device(VirtualMFADeviceName=user)["VirtualMFADevice"]
    assert made["QRCodePNG"].startswith(b"\x89PNG")
    seed, serial = base64.b32decode(made["Base32StringSeed"]), made["SerialNumber"]
    step = enabled_at(user, serial, seed)
    # Each code works once; the next one is taken half a minute early.
    asked = {"SerialNumber": serial, "TokenCode": code(seed, step + 1)}
    session = client("sts", keys).get_session_token(**asked)["Credentials"]
    refused("AccessDenied", "MultiFactorAuthentication failed", client("sts", keys).get_session_token, **asked)
    return session


def told(text):
    print(f"{boto3.__version__}: {text}", flush=True)


iam, sts, cloudtrail = client("iam"), client("sts"), client("cloudtrail")
account = sts.get_caller_identity()["Account"]
admin = iam.get_user()["User"]["UserName"]

# An administrator with MFA makes an operator: she may request for her team, and delete with MFA.
as_admin = client("iam", mfa_session(admin))
olga = as_admin.create_user(UserName="olga")["User"]["Arn"]
as_admin.put_user_policy(
    UserName="olga",
    PolicyName="team-a",
    PolicyDocument=document(
        statement(
            "Allow",
            "acm:RequestCertificate",
            Condition={"ForAllValues:StringLike": {"acm:DomainNames": "*.team-a.example"}},
        ),
        statement("Allow", ["acm:Describe*", "acm:List*", "acm:DeleteCertificate"]),
        statement(
            "Deny",
            "acm:DeleteCertificate",
            Condition={"BoolIfExists": {"aws:MultiFactorAuthPresent": "false"}},
        ),
    ),
)
keys = as_admin.create_access_key(UserName="olga")["AccessKey"]
acm = client("acm", keys)
requested = {"DomainName": "www.team-a.example", "ValidationMethod": "DNS"}
certificate = acm.request_certificate(**requested)["CertificateArn"]


def because(action, why):
    return f"^User: {olga} is not authorized to perform: {action} on resource: .* {why}$"


def no_allow(action):
    return because(action, f"because no identity-based policy allows the {action} action")


for names in (
    {"DomainName": "www.team-b.example"},
    {"SubjectAlternativeNames": ["www.team-a.example", "www.team-b.example"]},
):
    refused(
        "AccessDeniedException",
        no_allow("acm:RequestCertificate"),
        acm.request_certificate,
        **{**requested, **names},
    )
refused(
    "AccessDeniedException",
    no_allow("acm:ExportCertificate"),
    acm.export_certificate,
    CertificateArn=certificate,
    Passphrase=b"passphrase",
)
refused(
    "AccessDeniedException",
    because("acm:DeleteCertificate", "with an explicit deny in an identity-based policy"),
    acm.delete_certificate,
    CertificateArn=certificate,
)
client("acm", mfa_session("olga", keys)).delete_certificate(CertificateArn=certificate)


def recorded(name):
    """Error code and mfaAuthenticated of the events of this name, the newest first."""
    looked = {"LookupAttributes": [{"AttributeKey": "EventName", "AttributeValue": name}]}
    events = [json.loads(each["CloudTrailEvent"]) for each in cloudtrail.lookup_events(**looked)["Events"]]
    attributes = [each["userIdentity"].get("sessionContext", {}).get("attributes", {}) for each in events]
    return [(event.get("errorCode"), its.get("mfaAuthenticated")) for event, its in zip(events, attributes)]


assert recorded("CreateUser") == [(None, "true")], recorded("CreateUser")
assert recorded("DeleteCertificate") == [(None, "true"), ("AccessDeniedException", None)]
assert recorded("ExportCertificate") == [("AccessDeniedException", None)]
told("an operator with few rights, and MFA")

# Every paginator, with pages of one.
trust = document({"Effect": "Allow", "Principal": {"AWS": account}, "Action": "sts:AssumeRole"})
tags = {"Tags": [{"Key": f"key-{n}", "Value": "value"} for n in range(3)]}
policies = []
for n in range(3):
    iam.create_user(UserName=f"user-{n}", **tags)
    iam.create_group(GroupName=f"group-{n}")
    iam.create_role(RoleName=f"role-{n}", AssumeRolePolicyDocument=trust, **tags)
    allowed = document(statement("Allow", "iam:Get*"))
    policies.append(iam.create_policy(PolicyName=f"policy-{n}", PolicyDocument=allowed, **tags)["Policy"]["Arn"])
    iam.create_policy_version(PolicyArn=policies[0], PolicyDocument=allowed)
    device = iam.create_virtual_mfa_device(VirtualMFADeviceName=f"device-{n}", **tags)["VirtualMFADevice"]
for n in range(3):
    iam.add_user_to_group(UserName="user-0", GroupName=f"group-{n}")
    iam.add_user_to_group(UserName=f"user-{n}", GroupName="group-0")
    for kind in ("User", "Group", "Role"):
        for which in ("0", str(n)):
            holder = {f"{kind}Name": f"{kind.lower()}-{which}"}
            getattr(iam, f"attach_{kind.lower()}_policy")(**holder, PolicyArn=policies[n])
            getattr(iam, f"put_{kind.lower()}_policy")(**holder, PolicyName=f"own-{n}", PolicyDocument=allowed)
        getattr(iam, f"attach_{kind.lower()}_policy")(**{f"{kind}Name": f"{kind.lower()}-{n}"}, PolicyArn=policies[0])
for _ in range(2):
    iam.create_access_key(UserName="user-0")
provider = iam.create_open_id_connect_provider(
    Url="https://oidc.example.test", ClientIDList=["one"], ThumbprintList=["a" * 40], **tags
)["OpenIDConnectProviderArn"]
iam.create_account_alias(AccountAlias="team-a")

user, group, role = {"UserName": "user-0"}, {"GroupName": "group-0"}, {"RoleName": "role-0"}
policy = {"PolicyArn": policies[0]}
questions = {"ActionNames": ["iam:GetUser", "iam:ListUsers", "iam:CreateUser"]}
paged = {
    "get_account_authorization_details": {},
    "get_group": group,
    "list_access_keys": user,
    "list_attached_group_policies": group,
    "list_attached_role_policies": role,
    "list_attached_user_policies": user,
    "list_entities_for_policy": policy,
    "list_group_policies": group,
    "list_groups": {},
    "list_groups_for_user": user,
    "list_mfa_device_tags": {"SerialNumber": device["SerialNumber"]},
    "list_open_id_connect_provider_tags": {"OpenIDConnectProviderArn": provider},
    "list_policies": {"Scope": "Local"},
    "list_policy_tags": policy,
    "list_policy_versions": policy,
    "list_role_policies": role,
    "list_role_tags": role,
    "list_roles": {},
    "list_user_policies": user,
    "list_user_tags": user,
    "list_users": {},
    "list_virtual_mfa_devices": {},
    "simulate_custom_policy": {"PolicyInputList": [allowed], **questions},
    "simulate_principal_policy": {"PolicySourceArn": f"arn:aws:iam::{account}:user/user-0", **questions},
}
# There is never more than one of these for a user, a role or an account, or there are none at all.
short = {
    "list_account_aliases": ({}, 1),
    "list_instance_profiles": ({}, 0),
    "list_instance_profiles_for_role": (role, 0),
    "list_server_certificates": ({}, 0),
    "list_signing_certificates": (user, 0),
    "list_ssh_public_keys": (user, 0),
    "list_mfa_devices": ({"UserName": "olga"}, 1),
}
# Of what there is never any.
absent = {
    "list_instance_profile_tags": {"InstanceProfileName": "none"},
    "list_saml_provider_tags": {"SAMLProviderArn": f"arn:aws:iam::{account}:saml-provider/none"},
    "list_server_certificate_tags": {"ServerCertificateName": "none"},
}


def lists(answer):
    return {key: value for key, value in answer.items() if isinstance(value, list)}


def one_by_one(name, arguments):
    return iam.get_paginator(name).paginate(**arguments, PaginationConfig={"PageSize": 1})


pageable = {name for name in iam.meta.method_to_api_mapping if iam.can_paginate(name)}
assert pageable <= {*paged, *short, *absent}, pageable
for name in pageable & paged.keys():
    arguments = paged[name]
    whole = lists(getattr(iam, name)(**arguments))
    size = sum(len(each) for each in whole.values())
    pages = len(list(one_by_one(name, arguments)))
    assert pages == size > 1, f"{name}: {pages} pages of {size}"
    assert lists(one_by_one(name, arguments).build_full_result()) == whole, name
    if len(whole) > 1:
        # botocore counts the first list only, and leaves out some of the others.
        continue
    paginate = iam.get_paginator(name).paginate
    first = paginate(**arguments, PaginationConfig={"MaxItems": 1, "PageSize": 2}).build_full_result()
    rest = paginate(**arguments, PaginationConfig={"StartingToken": first["NextToken"]}).build_full_result()
    assert {key: lists(first)[key] + lists(rest)[key] for key in whole} == whole, name
for name in pageable & short.keys():
    arguments, size = short[name]
    assert sum(len(each) for each in lists(one_by_one(name, arguments).build_full_result()).values()) == size, name
for name in pageable & absent.keys():
    refused("NoSuchEntity", "none", one_by_one(name, absent[name]).build_full_result)
told(f"{len(pageable)} paginators")

iam.get_waiter("user_exists").wait(UserName="user-0")
iam.get_waiter("role_exists").wait(RoleName="role-0")
iam.get_waiter("policy_exists").wait(PolicyArn=policies[0])
told("waiters")

# Sessions end with what they come from, at the next call.
assume = {"RoleArn": f"arn:aws:iam::{account}:role/role-1", "RoleSessionName": "one"}


def assumed():
    return sts.assume_role(**assume)["Credentials"]


def may(keys):
    """Whether they are taken for something that policy-1 allows."""
    return client("iam", keys).get_account_summary


old = assumed()
may(old)()
issued = old["Expiration"] - timedelta(hours=1)
limit = issued + timedelta(seconds=1)
time.sleep(max(0, (limit - datetime.now(timezone.utc)).total_seconds()))
iam.put_role_policy(
    RoleName="role-1",
    PolicyName="AWSRevokeOlderSessions",
    PolicyDocument=document(
        statement(
            "Deny", "*", Condition={"DateLessThan": {"aws:TokenIssueTime": limit.strftime("%Y-%m-%dT%H:%M:%SZ")}}
        )
    ),
)
refused("AccessDenied", "with an explicit deny in an identity-based policy", may(old))
new = assumed()
may(new)()
for policy in iam.list_attached_role_policies(RoleName="role-1")["AttachedPolicies"]:
    iam.detach_role_policy(RoleName="role-1", PolicyArn=policy["PolicyArn"])
for name in iam.list_role_policies(RoleName="role-1")["PolicyNames"]:
    iam.delete_role_policy(RoleName="role-1", PolicyName=name)
refused("AccessDenied", "because no identity-based policy allows", may(new))
iam.delete_role(RoleName="role-1")
invalid = "The security token included in the request is invalid"
refused("InvalidClientTokenId", invalid, may(new))
iam.create_role(RoleName="role-1", AssumeRolePolicyDocument=trust)
refused("InvalidClientTokenId", invalid, may(new))

keys = iam.create_access_key(UserName="user-1")["AccessKey"]
session = client("sts", keys).get_session_token()["Credentials"]
caller = client("sts", session).get_caller_identity
assert caller()["Arn"].endswith(":user/user-1")
changed = {"UserName": "user-1", "AccessKeyId": keys["AccessKeyId"]}
iam.update_access_key(**changed, Status="Inactive")
refused("InvalidClientTokenId", invalid, caller)
iam.update_access_key(**changed, Status="Active")
caller()
iam.delete_access_key(**changed)
refused("InvalidClientTokenId", invalid, caller)

keys = iam.create_access_key(UserName="olga")["AccessKey"]
session = client("sts", keys).get_session_token()["Credentials"]
client("acm", session).list_certificates()
serial = iam.list_mfa_devices(UserName="olga")["MFADevices"][0]["SerialNumber"]
iam.deactivate_mfa_device(UserName="olga", SerialNumber=serial)
for each in iam.list_access_keys(UserName="olga")["AccessKeyMetadata"]:
    iam.delete_access_key(UserName="olga", AccessKeyId=each["AccessKeyId"])
iam.delete_user_policy(UserName="olga", PolicyName="team-a")
iam.delete_user(UserName="olga")
refused("UnrecognizedClientException", invalid, client("acm", session).list_certificates)
told("sessions end")
