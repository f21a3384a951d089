import type { PortalIds } from '../../contract/index.ts';

const hosts = /^(entra\.microsoft\.(com|us)|portal\.azure\.(com|us|cn)|entra\.microsoftonline\.cn)$/;
const guid = '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}';

/**
 * The ids in an address of the portal, e.g.
 * `https://entra.microsoft.com/#view/Microsoft_AAD_IAM/ManagedAppMenuBlade/~/Overview/objectId/<guid>/appId/<guid>`.
 * A string says why there are none.
 */
export function readPortalAddress(text: string): PortalIds | string {
  const url = URL.canParse(text.trim()) ? new URL(text.trim()) : null;
  if (url === null || url.protocol !== 'https:') return 'This is no https address.';
  if (!hosts.test(url.hostname)) return 'This is no address of the Entra admin center or the Azure portal.';
  const path = decodeURIComponent(url.hash).toLowerCase();
  const objectId = new RegExp(`/(?:objectid|serviceprincipalid)/(${guid})`).exec(path)?.[1];
  if (objectId === undefined) {
    return 'The address names no application: open the application in Enterprise apps, then copy the address of that page.';
  }
  return { objectId, appId: new RegExp(`/appid/(${guid})`).exec(path)?.[1] ?? null };
}
