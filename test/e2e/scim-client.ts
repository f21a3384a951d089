/** A SCIM resource as it is answered. */
export interface Resource {
  id: string;
  userName?: string;
  displayName?: string;
  active?: boolean;
  members?: { value: string }[];
  [attribute: string]: unknown;
}

/** Plain SCIM reads over HTTP, to look at an endpoint from outside. */
export class ScimClient {
  private readonly url: string;
  private readonly token: string;

  constructor(url: string, token: string) {
    this.url = url;
    this.token = token;
  }

  /** Everything of one type (RFC 7644 §3.4.2), all pages. */
  async list(collection: 'Users' | 'Groups'): Promise<Resource[]> {
    const all: Resource[] = [];
    for (;;) {
      const page = await this.get<{ totalResults: number; Resources: Resource[] }>(
        `/${collection}?startIndex=${all.length + 1}&count=100`,
      );
      all.push(...page.Resources);
      if (all.length >= page.totalResults || page.Resources.length === 0) return all;
    }
  }

  async get<T>(path: string): Promise<T> {
    const response = await fetch(this.url + path, { headers: { Authorization: `Bearer ${this.token}` } });
    if (response.status !== 200) throw new Error(`GET ${path}: ${response.status} ${await response.text()}`);
    return (await response.json()) as T;
  }
}
