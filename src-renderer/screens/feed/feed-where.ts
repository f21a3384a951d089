/** The address of the feed under a query, for links: `href={`#${feedWhere('failed')}`}`. */
export const feedWhere = (query: string): string => `/feed/where/${encodeURIComponent(query)}`;
