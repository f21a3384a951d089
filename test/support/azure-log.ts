import type { AzureEntry, AzureIdentity } from '../../src-main/contract/index.ts';

/** Writes entries of a provisioning log in the forms that Azure has for it. All people are invented. */

export function entry(change: Partial<AzureEntry> = {}): AzureEntry {
  const nobody: AzureIdentity = { id: null, name: null, userName: null, type: null };
  return {
    id: null,
    changeId: null,
    at: null,
    action: 'other',
    status: 'success',
    durationMs: null,
    jobId: null,
    cycleId: null,
    application: { id: null, name: null },
    sourceSystem: null,
    targetSystem: null,
    source: nobody,
    target: nobody,
    initiatedBy: null,
    error: null,
    steps: [],
    properties: [],
    other: [],
    ...change,
  };
}

/** As Graph v1.0 has it; `beta`: as its beta and the portal's JSON download. */
export function graphRecord(of: AzureEntry, beta = false): Record<string, unknown> {
  const system = (name: string | null) => (name === null ? null : { id: 'f0', displayName: name, details: {} });
  const identity = ({ id, name, userName, type }: AzureIdentity) => ({
    id: id ?? '',
    displayName: name ?? '',
    identityType: type ?? '',
    details: userName === null ? {} : { UserPrincipalName: userName },
  });
  const info = { status: of.status, errorInformation: errorOf(of) };
  return {
    id: of.id,
    activityDateTime: of.at === null ? null : new Date(of.at).toISOString(),
    tenantId: '0b9d2c52-9a86-4a55-8c7a-4f7b52e6a111',
    jobId: of.jobId,
    cycleId: of.cycleId,
    changeId: of.changeId,
    ...(beta ? { action: capital(of.action) } : { provisioningAction: of.action }),
    durationInMilliseconds: of.durationMs,
    initiatedBy: { id: '', displayName: of.initiatedBy, initiatorType: 'system' },
    servicePrincipal: { id: of.application.id, displayName: of.application.name },
    sourceSystem: system(of.sourceSystem),
    targetSystem: system(of.targetSystem),
    sourceIdentity: identity(of.source),
    targetIdentity: identity(of.target),
    ...(beta ? { statusInfo: info } : { provisioningStatusInfo: info }),
    provisioningSteps: of.steps.map(({ name, type, status, description, details }) => ({
      name,
      provisioningStepType: type,
      status,
      description,
      details: Object.fromEntries(details),
    })),
    modifiedProperties: of.properties.map(({ name, from, to }) => ({
      displayName: name,
      oldValue: from,
      newValue: to,
    })),
  };
}

/** As a row of Azure Monitor's table AADProvisioningLogs: complex columns are JSON in strings. */
export function monitorRecord(of: AzureEntry): Record<string, unknown> {
  const graph = graphRecord(of);
  const json = (name: string) => (graph[name] === null ? null : JSON.stringify(graph[name]));
  return {
    TimeGenerated: graph.activityDateTime,
    TenantId: 'c0ffee00-0000-4000-8000-000000000000',
    Category: 'ProvisioningLogs',
    OperationName: 'Provisioning activity',
    OperationVersion: '1.0',
    ResultType: capital(of.status),
    ResultSignature: of.error?.code ?? 'None',
    ResultDescription: of.error?.reason ?? '',
    Id: of.id,
    ChangeId: of.changeId,
    CycleId: of.cycleId,
    JobId: of.jobId,
    DurationMs: of.durationMs,
    ProvisioningAction: capital(of.action),
    InitiatedBy: JSON.stringify({ Id: '', Name: of.initiatedBy, Type: 'system' }),
    ServicePrincipal: JSON.stringify({ Id: of.application.id, Name: of.application.name }),
    SourceSystem: json('sourceSystem'),
    TargetSystem: json('targetSystem'),
    SourceIdentity: json('sourceIdentity'),
    TargetIdentity: json('targetIdentity'),
    ProvisioningStatusInfo: json('provisioningStatusInfo'),
    ProvisioningSteps: json('provisioningSteps'),
    ModifiedProperties: json('modifiedProperties'),
    Type: 'AADProvisioningLogs',
  };
}

/** As a message of an event hub or a blob of a storage account. */
export function hubRecord(of: AzureEntry): Record<string, unknown> {
  const { provisioningAction: _, ...properties } = graphRecord(of);
  return {
    time: new Date(0).toISOString(),
    category: 'ProvisioningLogs',
    correlationId: of.changeId,
    operationName: 'Provisioning activity',
    identity: '',
    properties: { ...properties, action: capital(of.action) },
  };
}

/** The three files of the CSV download. */
export function csvFiles(
  entries: readonly AzureEntry[],
  delimiter = ',',
): { logs: string; steps: string; properties: string } {
  const line = (cells: readonly unknown[]) =>
    cells
      .map((cell) => {
        const text = cell === null || cell === undefined ? '' : String(cell);
        return /["\r\n]|^\s|\s$/.test(text) || text.includes(delimiter) ? `"${text.replaceAll('"', '""')}"` : text;
      })
      .join(delimiter);
  const file = (header: string[], rows: (readonly unknown[])[]) => [header, ...rows].map(line).join('\r\n');
  return {
    logs: file(
      [
        'Date (UTC)',
        'ID',
        'Change ID',
        'Cycle ID',
        'Job ID',
        'Action',
        'Status',
        'Duration in milliseconds',
        'Source identity ID',
        'Source identity display name',
        'Source identity type',
        'Source User Principal Name',
        'Target identity ID',
        'Target identity display name',
        'Target identity type',
        'Source system',
        'Target system',
        'Service principal ID',
        'Service principal name',
        'Initiated by',
        'Error code',
        'Reason',
        'Additional details',
        'Error category',
        'Recommended action',
      ],
      entries.map((of) => [
        of.at === null ? '' : new Date(of.at).toISOString(),
        of.id,
        of.changeId,
        of.cycleId,
        of.jobId,
        capital(of.action),
        capital(of.status),
        of.durationMs,
        of.source.id,
        of.source.name,
        of.source.type,
        of.source.userName,
        of.target.id,
        of.target.name,
        of.target.type,
        of.sourceSystem,
        of.targetSystem,
        of.application.id,
        of.application.name,
        of.initiatedBy,
        of.error?.code,
        of.error?.reason,
        of.error?.details,
        of.error?.category,
        of.error?.recommended,
      ]),
    ),
    steps: file(
      ['Change ID', 'Step name', 'Step type', 'Status', 'Description', 'Details'],
      entries.flatMap((of) =>
        of.steps.map((s) => [
          of.changeId,
          s.name,
          s.type,
          s.status,
          s.description,
          JSON.stringify(Object.fromEntries(s.details)),
        ]),
      ),
    ),
    properties: file(
      ['Change ID', 'Display name', 'Old value', 'New value'],
      entries.flatMap((of) => of.properties.map((p) => [of.changeId, p.name, p.from, p.to])),
    ),
  };
}

function errorOf({ error }: AzureEntry) {
  if (error === null) return null;
  return {
    errorCode: error.code,
    reason: error.reason,
    additionalDetails: error.details,
    errorCategory: error.category,
    recommendedAction: error.recommended,
  };
}

function capital(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}
