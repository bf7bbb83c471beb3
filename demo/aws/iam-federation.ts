import { iamArn, type AwsMfaDevice } from './model.ts';
import { fault, iamPage, type QueryCall } from './operation.ts';
import type { Answer, Tree } from './wire.ts';

/** The operations of IAM about who else is trusted, and about second factors of one user. */
export const federationOperations: Readonly<Record<string, (call: QueryCall) => Answer>> = {
  // https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListMFADevices.html: virtual ones are in it too.
  ListMFADevices(call) {
    const user = call.account.users.find(({ name }) => name === call.input.get('UserName'));
    if (!user) return fault(404, 'NoSuchEntity', 'The user cannot be found.');
    return iamPage(call, user.mfa, (devices) => ({
      MFADevices: devices.map((device): Tree => ({
        UserName: user.name,
        SerialNumber: serialOf(call, user.name, device),
        EnableDate: device.enabledAt,
      })),
    }));
  },

  // https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListOrganizationsFeatures.html
  ListOrganizationsFeatures({ model, account }) {
    const { organization } = model;
    if (organization?.managementAccount !== account.id)
      return fault(
        403,
        'AccountNotManagementOrDelegatedAdministratorException',
        'It is not the management account.',
      );
    return { result: { OrganizationId: organization.id, EnabledFeatures: organization.features } };
  },

  ListSAMLProviders: ({ model, account }) => ({
    result: {
      SAMLProviderList: account.samlProviders.map(({ name, createdAt, validUntil }) => ({
        Arn: iamArn(model, account.id, `saml-provider/${name}`),
        CreateDate: createdAt,
        ValidUntil: validUntil,
      })),
    },
  }),

  ListOpenIDConnectProviders: ({ model, account }) => ({
    result: {
      OpenIDConnectProviderList: account.oidcProviders.map(({ url }) => ({
        Arn: iamArn(model, account.id, `oidc-provider/${url}`),
      })),
    },
  }),

  GetOpenIDConnectProvider({ model, account, input }) {
    const wanted = input.get('OpenIDConnectProviderArn');
    const found = account.oidcProviders.find(
      ({ url }) => iamArn(model, account.id, `oidc-provider/${url}`) === wanted,
    );
    if (!found) return fault(404, 'NoSuchEntity', 'The provider cannot be found.');
    return {
      result: {
        Url: found.url,
        ClientIDList: found.audiences,
        ThumbprintList: [],
        CreateDate: found.createdAt,
      },
    };
  },
};

function serialOf({ model, account }: QueryCall, user: string, { name, type }: AwsMfaDevice): string {
  if (type === 'hardware') return `GAHT${name.toUpperCase().replaceAll(/[^A-Z0-9]/g, '')}`;
  return iamArn(model, account.id, type === 'passkey' ? `u2f/user/${user}/${name}` : `mfa/${name}`);
}
