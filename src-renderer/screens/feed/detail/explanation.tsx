import { makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import { ChevronRight12Regular } from '@fluentui/react-icons';
import { sideNames } from '../../../../src-main/contract/catalogue/explanations/types.ts';
import type { CallDetail, Explanation } from '../../../../src-main/contract/index.ts';
import { CopyButton } from '../../../ui/copy-button.tsx';
import { Mark } from '../../../ui/mark.tsx';
import { OutsideLink } from '../../../ui/outside-link.tsx';
import { Said } from './said.tsx';
import { storyOf } from './story.ts';

const useStyles = makeStyles({
  section: { padding: '12px 20px', borderTop: `1px solid ${tokens.colorNeutralStroke3}`, flexShrink: 0 },
  label: {
    margin: '10px 0 2px',
    fontSize: '12px',
    lineHeight: '16px',
    fontWeight: 400,
    color: tokens.colorNeutralForeground3,
    ':first-child': { marginTop: 0 },
  },
  text: { margin: 0, overflowWrap: 'anywhere', color: tokens.colorNeutralForeground1 },
  strong: { fontWeight: 600 },
  cures: { margin: 0, padding: 0, listStyleType: 'none', display: 'grid', rowGap: '6px' },
  side: { fontWeight: 600, marginRight: '6px', color: tokens.colorNeutralForeground1 },
  expression: {
    display: 'flex',
    alignItems: 'center',
    gap: '4px',
    marginTop: '4px',
    padding: '3px 4px 3px 10px',
    borderRadius: '4px',
    backgroundColor: tokens.colorNeutralBackground3,
  },
  code: {
    flexGrow: 1,
    minWidth: 0,
    overflowWrap: 'anywhere',
    fontFamily: tokens.fontFamilyMonospace,
    fontSize: '12px',
    lineHeight: '18px',
    color: tokens.colorNeutralForeground1,
  },
  foot: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: '0 4px',
    marginTop: '8px',
    fontSize: '12px',
    lineHeight: '16px',
    color: tokens.colorNeutralForeground3,
  },
  footCode: { fontFamily: tokens.fontFamilyMonospace },
  source: { marginLeft: 'auto' },
  more: {
    borderTop: `1px solid ${tokens.colorNeutralStroke3}`,
    flexShrink: 0,
    '&[open] > summary > svg:first-child': { transform: 'rotate(90deg)' },
  },
  summary: {
    display: 'flex',
    alignItems: 'center',
    gap: '8px',
    minHeight: '32px',
    padding: '4px 20px',
    cursor: 'default',
    listStyleType: 'none',
    color: tokens.colorNeutralForeground1,
    '::-webkit-details-marker': { display: 'none' },
    ':hover': { backgroundColor: tokens.colorSubtleBackgroundHover },
    ':focus-visible': { outline: `2px solid ${tokens.colorStrokeFocus2}`, outlineOffset: '-2px' },
  },
  chevron: { flexShrink: 0, color: tokens.colorNeutralForeground3 },
  title: { minWidth: 0, overflowWrap: 'anywhere' },
  inner: { padding: '2px 20px 12px 40px' },
});

/** What happened, why Azure does that and what to do: the gravest entry in full, the others one press away. */
export function Explanations({ call }: { call: CallDetail }) {
  const styles = useStyles();
  const [lead, ...others] = call.explanations;
  const grave = lead !== undefined && lead.severity !== 'info';
  const rest = grave ? others : call.explanations;
  return (
    <>
      <div className={styles.section}>{grave ? <Whole explanation={lead} /> : <Story call={call} />}</div>
      {rest.map((explanation, index) => (
        <details key={`${call.code} ${explanation.code}`} className={styles.more} open={!grave && index === 0}>
          <summary className={styles.summary}>
            <ChevronRight12Regular className={styles.chevron} aria-hidden />
            {explanation.severity !== 'info' && <Mark kind={explanation.severity} size={12} />}
            <span className={styles.title}>
              <Said words={explanation.title} />
            </span>
          </summary>
          <div className={styles.inner}>
            <Whole explanation={explanation} />
          </div>
        </details>
      ))}
    </>
  );
}

/** A call that needs no explanation says what it did. */
function Story({ call }: { call: CallDetail }) {
  const styles = useStyles();
  const { what, also } = storyOf(call);
  return (
    <>
      <h3 className={styles.label}>What happened</h3>
      <p className={styles.text}>
        <bdi>{what}</bdi>
        {also !== null && ` ${also}`}
      </p>
    </>
  );
}

function Whole({ explanation }: { explanation: Explanation }) {
  const styles = useStyles();
  const { code, severity, caller, what, why, cure, source, rfc } = explanation;
  return (
    <>
      <h3 className={styles.label}>What happened</h3>
      <p className={mergeClasses(styles.text, severity === 'failed' && styles.strong)}>
        <Said words={what} />
      </p>
      <h3 className={styles.label}>{caller === 'local' ? 'Why Azure would do that' : 'Why Azure does that'}</h3>
      <p className={styles.text}>
        <Said words={why} />
      </p>
      <h3 className={styles.label}>What to do</h3>
      <ul className={styles.cures}>
        {cure.map(({ side, text, expression }, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: cures keep their order
          <li key={index} className={styles.text}>
            <span className={styles.side}>{sideNames[side]}</span>
            <Said words={text} />
            {expression !== null && (
              <div className={styles.expression}>
                <code className={styles.code}>{expression}</code>
                <CopyButton label="Copy the expression" what="Expression" value={expression} />
              </div>
            )}
          </li>
        ))}
      </ul>
      <div className={styles.foot}>
        <span className={styles.footCode}>{code}</span>
        <CopyButton label={`Copy the code ${code}`} what="Code" value={code} />
        <span className={styles.source}>
          <OutsideLink href={source.url}>{source.name}</OutsideLink>
          {rfc !== null && !source.name.startsWith('RFC') && `, ${rfc}`}
        </span>
      </div>
    </>
  );
}
