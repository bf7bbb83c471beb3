import {
  renderAssigned,
  renderDetection,
  renderEligible,
  renderRisky,
  renderRules,
  renderSignIn,
} from './render-estate.ts';
import { renderMethods } from './render-users.ts';
import { list, some, type Route } from './route.ts';

const roles = { limit: 'identity', needs: 'p2', page: some } as const;
const reviews = {
  ...roles,
  permissions: ['AccessReview.Read.All'],
  page: { largest: 100, usual: 100 },
} as const;
const protection = {
  limit: 'conditional-access',
  needs: 'identity-protection',
  page: { largest: 500, usual: 20 },
} as const;
const signIns = {
  permissions: ['AuditLog.Read.All'],
  limit: 'reports',
  needs: 'p1',
  page: { largest: 999, usual: 999 },
} as const;
const asked = ['createdDateTime', 'clientAppUsed', 'userId', 'status/errorCode'];

/** Roles over time, reviews, risks and sign-ins. */
export const activityRoutes: Readonly<Record<string, Route>> = {
  'roleManagement/directory/roleEligibilityScheduleInstances': {
    ...roles,
    permissions: ['RoleEligibilitySchedule.Read.Directory', 'RoleManagement.Read.Directory'],
    items: ({ model }) => list(model.eligible, renderEligible),
  },
  'roleManagement/directory/roleAssignmentScheduleInstances': {
    ...roles,
    permissions: ['RoleAssignmentSchedule.Read.Directory', 'RoleManagement.Read.Directory'],
    items: ({ model }) => list(model.assignments, renderAssigned),
  },
  'policies/roleManagementPolicyAssignments': {
    ...roles,
    permissions: ['RoleManagementPolicy.Read.Directory', 'RoleManagement.Read.Directory'],
    filters: ['scopeId', 'scopeType'],
    items: ({ model, query }) =>
      list(model.roles, ({ id }) => {
        const { policy, ...rest } = renderRules(id);
        return query.get('$expand') === 'policy($expand=rules)' ? { ...rest, policy } : rest;
      }),
  },
  'identityGovernance/privilegedAccess/group/eligibilityScheduleInstances': {
    ...roles,
    permissions: ['PrivilegedEligibilitySchedule.Read.AzureADGroup'],
    filters: ['groupId'],
    items: () => [],
  },
  'identityGovernance/accessReviews/definitions': {
    ...reviews,
    items: ({ model }) =>
      list(model.reviews, ({ id, name, scope }) => ({
        id,
        displayName: name,
        status: 'InProgress',
        scope: {
          '@odata.type': '#microsoft.graph.accessReviewQueryScope',
          query: scope,
          queryType: 'MicrosoftGraph',
        },
        settings: {
          defaultDecisionEnabled: true,
          autoApplyDecisionsEnabled: true,
          recurrence: { pattern: { type: 'absoluteMonthly', interval: 3 }, range: { type: 'noEnd' } },
        },
      })),
  },
  'identityGovernance/accessReviews/definitions/{}/instances': {
    ...reviews,
    items({ model, ids: [id] }) {
      const review = model.reviews.find((each) => each.id === id);
      if (!review) return null;
      return list(review.rounds, ({ id: round, state, from, until }) => ({
        id: round,
        status: state,
        startDateTime: from,
        endDateTime: until,
      }));
    },
  },
  'identityGovernance/accessReviews/definitions/{}/instances/{}/decisions': {
    ...reviews,
    items({ model, ids: [review, round] }) {
      const rounds = model.reviews.find(({ id }) => id === review)?.rounds;
      const decisions = rounds?.find(({ id }) => id === round)?.decisions;
      if (!decisions) return null;
      return list(decisions, ({ id, user, decision, by, at }) => ({
        id,
        accessReviewId: round,
        decision,
        applyResult: by === null ? 'New' : 'AppliedSuccessfully',
        justification: by === null ? null : 'Still works with us.',
        principal: { '@odata.type': '#microsoft.graph.userIdentity', id: user },
        reviewedBy: by === null ? null : { id: by },
        reviewedDateTime: at,
      }));
    },
  },
  'identityProtection/riskyUsers': {
    ...protection,
    permissions: ['IdentityRiskyUser.Read.All'],
    items: ({ model }) => list(model.risks, (risk) => renderRisky(model, risk)),
  },
  'identityProtection/riskDetections': {
    ...protection,
    permissions: ['IdentityRiskEvent.Read.All'],
    filters: ['detectedDateTime'],
    items: ({ model }) => list(model.risks, (risk) => renderDetection(model, risk)),
  },
  'users/{}/authentication/methods': {
    permissions: ['UserAuthenticationMethod.Read.All'],
    limit: 'identity',
    page: some,
    items({ model, ids: [id] }) {
      const user = model.users.find((each) => each.id === id);
      return user ? list(renderMethods(user), (method) => method) : null;
    },
  },
  'beta/users/{}/authentication/requirements': {
    permissions: ['Policy.Read.All'],
    limit: 'identity',
    setting({ model, ids: [id] }) {
      const user = model.users.find((each) => each.id === id);
      return user ? { perUserMfaState: 'disabled' } : null;
    },
  },
  'auditLogs/signIns': {
    ...signIns,
    filters: asked,
    items: ({ model }) => list(model.signIns, (signIn) => renderSignIn(model, signIn, false)),
  },
  'beta/auditLogs/signIns': {
    ...signIns,
    filters: [...asked, 'authenticationRequirement'],
    items: ({ model }) => list(model.signIns, (signIn) => renderSignIn(model, signIn, true)),
  },
};
