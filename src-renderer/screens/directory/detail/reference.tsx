import { Link as FluentLink, makeStyles, tokens } from '@fluentui/react-components';
import { managerPath } from '../../../../src-main/contract/catalogue/manager-path.ts';
import type { AttributeChange, MemberRef } from '../../../../src-main/contract/index.ts';
import { inLine } from '../../../ui/values.ts';

const useStyles = makeStyles({
  id: {
    fontFamily: tokens.fontFamilyMonospace,
    fontSize: '12px',
    fontWeight: 400,
    color: tokens.colorNeutralForeground3,
    overflowWrap: 'anywhere',
  },
});

/** A user by name, the id as the lesser part. `linked`: the name leads to the record. */
export function Reference({ person: { id, name }, linked = false }: { person: MemberRef; linked?: boolean }) {
  const styles = useStyles();
  return (
    <>
      {linked ? (
        <FluentLink href={`#/directory/users/${encodeURIComponent(`user-${id}`)}`}>
          <bdi>{name}</bdi>
        </FluentLink>
      ) : (
        <bdi>{name}</bdi>
      )}{' '}
      <span className={styles.id}>{id}</span>
    </>
  );
}

interface AttributeValueProps {
  path: string;
  value: AttributeChange['after'];
  /** Values that a list leaves out. */
  more?: number | undefined;
  /** The managers among the values, where they are known here. */
  managers: MemberRef[];
  /** What is said of no value. */
  none: string;
}

/** A value of an attribute, whole; a manager by name. */
export function AttributeValue({ path, value, more, managers, none }: AttributeValueProps) {
  const text = inLine(value, more);
  if (text === null) return none;
  const manager = managerPath.test(path) ? managers.find(({ id }) => id === idOf(value)) : undefined;
  return manager === undefined ? <bdi>{text}</bdi> : <Reference person={manager} />;
}

/** The id of a reference, which stands for itself or in an object. */
function idOf(value: AttributeChange['after']): unknown {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? value.value : value;
}
