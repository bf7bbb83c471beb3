import { z } from 'zod';
import {
  AccountAccess,
  CloudAccount,
  Principal,
  PrincipalPower,
  RoleTrust,
} from '../../evidence-model/kinds.ts';
import { controlOverParts, need } from '../control.ts';
import { fail, noData, notApplicable, pass, unless } from '../finding.ts';
import { accountOf, trustOf } from '../role-trust.ts';
import { told } from '../told.ts';

export const privilegedGuestsNone = controlOverParts({
  id: 'privileged-guests-none',
  severity: 'high',
  assertion:
    'At each reading, no guest of a connected Microsoft 365 tenant, nor whoever was invited there from elsewhere, held or could take on a directory role other than five that only read; no outside collaborator of a connected GitHub organisation administered a repository of it, or held a role over it that administers it, as the name tells where GitHub made the role, and its permissions where somebody else did; and no role of a connected AWS account that its policies let do everything, or come to do so in a known way, that of taking on another role among them, let itself be taken on by an AWS account that was not read with it, or by everybody. People whom identity providers let in, whoever owns a group of a tenant that holds a role, and partners who administer a tenant from their own, were not judged.',
  board: 'Control stays inside the company.',
  remedy:
    'Take the rights from whoever is listed, or keep one as a named exception that ends with the contract.',
  collectors: ['github', 'microsoft365', 'aws'],
  population: 'accounts of connected sources, and roles of connected AWS accounts',
  parameters: z.strictObject({}),
  parts: (part) => [
    part({
      over: need(AccountAccess, ['enabled', 'guest', 'privilege', 'privilegeBy']),
      related: {},
      test: (account) =>
        account.given(['enabled'], ({ enabled }) => {
          if (!enabled) return notApplicable('nobody can sign in with it');
          const outside = account.given(['guest'], ({ guest }) =>
            guest ? fail('is from outside') : notApplicable('is none from outside'),
          );
          if (outside.status === 'not-applicable') return outside;
          const privileged = account.given(['privilege', 'privilegeBy'], ({ privilege, privilegeBy }) =>
            privilege === 'administrator'
              ? fail(`is from outside, and ${privilegeBy}`)
              : pass(`is no administrator: ${privilegeBy}`),
          );
          if (outside.status === 'fail') return privileged;
          return privileged.status === 'pass'
            ? notApplicable(`${privileged.reason}, whether or not it is from outside`)
            : outside;
        }),
    }),
    part({
      collectors: ['aws'],
      over: need(Principal, ['cloudAccount'], undefined, { type: ['role'] }),
      related: {
        trusts: need(RoleTrust, ['document'], 'id'),
        accounts: need(CloudAccount, ['name'], 'id'),
        powers: need(PrincipalPower, ['administrator', 'administratorBy'], 'id'),
      },
      test: (role, { related, open }) =>
        role.given(['cloudAccount'], ({ cloudAccount }) => {
          const trust = told(related('trusts', role.id), ['document']);
          const [first] = trust.known;
          if (!first) return trust.untold ?? noData('who may take it on was not in the answer');
          const admissions = trustOf(first.document)?.admissions;
          if (!admissions) return noData('the trust policy is not understood');
          const outsiders = admissions.flatMap(({ type, who }) => {
            if (type === 'everybody') return ['everybody'];
            const account = type === 'AWS' ? accountOf(who) : null;
            const own =
              account === null || account === cloudAccount || related('accounts', account).length > 0;
            return own ? [] : [`account ${account}`];
          });
          if (outsiders.length === 0) return notApplicable('nobody from outside may take it on');
          const [power] = related('powers', role.id);
          if (!power) return noData('what it holds was not in the answer');
          return power.given(
            ['administrator', 'administratorBy'],
            ({ administrator, administratorBy: by }) =>
              administrator
                ? unless(open('accounts'), fail(`${outsiders.join(' and ')} may take it on: ${by}`))
                : pass(`${outsiders.join(' and ')} may take it on, and it administers nothing`),
          );
        }),
    }),
  ],
});
