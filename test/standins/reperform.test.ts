import { execFileSync } from 'node:child_process';
import { globSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { CaptureLine } from '../../evidence-model/snapshot.ts';
import { commandOf } from '../../exports/reperform/command.ts';
import { tools } from './support.ts';

/* The AWS CLI names services and operations as botocore does, which comes along with the double of AWS. */
const script = `
import json, sys
import botocore.session, botocore
from botocore import xform_name
named = {'s3api': 's3', 'configservice': 'config'}
session = botocore.session.get_session()
for service, command in json.load(sys.stdin):
    model = session.get_service_model(named.get(service, service))
    if command not in {xform_name(name, '-') for name in model.operation_names}:
        print(service, command)
`;

test('every question to AWS is a command of its CLI', () => {
  const sources = globSync('collectors/aws/**/*.ts').map((file) => readFileSync(file, 'utf8'));
  const asked = sources.flatMap((text) =>
    [...text.matchAll(/service: '([\w-]+)',\s*operation: '(\w+)'/g)].map(
      ([, service, name]) => `${service}:${name}`,
    ),
  );
  expect(new Set(asked).size).toBeGreaterThan(80);
  const commands = [...new Set(asked)].map((operation) => {
    const exchange = { operation, input: {}, url: 'https://aws.example/' } as CaptureLine['exchange'];
    const [, service, command] = commandOf('aws', { partition: 'all', exchange })!.command.split(' ');
    return [service, command];
  });
  const python = `${tools}venv/bin/python`;
  expect(execFileSync(python, ['-c', script], { input: JSON.stringify(commands), encoding: 'utf8' })).toBe(
    '',
  );
});
