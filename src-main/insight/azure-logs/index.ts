/** Azure's provisioning logs beside our calls: matching, explanations of what has no match, a timeline, reports. */
export { azureLogQueries } from './queries.ts';
export { type AzureLogs, createAzureLogs } from './service.ts';
