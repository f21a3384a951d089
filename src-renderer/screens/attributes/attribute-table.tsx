import { Link as FluentLink, makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import { ChevronDown12Regular, ChevronRight12Regular } from '@fluentui/react-icons';
import { Fragment, useId, useState } from 'react';
import type { ProfileRuleState, ResourceType } from '../../../src-main/contract/index.ts';
import { client } from '../../api.ts';
import { formatNumber } from '../../ui/format.ts';
import { Mark } from '../../ui/mark.tsx';
import { Path } from '../../ui/path.tsx';
import { Truncated } from '../../ui/truncated.tsx';
import { useCompact } from '../../ui/use-compact.ts';
import { inLine } from '../../ui/values.ts';
import { useAct } from '../../use-act.ts';
import { LineDetail } from './line-detail.tsx';
import type { AttributeLine, Section } from './lines.ts';

const useStyles = makeStyles({
  table: { width: '100%', tableLayout: 'fixed', borderCollapse: 'collapse', fontSize: '13px', lineHeight: '20px' },
  head: {
    position: 'sticky',
    top: 0,
    zIndex: 1,
    height: '29px',
    padding: '0 8px',
    textAlign: 'left',
    fontSize: '12px',
    lineHeight: '16px',
    fontWeight: 400,
    color: tokens.colorNeutralForeground3,
    backgroundColor: tokens.colorNeutralBackground1,
    boxShadow: `inset 0 -1px ${tokens.colorNeutralStroke2}`,
  },
  section: {
    height: '28px',
    padding: '0 24px',
    textAlign: 'left',
    fontSize: '12px',
    lineHeight: '16px',
    fontWeight: 400,
    color: tokens.colorNeutralForeground3,
    backgroundColor: tokens.colorNeutralBackground2,
    borderBottom: `1px solid ${tokens.colorNeutralStroke3}`,
  },
  forget: { marginLeft: '12px', fontSize: '12px' },
  sectionName: { marginRight: '10px', fontWeight: 600, color: tokens.colorNeutralForeground1 },
  cell: {
    height: '32px',
    padding: '0 8px',
    textAlign: 'left',
    fontWeight: 400,
    borderBottom: `1px solid ${tokens.colorNeutralStroke3}`,
    overflow: 'hidden',
    whiteSpace: 'nowrap',
  },
  first: { paddingLeft: '12px' },
  last: { paddingRight: '24px' },
  row: { ':hover': { backgroundColor: tokens.colorSubtleBackgroundHover } },
  open: { backgroundColor: tokens.colorNeutralBackground1Selected },
  name: {
    display: 'flex',
    alignItems: 'center',
    gap: '6px',
    width: '100%',
    height: '24px',
    padding: '0 6px 0 0',
    border: 'none',
    borderRadius: '4px',
    backgroundColor: 'transparent',
    fontFamily: 'inherit',
    fontSize: 'inherit',
    color: tokens.colorNeutralForeground1,
    textAlign: 'left',
    cursor: 'default',
    ':focus-visible': { outline: `2px solid ${tokens.colorStrokeFocus2}`, outlineOffset: '-2px' },
  },
  chevron: { flexShrink: 0, color: tokens.colorNeutralForeground3 },
  quiet: { color: tokens.colorNeutralForeground2 },
  mono: { fontFamily: tokens.fontFamilyMonospace, fontSize: '12px', color: tokens.colorNeutralForeground2 },
  flex: { display: 'flex', alignItems: 'center', gap: '8px', minWidth: 0 },
  track: {
    width: '48px',
    height: '3px',
    borderRadius: '2px',
    flexShrink: 0,
    backgroundColor: tokens.colorNeutralStroke2,
  },
  bar: { height: '3px', borderRadius: '2px', backgroundColor: tokens.colorNeutralForeground3 },
  detail: { padding: 0, borderBottom: `1px solid ${tokens.colorNeutralStroke2}` },
});

interface AttributeTableProps {
  type: ResourceType;
  sections: readonly Section[];
  rules: readonly ProfileRuleState[];
  records: number;
}

/** A line an attribute; each opens into what can be done about it. */
export function AttributeTable({ type, sections, rules, records }: AttributeTableProps) {
  const styles = useStyles();
  const compact = useCompact();
  const [open, setOpen] = useState<string | null>(null);
  const columns = compact ? 5 : 6;
  return (
    <table className={styles.table} aria-label={`${type} attributes`}>
      <colgroup>
        <col style={{ width: compact ? '31%' : '27%' }} />
        {!compact && <col style={{ width: '84px' }} />}
        <col style={{ width: '19%' }} />
        <col style={{ width: '116px' }} />
        <col />
        <col style={{ width: '176px' }} />
      </colgroup>
      <thead>
        <tr>
          <th scope="col" className={styles.head} style={{ paddingLeft: '30px' }}>
            SCIM attribute
          </th>
          {!compact && (
            <th scope="col" className={styles.head}>
              Type
            </th>
          )}
          {['From Azure', 'Seen on', 'One value', 'Status'].map((title) => (
            <th key={title} scope="col" className={styles.head}>
              {title}
            </th>
          ))}
        </tr>
      </thead>
      {sections.map(({ title, note, exported, lines }) => (
        <tbody key={title}>
          <tr>
            <th scope="rowgroup" colSpan={columns} className={styles.section}>
              <span className={styles.sectionName}>{title}</span>
              {note}
              {exported && <ForgetSchema />}
            </th>
          </tr>
          {lines.map((line) => (
            <Line
              key={line.path}
              type={type}
              line={line}
              rule={rules.find((rule) => rule.resourceType === type && samePath(rule.path, line.path)) ?? null}
              records={records}
              columns={columns}
              open={open === line.path}
              onToggle={() => setOpen(open === line.path ? null : line.path)}
            />
          ))}
        </tbody>
      ))}
    </table>
  );
}

/** Gives up the exported mappings. */
function ForgetSchema() {
  const styles = useStyles();
  const forget = useAct(
    () => client.attributes.forgetSchema.mutate(),
    () => 'Azure’s default mappings again',
  );
  return (
    <FluentLink as="button" inline className={styles.forget} onClick={forget.run}>
      Back to Azure’s defaults
    </FluentLink>
  );
}

const samePath = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase();

interface LineProps {
  type: ResourceType;
  line: AttributeLine;
  rule: ProfileRuleState | null;
  records: number;
  columns: number;
  open: boolean;
  onToggle(): void;
}

function Line({ type, line, rule, records, columns, open, onToggle }: LineProps) {
  const styles = useStyles();
  const detail = useId();
  const value = inLine(line.example);
  const share = records === 0 ? 0 : Math.min(1, line.records / records);
  return (
    <Fragment>
      <tr className={mergeClasses(styles.row, open && styles.open)} onClick={onToggle}>
        <th scope="row" className={mergeClasses(styles.cell, styles.first)}>
          <button
            type="button"
            className={styles.name}
            aria-expanded={open}
            aria-controls={open ? detail : undefined}
            onClick={(event) => {
              event.stopPropagation();
              onToggle();
            }}
          >
            <span className={styles.chevron}>{open ? <ChevronDown12Regular /> : <ChevronRight12Regular />}</span>
            <Path path={line.path} />
          </button>
        </th>
        {columns === 6 && <td className={mergeClasses(styles.cell, styles.quiet)}>{line.type}</td>}
        <td className={styles.cell}>
          {line.source === null ? (
            <span className={styles.quiet}>{line.unmapped === null ? 'as you map it' : 'not known'}</span>
          ) : (
            <span className={styles.flex}>
              <Truncated text={line.source} className={styles.mono} />
            </span>
          )}
        </td>
        <td className={styles.cell}>
          <span className={styles.flex}>
            <span className={styles.track} aria-hidden>
              <span className={styles.bar} style={{ display: 'block', width: `${share * 100}%` }} />
            </span>
            {formatNumber(line.records)}
          </span>
        </td>
        <td className={styles.cell}>
          {value === null ? (
            <span className={styles.quiet}>–</span>
          ) : (
            <span className={styles.flex}>
              <Truncated text={value} className={styles.quiet} />
            </span>
          )}
        </td>
        <td className={mergeClasses(styles.cell, styles.last)}>
          <span className={styles.flex}>
            <Mark kind={line.status.mark} size={12} label="" />
            <Truncated text={rule === null ? line.status.words : `${line.status.words}, has a rule`} />
          </span>
        </td>
      </tr>
      {open && (
        <tr id={detail}>
          <td colSpan={columns} className={styles.detail}>
            <LineDetail type={type} line={line} rule={rule} />
          </td>
        </tr>
      )}
    </Fragment>
  );
}
