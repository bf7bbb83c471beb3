import type { GrantDocument } from '../collector.ts';
import type { Dataset } from '../dataset.ts';
import { Config } from './scope.ts';

const role = Config.shape.role.parse(undefined);
const about = 'Read by Exhibit; it can change nothing.';

/** What AWS takes of a role that may do what these datasets need and nothing else, in forms that its tools take. */
export function grants(datasets: readonly Dataset[]): readonly GrantDocument[] {
  const actions = [...new Set(datasets.flatMap(({ permissions }) => permissions))].sort();
  const policy = {
    Version: '2012-10-17',
    Statement: [{ Sid: 'ExhibitReadOnly', Effect: 'Allow', Action: actions, Resource: '*' }],
  };
  return [
    { id: 'policy', title: 'As an IAM policy', content: policy },
    {
      id: 'caller',
      title: 'As the policy of what Exhibit itself runs as, where it reads other accounts by their roles',
      content: {
        ...policy,
        Statement: [
          ...policy.Statement,
          {
            Sid: 'ExhibitReadsOtherAccounts',
            Effect: 'Allow',
            Action: 'sts:AssumeRole',
            Resource: `arn:aws:iam::*:role/${role}`,
          },
        ],
      },
    },
    {
      id: 'cloudformation',
      title: 'As a template of AWS CloudFormation, for a StackSet over all accounts of the organisation',
      content: template(policy),
    },
    {
      id: 'terraform',
      title: 'As a module of Terraform, to be kept as main.tf.json',
      content: terraform(policy),
    },
  ];
}

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-iam-role.html */
function template(policy: object) {
  const trust = {
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Principal: { AWS: { Ref: 'Caller' } },
        Action: 'sts:AssumeRole',
        Condition: { StringEquals: { 'sts:ExternalId': { Ref: 'ExternalId' } } },
      },
    ],
  };
  return {
    AWSTemplateFormatVersion: '2010-09-09',
    Description: about,
    Parameters: {
      Caller: {
        Type: 'String',
        Description: 'ARN of the role or user that Exhibit runs as',
        AllowedPattern: 'arn:aws[a-z-]*:iam::[0-9]{12}:(role|user)/.+',
      },
      ExternalId: {
        Type: 'String',
        Description: 'The externalId of the source in exhibit.yaml',
        MinLength: 2,
        MaxLength: 1224,
      },
      RoleName: { Type: 'String', Default: role, Description: 'The role of the source in exhibit.yaml' },
    },
    Resources: {
      ReadRole: {
        Type: 'AWS::IAM::Role',
        Properties: {
          RoleName: { Ref: 'RoleName' },
          Description: about,
          MaxSessionDuration: 3600,
          AssumeRolePolicyDocument: trust,
          Policies: [{ PolicyName: 'ExhibitReadOnly', PolicyDocument: policy }],
        },
      },
    },
    Outputs: { RoleArn: { Value: { 'Fn::GetAtt': ['ReadRole', 'Arn'] } } },
  };
}

/** https://developer.hashicorp.com/terraform/language/syntax/json */
function terraform(policy: object) {
  const text = (description: string) => ({ type: 'string', description });
  return {
    variable: {
      caller: text('ARN of the role or user that Exhibit runs as'),
      external_id: text('The externalId of the source in exhibit.yaml'),
      role_name: { ...text('The role of the source in exhibit.yaml'), default: role },
    },
    resource: {
      aws_iam_role: {
        exhibit_read: {
          name: '${var.role_name}',
          description: about,
          max_session_duration: 3600,
          assume_role_policy:
            '${jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Principal = { AWS = var.caller }, Action = "sts:AssumeRole", Condition = { StringEquals = { "sts:ExternalId" = var.external_id } } }] })}',
        },
      },
      aws_iam_role_policy: {
        exhibit_read: {
          name: 'ExhibitReadOnly',
          role: '${aws_iam_role.exhibit_read.id}',
          policy: JSON.stringify(policy),
        },
      },
    },
    output: { role_arn: { value: '${aws_iam_role.exhibit_read.arn}' } },
  };
}
