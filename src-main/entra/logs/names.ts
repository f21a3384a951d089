/**
 * The names under which each form of the log says a thing, as `plainName` writes them. Those of the CSV download are not
 * documented (docs/entra.md): what stands here is what the portal shows, what Graph calls it, and ways to write either.
 */
const error = ['statusinfoerrorinformation', 'provisioningstatusinfoerrorinformation', 'errorinformation'];
const info = ['statusinfo', 'provisioningstatusinfo'];

function under(prefixes: readonly string[], ...names: string[]): string[] {
  return prefixes.flatMap((prefix) => names.map((name) => prefix + name));
}

export const entryNames = {
  id: ['id', 'activityid', 'logid'],
  changeId: ['changeid', 'changeidentifier', 'correlationid'],
  at: [
    'activitydatetime',
    'activitydatetimeutc',
    'activitydate',
    'activitydateutc',
    'date',
    'dateutc',
    'datetime',
    'datetimeutc',
    'timegenerated',
    'timegeneratedutc',
    'time',
    'timestamp',
  ],
  action: ['provisioningaction', 'action'],
  status: [...under(info, 'status'), 'provisioningstatus', 'status', 'resulttype', 'result'],
  duration: ['durationinmilliseconds', 'durationms', 'durationmilliseconds', 'duration'],
  jobId: ['jobid', 'provisioningjobid'],
  cycleId: ['cycleid', 'provisioningcycleid'],
  applicationId: ['serviceprincipalid', 'serviceprincipalobjectid', 'applicationobjectid'],
  applicationName: [
    'serviceprincipaldisplayname',
    'serviceprincipalname',
    'serviceprincipal',
    'applicationname',
    'applicationdisplayname',
    'application',
    'appname',
    'targetsystemdetailsserviceprincipaldisplayname',
  ],
  sourceSystem: ['sourcesystemdisplayname', 'sourcesystemname', 'sourcesystem'],
  targetSystem: ['targetsystemdisplayname', 'targetsystemname', 'targetsystem'],
  sourceId: ['sourceidentityid', 'sourceidentityobjectid', 'sourceid', 'sourceobjectid', 'sourceidentityuniqueid'],
  sourceName: [
    'sourceidentitydisplayname',
    'sourceidentityname',
    'sourceidentity',
    'sourcedisplayname',
    'sourcename',
    'identitydisplayname',
    'identityname',
    'identity',
    'displayname',
  ],
  sourceUserName: [
    'sourceidentitydetailsuserprincipalname',
    'sourceidentityuserprincipalname',
    'sourceuserprincipalname',
    'userprincipalname',
    'sourceupn',
    'upn',
  ],
  sourceType: [
    'sourceidentityidentitytype',
    'sourceidentitytype',
    'sourcetype',
    'identitytype',
    'sourceidentitydetailsodatatype',
  ],
  targetId: ['targetidentityid', 'targetidentityobjectid', 'targetid', 'targetobjectid', 'targetidentityuniqueid'],
  targetName: ['targetidentitydisplayname', 'targetidentityname', 'targetidentity', 'targetdisplayname', 'targetname'],
  targetType: ['targetidentityidentitytype', 'targetidentitytype', 'targettype'],
  initiatedBy: ['initiatedbydisplayname', 'initiatedbyname', 'initiatedby'],
  errorCode: [...under(error, 'errorcode'), 'errorcode', 'statuserrorcode', 'resultsignature', 'skipcode'],
  reason: [
    ...under(error, 'reason'),
    'reason',
    'statusreason',
    'errorreason',
    'failurereason',
    'skipreason',
    'resultdescription',
    'errordescription',
    'errormessage',
  ],
  details: [...under(error, 'additionaldetails'), 'additionaldetails', 'erroradditionaldetails', 'errordetails'],
  category: [...under(error, 'errorcategory'), 'errorcategory'],
  recommended: [...under(error, 'recommendedaction'), 'recommendedaction', 'errorrecommendedaction', 'recommendation'],
  steps: ['provisioningsteps', 'steps'],
  properties: ['modifiedproperties'],
} as const satisfies Record<string, readonly string[]>;

export const stepNames = {
  changeId: ['changeid', 'changeidentifier', 'provisioninglogchangeid'],
  name: ['provisioningstepname', 'stepname', 'name'],
  type: ['provisioningsteptype', 'steptype', 'type', 'provisioningstepprovisioningsteptype'],
  status: ['provisioningstepstatus', 'stepstatus', 'status', 'result'],
  description: ['provisioningstepdescription', 'stepdescription', 'description'],
  details: ['provisioningstepdetails', 'stepdetails', 'details'],
} as const satisfies Record<string, readonly string[]>;

export const propertyNames = {
  changeId: ['changeid', 'changeidentifier', 'provisioninglogchangeid'],
  name: [
    'modifiedpropertydisplayname',
    'modifiedpropertyname',
    'modifiedpropertiesdisplayname',
    'modifiedpropertiesname',
    'propertydisplayname',
    'propertyname',
    'attributename',
    'targetattributename',
    'displayname',
    'property',
    'attribute',
    'name',
  ],
  from: ['modifiedpropertyoldvalue', 'modifiedpropertiesoldvalue', 'propertyoldvalue', 'oldvalue', 'old'],
  to: ['modifiedpropertynewvalue', 'modifiedpropertiesnewvalue', 'propertynewvalue', 'newvalue', 'new'],
} as const satisfies Record<string, readonly string[]>;

/** Columns that are known and of no use here. */
export const unused = new Set([
  'tenantid',
  'aadtenantid',
  'category',
  'operationname',
  'operationversion',
  'level',
  'resourceid',
  'calleripaddress',
  'location',
  'sourcesystemid',
  'targetsystemid',
  'sourcesystemdetails',
  'targetsystemdetails',
  'sourceidentitydetails',
  'targetidentitydetails',
  'initiatedbyid',
  'initiatedbytype',
  'initiatedbyinitiatortype',
  'provisioningstatusinfo',
  'statusinfo',
]);

export type Names = Readonly<Record<string, readonly string[]>>;

/** The thing that a plain name says, by `names`; null for a name that is not among them. */
export function meaningOf(names: Names, plain: string): string | null {
  for (const [meaning, known] of Object.entries(names)) if (known.includes(plain)) return meaning;
  return null;
}
