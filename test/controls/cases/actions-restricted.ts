import { type Case, unknown, denied, spoiled, without } from '../told.ts';
import { code } from '../worlds/code.ts';

export const cases: readonly Case[] = [
  ['all of it is restricted', code(), 'pass'],
  ['only own building blocks may run', code({ policy: { allowedActions: 'local' } }), 'pass'],
  ['any may run', code({ policy: { allowedActions: 'all' } }), 'fail'],
  ['the token may write', code({ run: { tokenMayWrite: true } }), 'fail'],
  ['the token may approve', code({ run: { tokenMayApprove: true } }), 'fail'],
  ['machines are open to public repositories', code({ group: { openToPublic: true } }), 'fail'],
  ['machines without a name are', code({ group: { openToPublic: true, name: unknown } }), 'fail'],
  ['nothing runs at all', code({ policy: { enabledFor: 'none', allowedActions: unknown } }), 'pass'],
  ['whether it may run is not told', code({ policy: { enabledFor: unknown } }), 'no-data'],
  ['what may run is not told', code({ policy: { allowedActions: unknown } }), 'no-data'],
  ['what the token may is refused', denied(code(), 'github/actions-workflow-permissions'), 'no-data'],
  ['the machines are refused', denied(code(), 'github/runner-groups'), 'no-data'],
  ['nobody asked about machines', without(code(), 'github/runner-groups'), 'no-data'],
  ['there are no machines', spoiled(code(), 'github/runner-groups', { records: [] }), 'pass'],
];
